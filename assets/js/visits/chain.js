// The chain of a phone: each finished visit binds the one before, so that a missing one shows.
import { sha256 } from "./bytes.js";

export const START = "0".repeat(64);

/** The hash of a link; the platform works out the same (phones/rules/chain.py). */
export const link = (before, { seq, key, sha256: sha }) => sha256([before, String(seq), key, sha].join("\n"));

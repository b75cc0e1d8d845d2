// What a phone knows lies under a key that only the officer's PIN unwraps; it is in memory alone, never at rest.
import { base64, bytesOf, textOf, unbase64 } from "./bytes.js";

export const ROUNDS = 600_000;
export const SHORTEST = 8;
const GCM = "AES-GCM";

async function wrapping(pin, salt, rounds) {
  const material = await crypto.subtle.importKey("raw", bytesOf(pin.normalize("NFKC")), "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds };
  return crypto.subtle.deriveKey(how, material, { name: GCM, length: 256 }, false, ["encrypt", "decrypt"]);
}

/** Whether a PIN is long enough and neither one sign only nor a row of neighbours. */
export function isGood(pin) {
  const signs = [...pin.normalize("NFKC")];
  const steps = new Set(signs.slice(1).map((sign, at) => sign.codePointAt(0) - signs[at].codePointAt(0)));
  return signs.length >= SHORTEST && !(steps.size === 1 && [0, 1, -1].includes([...steps][0]));
}

/** A new vault for a PIN: the record to keep, and its key for this moment. */
export async function made(pin, rounds = ROUNDS) {
  const raw = crypto.getRandomValues(new Uint8Array(32));
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const wrapped = await crypto.subtle.encrypt({ name: GCM, iv }, await wrapping(pin, salt, rounds), raw);
  const id = base64(crypto.getRandomValues(new Uint8Array(9)));
  const record = { id, rounds, salt: base64(salt), iv: base64(iv), wrapped: base64(wrapped) };
  return { record, key: await imported(raw) };
}

const imported = (raw) => crypto.subtle.importKey("raw", raw, GCM, false, ["encrypt", "decrypt"]);

/** The key of a vault, or null for a wrong PIN. */
export async function unlocked(record, pin) {
  const key = await wrapping(pin, unbase64(record.salt), record.rounds);
  try {
    return await imported(await crypto.subtle.decrypt({ name: GCM, iv: unbase64(record.iv) }, key, unbase64(record.wrapped)));
  } catch {
    return null;
  }
}

/** A value sealed under the vault's key, bound to where it lies. */
export async function sealed(key, value, bound) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const how = { name: GCM, iv, additionalData: bytesOf(bound) };
  return { iv: base64(iv), ct: base64(await crypto.subtle.encrypt(how, key, bytesOf(JSON.stringify(value)))) };
}

/** The value again; null where it was sealed under another key or for another place. */
export async function opened(key, kept, bound) {
  if (!key || !kept) return null;
  try {
    const how = { name: GCM, iv: unbase64(kept.iv), additionalData: bytesOf(bound) };
    return JSON.parse(textOf(await crypto.subtle.decrypt(how, key, unbase64(kept.ct))));
  } catch {
    return null;
  }
}

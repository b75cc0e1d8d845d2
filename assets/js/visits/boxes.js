// A box that only the platform opens: ECDH on P-256 with a key of its own, HKDF-SHA-256, AES-256-GCM.
import { base64, bytesOf, joined, unbase64 } from "./bytes.js";

const CURVE = { name: "ECDH", namedCurve: "P-256" };
const INFO = bytesOf("niangjia visit box 1");

/** The bytes closed for the platform's key `{kid, point}` and bound to a text; nobody on this phone opens it again. */
export async function closed(key, plain, bound) {
  const point = unbase64(key.point);
  const theirs = await crypto.subtle.importKey("raw", point, CURVE, false, []);
  const own = await crypto.subtle.generateKey(CURVE, false, ["deriveBits"]);
  const epk = await crypto.subtle.exportKey("raw", own.publicKey);
  const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: theirs }, own.privateKey, 256);
  const material = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const how = { name: "HKDF", hash: "SHA-256", salt: joined(epk, point), info: INFO };
  const secret = await crypto.subtle.deriveKey(how, material, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const ct = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: bytesOf(bound) }, secret, plain);
  return { v: 1, kid: key.kid, epk: base64(epk), iv: base64(iv), ct: base64(ct) };
}

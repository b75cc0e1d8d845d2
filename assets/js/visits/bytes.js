// Bytes, base64 and hashes: the same in a browser, in its worker and under node.

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export const bytesOf = (text) => encoder.encode(text);
export const textOf = (bytes) => decoder.decode(bytes);

export function base64(bytes) {
  const view = new Uint8Array(bytes);
  let text = "";
  for (let start = 0; start < view.length; start += 0x8000) text += String.fromCharCode(...view.subarray(start, start + 0x8000));
  return btoa(text);
}

export const unbase64 = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));

export function joined(...parts) {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let at = 0;
  for (const part of parts) { all.set(new Uint8Array(part), at); at += part.byteLength; }
  return all;
}

/** The SHA-256 of bytes or of a text, in hexadecimal digits. */
export async function sha256(told) {
  const digest = await crypto.subtle.digest("SHA-256", typeof told === "string" ? bytesOf(told) : told);
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// A photograph made small on the phone: only the drawn points go on, neither place nor camera.
import { sha256 } from "./bytes.js";

const QUALITIES = [0.82, 0.7, 0.58, 0.46, 0.35];

/** The picture as a JPEG of at most so many pixels a side and so many kB: its bytes, fingerprint and a small view. */
export async function small(file, { side, kilobytes }) {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  let scale = Math.min(1, side / Math.max(picture.width, picture.height));
  for (let round = 0; round < 4; round += 1, scale *= 0.75) {
    const canvas = drawn(picture, scale);
    for (const quality of QUALITIES) {
      const blob = await new Promise((done) => { canvas.toBlob(done, "image/jpeg", quality); });
      if (blob && blob.size <= kilobytes * 1000) return { ...(await kept(blob)), thumb: drawn(picture, 128 / Math.max(picture.width, picture.height)).toDataURL("image/jpeg", 0.6) };
    }
  }
  throw new Error("too large");
}

function drawn(picture, scale) {
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas;
}

async function kept(blob) {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  return { bytes, sha256: await sha256(bytes), size: Math.ceil(bytes.length / 1000) };
}

// The roads to the platform. Whatever is no clear answer is none: the queue keeps what it has and asks again.
import { LoginNeeded, NoAnswer } from "./queue.js";

const ROOT = "/visits/kit/";

/** Roads for a phone; `ask` is the browser's fetch, `token` the CSRF token of this moment. */
export function roads({ ask, token, device, root = ROOT }) {
  async function call(path, { method = "GET", json, body, key } = {}) {
    const headers = { Accept: "application/json" };
    if (method !== "GET") headers["X-CSRFToken"] = token();
    if (json !== undefined) headers["Content-Type"] = "application/json";
    if (body !== undefined) headers["Content-Type"] = "application/octet-stream";
    if (key) headers["Idempotency-Key"] = key;
    let answer;
    let told;
    try {
      const sent = json !== undefined ? JSON.stringify(json) : body;
      answer = await ask(root + path, { method, headers, body: sent, redirect: "manual", credentials: "same-origin", cache: "no-store" });
      if (answer.type === "opaqueredirect" || [301, 302, 303, 401, 403].includes(answer.status)) throw new LoginNeeded();
      if (answer.status >= 500 || answer.status === 429) throw new NoAnswer();
      told = await answer.json();
    } catch (error) {
      if (error instanceof LoginNeeded) throw error;
      throw new NoAnswer();
    }
    return { status: answer.status, told };
  }
  const no = (status, told) => ({ status, words: { reasons: told.reasons || [] } });
  return {
    async enrol(json) { return call("devices/", { method: "POST", json, key: `${json.device} ${json.key_id}` }); },
    async kit() { return call(`lend/?device=${await device()}`); },
    async send({ key, box, finished }) {
      const { status, told } = await call("uploads/", { method: "POST", key: finished ? key : `${key}-${box.iv}`, json: { key, box, finished, device: await device() } });
      return status < 300 ? told : no(status === 409 ? "clash" : "refused", told);
    },
    async drop(json) { await call("drops/", { method: "POST", key: `drop-${json.key}`, json: { ...json, device: await device() } }); },
    async receipts() {
      const { status, told } = await call(`receipts/?device=${await device()}`);
      return status < 300 ? told : { items: null, chain: null };
    },
    async parts({ key, sha256 }) { return (await call(`photos/${key}/${sha256}/`)).told; },
    async part({ key, sha256, number, total, part }) {
      const { status, told } = await call(`photos/${key}/${sha256}/${number}/${total}/`, { method: "PUT", body: part, key: crypto.randomUUID() });
      return status < 300 ? told : { whole: false };
    },
  };
}

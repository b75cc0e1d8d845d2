// The kit's page: what it holds in memory, and what it does when signal, PIN and platform allow.
import { LoginNeeded, NoAnswer, Queue, DRAFT, READY } from "./queue.js";
import { locks } from "./store.js";
import { roads } from "./http.js";
import { bodyOf } from "./drafts.js";
import { closed } from "./boxes.js";
import * as vault from "./vault.js";
import { announce, say } from "./ui.js";

const WAITING_MARK = "nj-visits-waiting";
const cookie = (name) => document.cookie.split("; ").find((part) => part.startsWith(`${name}=`))?.slice(name.length + 1) || "";

export class App {
  constructor(store) {
    this.store = store;
    this.key = null;
    this.kit = null;
    this.screen = null;
    this.login = false;
    this.transport = roads({ ask: (...told) => fetch(...told), token: () => cookie("csrftoken"), device: async () => (await this.queue.meta()).device?.key });
    this.queue = new Queue({ store, transport: this.transport, clock: () => Date.now(), locks, heard: (...told) => this.heard(...told), online: () => navigator.onLine !== false });
  }

  /** The phone is the officer's; the PIN wraps a new key. One that was not revoked keeps its number and its chain. */
  async enrol(name, pin) {
    const before = await this.queue.meta();
    const stays = before.device && !before.revoked;
    const device = stays ? before.device.key : crypto.randomUUID();
    const { record, key } = await vault.made(pin);
    const { status, told } = await this.transport.enrol({ device, name, key_id: record.id });
    if (status >= 300) return told.reasons?.join(" ") || say("enrol_online");
    await this.store.change(["meta"], async (tx) => {
      for (const old of ["wrong", "revoked", ...(stays ? [] : ["chain", "proof"])]) await tx.delete("meta", old);
      await tx.put("meta", { name: "device", value: { key: device, name } });
      await tx.put("meta", { name: "boxKey", value: told.key });
      await tx.put("meta", { name: "vault", value: record });
    });
    this.key = key;
    await this.load();
    return "";
  }

  /** True for the right PIN; after so many wrong ones what is known is wiped, never what was not sent. */
  async unlock(pin) {
    const { vault: record, wrong = 0, pinTries = 5 } = await this.queue.meta();
    const key = await vault.unlocked(record, pin);
    if (key) {
      this.key = key;
      await this.store.delete("meta", "wrong");
      await this.expire();
      await this.read();
      return { good: true };
    }
    if (wrong + 1 >= pinTries) {
      await this.queue.wipe();
      return { good: false, left: 0 };
    }
    await this.store.put("meta", { name: "wrong", value: wrong + 1 });
    return { good: false, left: pinTries - wrong - 1 };
  }

  /** The kit from the platform, sealed target by target. */
  async load() {
    let answer;
    try { answer = await this.transport.kit(); } catch (error) { return this.trouble(error); }
    const { status, told } = answer;
    if (status >= 300) { announce(told.reasons?.join(" ") || say("offline"), "warn"); return false; }
    const { targets, ...general } = told;
    const rows = [["general", general], ...targets.map((one) => [`t${one.number}`, one])];
    const kept = [];
    for (const [id, value] of rows) kept.push({ id, kept: await vault.sealed(this.key, value, `kit ${id}`) });
    const at = Date.now();
    const figures = { kitHours: told.policy.kit_hours, pinTries: told.policy.pin_tries, sentDays: told.policy.sent_days, boxKey: told.key };
    const meta = { ...figures, kit: { at }, seen: at, skew: Math.round((at - Date.parse(told.at)) / 1000) };
    await this.store.change(["kit", "meta"], async (tx) => {
      await tx.clear("kit");
      for (const row of kept) await tx.put("kit", row);
      for (const [name, value] of Object.entries(meta)) await tx.put("meta", { name, value });
    });
    this.login = false;
    this.kit = { general, targets };
    return true;
  }

  trouble(error) {
    if (error instanceof LoginNeeded) { this.login = true; announce(say("login"), "warn"); }
    else if (error instanceof NoAnswer) announce(say("offline"), "warn");
    else throw error;
    return false;
  }

  /** The kit as it lies on the phone. */
  async read() {
    const rows = await this.store.all("kit");
    const opened = new Map();
    for (const row of rows) opened.set(row.id, await vault.opened(this.key, row.kept, `kit ${row.id}`));
    const general = opened.get("general") || null;
    opened.delete("general");
    const order = (one, other) => (one.planned_on || "9").localeCompare(other.planned_on || "9") || one.number - other.number;
    this.kit = general ? { general, targets: [...opened.values()].filter(Boolean).sort(order) } : null;
  }

  /** What a kit that is too old, or a phone that was revoked, means. */
  async expire() {
    if (await this.queue.expired()) {
      await this.queue.wipe({ drafts: false });
      this.kit = null;
      announce(say("kit_over"), "warn");
    }
  }

  /** Every visit with what the officer may read of it. */
  async visits() {
    const rows = await this.queue.all();
    const told = [];
    for (const row of rows) told.push({ ...row, draft: await vault.opened(this.key, row.mine, `visit ${row.key}`) });
    return told;
  }

  async sealedDraft(draft) { return vault.sealed(this.key, draft, `visit ${draft.key}`); }

  /** The draft is safe on this phone. */
  async keep(draft) {
    const body = bodyOf(draft, { at: Date.now(), unit: this.kit?.general.unit.number || null });
    const kept = await this.queue.keep({ key: draft.key, mine: await this.sealedDraft(draft), body });
    await this.mark();
    return kept;
  }

  async finish(draft) {
    const { device, skew = null } = await this.queue.meta();
    const at = Date.now();
    draft.visitedAt ||= at;
    const write = (seq) => bodyOf(draft, { device: device.key, seq, skew, at, unit: this.kit?.general.unit.number || null });
    const done = await this.queue.finish({ key: draft.key, mine: await this.sealedDraft(draft), write, photos: draft.photos.map((one) => one.sha256) });
    await this.mark();
    return done;
  }

  async addPhoto(draft, { bytes, sha256, size, thumb }) {
    const { boxKey } = await this.queue.meta();
    const box = await closed(boxKey, bytes, `${draft.key} ${sha256}`);
    await this.store.put("photos", { id: `${draft.key} ${sha256}`, key: draft.key, sha256, box });
    draft.photos.push({ sha256, size, thumb });
    return this.keep(draft);
  }

  async takePhotoOut(draft, sha256) {
    draft.photos = draft.photos.filter((one) => one.sha256 !== sha256);
    await this.keep(draft);
    await this.store.delete("photos", `${draft.key} ${sha256}`);
  }

  /** Sends what waits and says what became of it; `now` does not wait for the next turn, `asked` answers in any case. */
  async sync({ now = false, asked = false } = {}) {
    if (!(await this.queue.meta()).device) return null;
    if (asked) announce(say("sending"));
    const result = await this.queue.flush({ now });
    if (!result) return null;
    this.login = result.login;
    if (result.revoked) await this.revoked();
    else if (result.login) announce(say("login"), "warn");
    else if (result.sent) announce(say("sent_n", { n: result.sent }), "good");
    else if (asked || (now && result.offline)) announce(say(result.offline ? "offline" : "nothing_to_send"), result.offline ? "warn" : "good");
    await this.mark();
    await this.screen?.refreshed?.();
    await this.again(result);
    return result;
  }

  /** A browser may believe that it has signal and have none: what waits is tried again when its turn has come. */
  async again({ login, revoked }) {
    clearTimeout(this.turn);
    if (login || revoked) return;
    const turns = (await this.queue.all()).filter((row) => row.state === READY).map((row) => row.nextAt || 0);
    if (turns.length) this.turn = setTimeout(() => this.sync(), Math.max(1_000, Math.min(...turns) - Date.now() + 100));
  }

  /** The phone was revoked: drafts go to the platform, then everything readable is gone. */
  async revoked() {
    try { await this.queue.surrender(); } catch { /* they stay, closed for the platform */ }
    await this.queue.wipe();
    Object.assign(this, { key: null, kit: null });
    announce(say("wiped_revoked"), "warn");
    this.enter();
  }

  /** The answers to what was sent, to be shown once. */
  heard(_key, state, words) {
    const told = [...(words.reasons || []), ...(words.notes || [])];
    if (state === "held" || told.length) announce(told.join(" ") || say("state_held"), "warn");
  }

  /** How much waits, for the page of the log-out; a number and nothing else. */
  async mark() {
    const { waiting, drafts } = await this.queue.counts();
    try { localStorage.setItem(WAITING_MARK, String(waiting + drafts)); } catch { /* a browser without it warns here only */ }
    await this.strip?.();
  }

  /** A draft that nobody here can read any more goes to the union as it is. */
  async giveOver() {
    try { await this.queue.surrender(); } catch (error) { this.trouble(error); }
    await this.mark();
  }

  async export() {
    const file = await this.queue.exported();
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([JSON.stringify(file)], { type: "application/json" }));
    link.download = `niangjia-visits-${new Date().toISOString().slice(0, 10)}.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    announce(say("exported", { n: file.items.length }), "good");
  }

  async forget() {
    await this.queue.wipe();
    for (const name of ["device", "chain", "proof", "kit", "seen", "skew"]) await this.store.delete("meta", name);
    Object.assign(this, { key: null, kit: null });
  }
}

export const isDraft = (row) => row.state === DRAFT;

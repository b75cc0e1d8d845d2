// The queue of a phone: finished visits are sent until the platform has acknowledged each, once. No page, no network of
// its own: store, transport, clock and locks are handed in, so that the same code runs under a fault scheduler.
import { START, link } from "./chain.js";
import { closed } from "./boxes.js";
import { bytesOf, sha256 } from "./bytes.js";

export const DRAFT = "draft", READY = "ready", SENT = "sent", HELD = "held", CLASH = "clash", REFUSED = "refused", DROPPED = "dropped";
export const WAITING = [READY, CLASH, REFUSED];
const HOUR = 3600_000, DAY = 24 * HOUR;
const FIRST_WAIT = 5_000, LONGEST_WAIT = 600_000;
const PART = 64_000;

/** The transport says with this that the platform wants a log-in before it goes on. */
export class LoginNeeded extends Error {}
/** Nothing came back: it may have arrived or not. */
export class NoAnswer extends Error {}

export class Queue {
  constructor({ store, transport, clock, locks, random = Math.random, heard = () => undefined, online = () => true }) {
    Object.assign(this, { store, transport, clock, locks, random, heard, online });
  }

  /** Every visit that this phone still holds, oldest first. */
  async all() {
    const rows = await this.store.all("visits");
    return rows.sort((one, two) => one.savedAt - two.savedAt || (one.key < two.key ? -1 : 1));
  }

  /** A draft as it stands: sealed for the officer (`mine`) and closed for the platform, so that no PIN loses it. */
  async keep({ key, mine, body }) {
    const meta = await this.meta();
    const box = await closed(meta.boxKey, bytesOf(body), key);
    return this.store.change(["visits"], async (tx) => {
      const before = await tx.get("visits", key);
      if (before && before.state !== DRAFT) return false;
      await tx.put("visits", { ...before, key, mine, box, state: DRAFT, savedAt: this.clock() });
      return true;
    });
  }

  /**
   * The draft is finished: it has its place in the chain and waits to be sent. `write(seq)` gives the body.
   * False if another tab was faster, or the draft is gone.
   */
  async finish({ key, mine, write, photos = [] }) {
    for (;;) {
      const meta = await this.meta();
      const { seq, head } = meta.chain || { seq: 0, head: START };
      const body = bytesOf(write(seq + 1));
      const sha = await sha256(body);
      const box = await closed(meta.boxKey, body, key);
      const next = { seq: seq + 1, head: await link(head, { seq: seq + 1, key, sha256: sha }) };
      const told = { key, mine, box, device: meta.device?.key || null, sha256: sha, seq: seq + 1, state: READY, tries: 0, nextAt: 0, savedAt: this.clock(), photos };
      const done = await this.store.change(["visits", "meta"], async (tx) => {
        const now = (await tx.get("meta", "chain"))?.value || { seq: 0, head: START };
        const draft = await tx.get("visits", key);
        if (!draft || draft.state !== DRAFT) return "gone";
        if (now.seq !== seq) return "again";
        await tx.put("visits", { ...told, begunAt: draft.begunAt || draft.savedAt });
        await tx.put("meta", { name: "chain", value: next });
        return "done";
      });
      if (done !== "again") return done === "done";
    }
  }

  /** A draft is thrown away; a finished visit is deleted only if no sending of it is in doubt, with the reason. */
  async drop(key, reason) {
    return this.store.change(["visits", "photos"], async (tx) => {
      const row = await tx.get("visits", key);
      if (!row || row.state === DROPPED) return false;
      if (row.state === READY && row.tries > 0) return false;
      for (const photo of await tx.all("photos")) if (photo.key === key) await tx.delete("photos", photo.id);
      if (row.state === DRAFT) await tx.delete("visits", key);
      else if (WAITING.includes(row.state)) {
        const { seq, sha256: sha, savedAt, device } = row;
        await tx.put("visits", { key, seq, sha256: sha, savedAt, device, state: DROPPED, reason, told: false });
      } else return false;
      return true;
    });
  }

  /** Sends what waits, in one tab at a time; what cannot be sent stays and is tried again later. */
  async flush({ now = false } = {}) {
    return this.locks.once("visits-flush", async () => {
      const result = { sent: 0, login: false, offline: false, revoked: false };
      // Without any signal nothing is even tried: what has certainly not left may still be deleted.
      if (!this.online()) return { ...result, offline: true };
      try {
        await this.sendVisits(result, now);
        await this.tellDrops();
        await this.compare(result);
        await this.sendPhotos();
      } catch (error) {
        if (error instanceof LoginNeeded) result.login = true;
        else if (error instanceof NoAnswer) result.offline = true;
        else throw error;
      }
      await this.sweep();
      return result;
    });
  }

  async sendVisits(result, now) {
    const rows = (await this.all()).filter((row) => row.state === READY).sort((one, two) => one.seq - two.seq);
    for (const row of rows) {
      if (!now && row.nextAt > this.clock()) continue;
      await this.attempted(row.key);
      try {
        const answer = await this.transport.send({ key: row.key, box: row.box, finished: true });
        await this.answered(row.key, answer, result);
      } catch (error) {
        if (error instanceof NoAnswer) await this.later(row.key);
        throw error;
      }
    }
  }

  /** Before anything leaves it is written down that it may have left. */
  async attempted(key) {
    await this.store.change(["visits"], async (tx) => {
      const row = await tx.get("visits", key);
      if (row && row.state === READY) await tx.put("visits", { ...row, tries: row.tries + 1 });
    });
  }

  async later(key) {
    await this.store.change(["visits"], async (tx) => {
      const row = await tx.get("visits", key);
      const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** Math.min(row?.tries || 0, 8)) * (0.75 + this.random() / 2);
      if (row && row.state === READY) await tx.put("visits", { ...row, nextAt: this.clock() + wait });
    });
  }

  async answered(key, answer, result) {
    const state = { created: SENT, duplicate: SENT, held: HELD, clash: CLASH }[answer.status] || REFUSED;
    if ([SENT, HELD].includes(state)) result.sent += 1;
    this.heard(key, state, answer.words || {});
    if (answer.revoked) { result.revoked = true; await this.store.put("meta", { name: "revoked", value: true }); }
    await this.store.change(["visits"], async (tx) => {
      const row = await tx.get("visits", key);
      if (row && row.state === READY) await tx.put("visits", { ...row, state, ackAt: [SENT, HELD].includes(state) ? this.clock() : null, answer: answer.safe || null });
    });
  }

  async tellDrops() {
    for (const row of (await this.all()).filter((one) => one.state === DROPPED && !one.told)) {
      await this.transport.drop({ seq: row.seq, key: row.key, sha256: row.sha256, reason: row.reason });
      await this.store.put("visits", { ...row, told: true, ackAt: this.clock() });
    }
  }

  /**
   * The platform says what has arrived and how far the chain is whole. An answer that was lost is made good here; what
   * was acknowledged and is gone there (a platform restored from a backup) is sent again.
   */
  async compare(result) {
    const meta = await this.meta();
    if (!meta.device) return;
    const told = await this.transport.receipts();
    if (told.revoked) { result.revoked = true; await this.store.put("meta", { name: "revoked", value: true }); }
    if (!told.items) return;
    const arrived = new Map(told.items.map((item) => [item.key, item]));
    const ours = (row) => row.seq && row.device === meta.device.key && [READY, SENT, HELD].includes(row.state);
    for (const row of (await this.all()).filter(ours)) {
      const now = reconciled(row, arrived.get(row.key), this.clock());
      if (!now) continue;
      if (row.state === READY && now.state !== READY) result.sent += 1;
      await this.store.change(["visits"], async (tx) => {
        const still = await tx.get("visits", row.key);
        if (still && still.state === row.state) await tx.put("visits", { ...still, ...now });
      });
    }
    const chain = (await this.meta()).chain || { seq: 0, head: START };
    const whole = told.chain.seq === chain.seq && told.chain.head === chain.head;
    await this.store.put("meta", { name: "proof", value: { seq: told.chain.seq, of: chain.seq, whole, at: this.clock() } });
  }

  async sendPhotos() {
    for (const row of (await this.all()).filter((one) => [SENT, HELD].includes(one.state) && (one.photos || []).length)) {
      for (const sha of row.photos) {
        const photo = await this.store.get("photos", `${row.key} ${sha}`);
        if (photo && !photo.done && (await this.sendPhoto(row.key, sha, photo))) await this.store.put("photos", { ...photo, done: true, box: null, mine: null });
      }
    }
  }

  async sendPhoto(key, sha, photo) {
    const body = bytesOf(JSON.stringify(photo.box));
    const total = Math.ceil(body.length / PART);
    const there = new Set((await this.transport.parts({ key, sha256: sha })).parts);
    let whole = false;
    for (let number = 0; number < total; number += 1) {
      if (there.has(number)) continue;
      const part = body.subarray(number * PART, (number + 1) * PART);
      whole = (await this.transport.part({ key, sha256: sha, number, total, part })).whole;
    }
    return whole || there.size === total;
  }

  /** What was acknowledged some days ago leaves the phone; what was not never does. */
  async sweep() {
    const meta = await this.meta();
    const keep = (meta.sentDays || 7) * DAY;
    for (const row of await this.all()) {
      const over = row.ackAt && this.clock() - row.ackAt >= keep;
      const still = await this.photosOf(row);
      if (!over || ![SENT, HELD, DROPPED].includes(row.state) || still.some((photo) => !photo.done)) continue;
      await this.store.change(["visits", "photos"], async (tx) => {
        for (const photo of still) await tx.delete("photos", photo.id);
        await tx.delete("visits", row.key);
      });
    }
  }

  async photosOf(row) {
    const all = await this.store.all("photos");
    return all.filter((photo) => photo.key === row.key);
  }

  /** Everything readable leaves the phone; what was not sent stays, closed for the platform. */
  async wipe({ drafts = true } = {}) {
    await this.store.change(["visits", "photos", "kit", "meta"], async (tx) => {
      await tx.clear("kit");
      for (const row of await tx.all("visits")) if (drafts || row.state !== DRAFT) await tx.put("visits", { ...row, mine: null, answer: null });
      for (const photo of await tx.all("photos")) if (drafts) await tx.put("photos", { ...photo, mine: null });
      const names = drafts ? ["vault", "kit", "wrong"] : ["kit"];
      for (const name of names) await tx.delete("meta", name);
    });
  }

  /** Unfinished drafts go to the platform as they are, before a revoked phone forgets how to read them. */
  async surrender() {
    for (const row of (await this.all()).filter((one) => one.state === DRAFT && one.box)) {
      const answer = await this.transport.send({ key: row.key, box: row.box, finished: false });
      if (answer.status === "held") await this.store.change(["visits"], async (tx) => {
        const now = await tx.get("visits", row.key);
        if (now) await tx.put("visits", { ...now, state: HELD, ackAt: this.clock(), mine: null });
      });
    }
  }

  /** Whether the kit is older than it may be: a clock that was put back does not make it younger. */
  async expired() {
    const { kit, seen = 0, kitHours = 72 } = await this.meta();
    const now = Math.max(this.clock(), seen);
    if (now > seen) await this.store.put("meta", { name: "seen", value: now });
    return Boolean(kit) && now - kit.at >= kitHours * HOUR;
  }

  /** How it stands, for the strip: told without any PIN. */
  async counts() {
    const rows = (await this.all()).filter((row) => ![DRAFT, DROPPED].includes(row.state));
    const waiting = rows.filter((row) => WAITING.includes(row.state));
    const oldest = waiting.reduce((least, row) => Math.min(least, row.savedAt), Infinity);
    const finished = new Set(rows.map((row) => row.key));
    const photos = (await this.store.all("photos")).filter((photo) => !photo.done && finished.has(photo.key)).length;
    const drafts = (await this.all()).filter((row) => row.state === DRAFT).length;
    const arrived = rows.length - waiting.length;
    return { all: rows.length, arrived, waiting: waiting.length, drafts, photos, oldest: waiting.length ? oldest : null };
  }

  /** What is not acknowledged yet, as a file that only the platform reads. */
  async exported() {
    const { device } = await this.meta();
    const rows = (await this.all()).filter((row) => row.box && [DRAFT, ...WAITING].includes(row.state));
    const items = [];
    for (const row of rows) {
      const photos = (await this.photosOf(row)).filter((photo) => photo.box);
      items.push({ key: row.key, box: row.box, finished: row.state !== DRAFT, photos: photos.map((photo) => ({ sha256: photo.sha256, box: photo.box })) });
    }
    return { format: "niangjia-visits-1", device: device?.key || null, items };
  }

  async meta() {
    return Object.fromEntries((await this.store.all("meta")).map((row) => [row.name, row.value]));
  }
}

/** What changes for a visit by what the platform has of it, or nothing. */
function reconciled(row, item, at) {
  if (!item) return row.state === READY || !row.box ? null : { state: READY, nextAt: 0, ackAt: null };
  if (item.sha256 !== row.sha256) return null;
  const state = item.status === "recorded" ? SENT : HELD;
  const photos = (row.photos || []).filter((sha) => item.missing.includes(sha) || state === HELD);
  const same = row.state === state && photos.length === (row.photos || []).length;
  return same ? null : { state, photos, ackAt: row.ackAt || at };
}

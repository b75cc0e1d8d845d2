// Seeded schedules of two phones with two tabs each, against the real platform; tells what each phone believes at the end.
import { randomUUID } from "node:crypto";
import { Queue, DRAFT, READY } from "../../../assets/js/visits/queue.js";
import { roads } from "../../../assets/js/visits/http.js";
import { begun, bodyOf, tell } from "../../../assets/js/visits/drafts.js";
import { bytesOf, sha256 } from "../../../assets/js/visits/bytes.js";
import { closed } from "../../../assets/js/visits/boxes.js";
import { Disk, Killed, Locks, Tab, dice, road } from "./faults.mjs";

const TOKEN = "t".repeat(32);
const CALM = { delay: 0, lostRequest: 0, lostAnswer: 0, doubled: 0 };
const HOUR = 3600_000;

class Phone {
  constructor({ task, officer, mate, rng, counts }) {
    Object.assign(this, { task, officer, mate, rng, counts, disk: new Disk(), locks: new Locks(), told: [], written: {} });
    this.skew = rng.pick([0, 0, 1, -1, 30, -400]) * HOUR + rng.upTo(1000);
    this.device = randomUUID();
    this.tabs = [];
  }

  ask(url, options) {
    const cookie = `csrftoken=${TOKEN}; phone=${this.officer.user}`;
    return fetch(this.task.base + url, { ...options, headers: { ...options.headers, Cookie: cookie } });
  }

  /** A tab: its own queue over the phone's disk and locks, dying after so many calls if it is to. */
  opened({ lives = Infinity, weather = this.task.weather } = {}) {
    const tab = new Tab(lives);
    const ask = road({ ask: (url, options) => this.ask(url, options), tab, rng: this.rng, weather, counts: this.counts });
    const transport = roads({ ask, token: () => TOKEN, device: async () => this.device });
    if (this.task.forgetful) transport.send = this.forgetful(transport.send);
    const queue = new Queue({ store: this.disk.for(tab), transport, clock: () => Date.now() + this.skew, locks: this.locks.for(tab), random: this.rng.next });
    return { tab, queue, transport };
  }

  /** The control: a phone that forgets under which key it sent a visit, as a form without a key does. */
  forgetful(send) {
    return async ({ key, finished }) => {
      const { boxKey } = await this.opened({ weather: CALM }).queue.meta();
      const other = randomUUID();
      return send({ key: other, finished, box: await closed(boxKey, bytesOf(this.written[key].body), other) });
    };
  }

  async enrolled() {
    const { queue, transport } = this.opened({ weather: CALM });
    const { told } = await transport.enrol({ device: this.device, name: "phone", key_id: "k" });
    await queue.store.put("meta", { name: "device", value: { key: this.device } });
    await queue.store.put("meta", { name: "boxKey", value: told.key });
  }

  /** A draft for one of the households, told as this officer hears it. */
  draft(target) {
    const draft = begun({ key: randomUUID(), target, officer: this.officer, at: Date.now() + this.skew });
    for (const key of ["income_year", "expense_medical", "remarks"])
      if (this.rng.chance(0.6)) tell(draft.facts, key, key === "remarks" ? `r${this.rng.upTo(2)}` : 100 * this.rng.upTo(2));
    draft.members[0].name ||= "何某";
    draft.result = "confirmed";
    draft.statement = `s${this.rng.upTo(9)}`;
    draft.visitors = [this.officer, this.mate].map((one) => ({ ...one, strokes: "M1 1L2 2L30 40L50 60L70 80", ticked: false }));
    draft.family = { name: "家人", relation: "配偶", strokes: "M1 1L2 2L30 40L50 60L70 80", ticked: false };
    return draft;
  }

  /** Whatever happens to the tab, the rest of the day goes on; true if the officer saw it done. */
  async tried(work) {
    try { return await work(); } catch (error) {
      if (!(error instanceof Killed)) throw error;
      this.counts.kills += 1;
      return null;
    }
  }
}

async function write(phone, target) {
  const { rng } = phone;
  const draft = phone.draft(target);
  const tab = () => phone.opened({ lives: rng.chance(0.3) ? rng.upTo(14) : Infinity });
  const at = Date.now() + phone.skew;
  const body = (seq) => {
    const text = bodyOf(draft, { device: phone.device, seq, skew: Math.round(phone.skew / 1000), at });
    phone.written[draft.key] = { body: text, target: target.number, facts: JSON.parse(text).facts };
    return text;
  };
  await phone.tried(() => tab().queue.keep({ key: draft.key, mine: null, body: body(null) }));
  const photos = rng.chance(0.2) ? [await photo(phone, draft)] : [];
  const finish = () => phone.tried(() => tab().queue.finish({ key: draft.key, mine: null, write: body, photos }));
  const seen = rng.chance(0.3) ? await Promise.all([finish(), finish()]) : [await finish()];
  if (seen.filter(Boolean).length > 1) throw new Error("two tabs finished one draft");
  if (seen.includes(true)) phone.told.push(draft.key);
  if (rng.chance(0.08)) {
    const dropped = await phone.tried(() => tab().queue.drop(draft.key, "填错了人家"));
    if (dropped) phone.told = phone.told.filter((key) => key !== draft.key);
  }
}

async function photo(phone, draft) {
  const plain = bytesOf("x".repeat(100_000) + phone.rng.next());
  const sha = await sha256(plain);
  const { queue } = phone.opened({ weather: CALM });
  const { boxKey } = await queue.meta();
  draft.photos.push({ sha256: sha });
  await queue.store.put("photos", { id: `${draft.key} ${sha}`, key: draft.key, sha256: sha, box: await closed(boxKey, plain, `${draft.key} ${sha}`) });
  return sha;
}

/** The day of one phone: visits, tabs that flush, tabs that die, in an order of its own. */
async function day(phone) {
  const { rng, task } = phone;
  for (let visit = 0; visit < 1 + rng.upTo(1); visit += 1) {
    await write(phone, rng.pick(task.targets));
    const flush = () => phone.tried(() => phone.opened({ lives: rng.chance(0.4) ? rng.upTo(24) : Infinity }).queue.flush({ now: rng.chance(0.7) }));
    if (rng.chance(0.7)) await (rng.chance(0.4) ? Promise.all([flush(), flush()]) : flush());
    if (rng.chance(0.2)) phone.skew += rng.pick([-24, 24, -2]) * HOUR;
  }
}

/** The signal is back for good: everything that waits is sent. */
async function calm(phone) {
  for (let round = 0; round < (phone.task.forgetful ? 2 : 20); round += 1) {
    const { queue } = phone.opened({ weather: CALM });
    await queue.flush({ now: true });
    const rows = await queue.all();
    const photos = (await queue.store.all("photos")).filter((one) => !one.done && rows.some((row) => row.key === one.key && row.state !== DRAFT));
    if (!rows.some((row) => row.state === READY) && !photos.length) return;
  }
}

async function believed(phone) {
  const { queue } = phone.opened({ weather: CALM });
  const { chain, proof } = await queue.meta();
  const rows = (await queue.all()).map(({ key, state, sha256: sha, seq }) => ({ key, state, sha256: sha, seq }));
  return { device: phone.device, told: phone.told, chain, proof, rows, written: phone.written };
}

export async function schedule(task) {
  const rng = dice(task.seed);
  const counts = { kills: 0, lostRequest: 0, lostAnswer: 0, doubled: 0 };
  const [one, two] = task.officers;
  const phones = [new Phone({ task, officer: one, mate: two, rng, counts }), new Phone({ task, officer: two, mate: one, rng, counts })];
  for (const phone of phones) await phone.enrolled();
  await Promise.all(phones.map(day));
  for (const phone of rng.chance(0.5) ? phones : [...phones].reverse()) await calm(phone);
  return { seed: task.seed, counts, phones: await Promise.all(phones.map(believed)) };
}

const input = [];
for await (const chunk of process.stdin) input.push(chunk);
const { tasks, atOnce } = JSON.parse(Buffer.concat(input).toString());
const left = [...tasks];
const worker = async () => {
  for (let task = left.shift(); task; task = left.shift()) console.log(JSON.stringify(await schedule(task)));
};
await Promise.all(Array.from({ length: atOnce }, worker));

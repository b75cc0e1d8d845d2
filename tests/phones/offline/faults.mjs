// A seeded world for the queue of a phone: a store that survives its tabs, a network that loses, a clock that is wrong.

export class Killed extends Error {}

/** mulberry32: the same numbers for the same seed. */
export function dice(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  return { next, chance: (share) => next() < share, pick: (list) => list[Math.floor(next() * list.length)], upTo: (most) => Math.floor(next() * (most + 1)) };
}

const KEYS = { meta: "name", kit: "id", visits: "key", photos: "id" };
const copy = (value) => (value === undefined ? undefined : structuredClone(value));

/** The disk of a phone: what was committed is there, whatever became of the tab; changes of two tabs take turns. */
export class Disk {
  constructor() {
    this.tables = Object.fromEntries(Object.keys(KEYS).map((name) => [name, new Map()]));
    this.turn = Promise.resolve();
  }

  /** The store as one tab sees it; every call is a point at which the tab may die. */
  for(tab) {
    const alone = (work) => {
      const mine = this.turn.then(work, work);
      this.turn = mine.catch(() => undefined);
      return mine;
    };
    const read = (table, id) => { tab.beat(); return copy(this.tables[table].get(id)); };
    const all = (table) => { tab.beat(); return [...this.tables[table].values()].map(copy); };
    return {
      get: (table, id) => alone(() => read(table, id)),
      all: (table) => alone(() => all(table)),
      put: (table, row) => alone(() => { tab.beat(); this.tables[table].set(row[KEYS[table]], copy(row)); }),
      delete: (table, id) => alone(() => { tab.beat(); this.tables[table].delete(id); }),
      change: (tables, work) => alone(async () => {
        tab.beat();
        const drafts = Object.fromEntries(tables.map((name) => [name, new Map(this.tables[name])]));
        const tx = {
          get: async (table, id) => copy(drafts[table].get(id)),
          all: async (table) => [...drafts[table].values()].map(copy),
          put: async (table, row) => { drafts[table].set(row[KEYS[table]], copy(row)); },
          delete: async (table, id) => { drafts[table].delete(id); },
          clear: async (table) => { drafts[table].clear(); },
        };
        const result = await work(tx);
        tab.beat(); // before the commit: nothing of it is there
        Object.assign(this.tables, drafts);
        return result;
      }),
    };
  }
}

/** A tab: it lives for so many calls, then every call fails. */
export class Tab {
  constructor(lives = Infinity) { this.lives = lives; }

  beat() { this.lives -= 1; if (this.lives < 0) throw new Killed(); }
}

/** navigator.locks of a phone: a lock falls with the tab that held it. */
export class Locks {
  constructor() { this.held = new Set(); }

  for(tab) {
    return {
      once: async (name, work) => {
        tab.beat();
        if (this.held.has(name)) return null;
        this.held.add(name);
        try { return await work(); } finally { this.held.delete(name); }
      },
    };
  }
}

/** The browser's fetch of a tab, over a road that loses requests and answers, doubles and delays them. */
export function road({ ask, tab, rng, weather, counts }) {
  return async (url, options) => {
    tab.beat();
    await later(rng.upTo(weather.delay));
    const send = () => ask(url, options);
    if (rng.chance(weather.lostRequest)) { counts.lostRequest += 1; throw new TypeError("no signal"); }
    if (rng.chance(weather.doubled)) { counts.doubled += 1; await send().then((answer) => answer.arrayBuffer()); }
    const answer = await send();
    if (rng.chance(weather.lostAnswer)) { counts.lostAnswer += 1; await answer.arrayBuffer(); throw new TypeError("the signal broke"); }
    await later(rng.upTo(weather.delay));
    tab.beat(); // the platform has it, the tab dies before it knows
    return answer;
  };
}

const later = (ms) => new Promise((done) => { setTimeout(done, ms); });

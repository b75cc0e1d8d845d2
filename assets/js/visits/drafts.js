// A visit as it is written down: begun from what is known, told bit by bit, judged, and turned into what is sent. Pure.

export const STEPS = ["family", "home", "people", "asks", "result", "signing"];
const SIGNED = ["confirmed"];
const AT_HOME = ["confirmed", "not_confirmed"];

/** A draft for a target of the kit, or for a family that is not on the list. */
export function begun({ key, target = null, campaign = null, officer, at }) {
  const home = target?.home || null;
  const members = home ? home.members.map((one) => ({ ...one, number: "", known: true, facts: copied(one.facts) })) : [];
  if (!home) members.push({ ref: "n1", name: target?.name || "", relation: "self", number: "", facts: {} });
  return {
    key, at, step: 0,
    target: target?.number || null,
    campaign: target?.campaign?.number || campaign,
    home: home?.number || null,
    title: target?.name || "",
    place: target?.place || "",
    words: target?.words || "",
    recused: target?.recused || [],
    facts: copied(home?.facts || {}),
    members,
    asks: [],
    result: "",
    statement: "",
    visitors: [{ user: officer.user, name: officer.name, strokes: "", ticked: false }],
    family: { name: "", relation: "", strokes: "", ticked: false },
    photos: [],
    point: null,
  };
}

const copied = (facts) => Object.fromEntries(Object.entries(facts).map(([key, { value, base }]) => [key, { value, base, was: value }]));

/** How many answers were brought along and need not be typed again. */
export function brought(draft) {
  const known = (facts) => Object.values(facts).filter((fact) => fact.was !== undefined).length;
  return known(draft.facts) + draft.members.reduce((sum, one) => sum + known(one.facts) + (one.known ? 2 : 0), 0);
}

/** An answer is told: what stood before is remembered, so that only what was touched is sent. */
export function tell(facts, key, value) {
  const before = facts[key] || {};
  if (value === "" || value === undefined || (Array.isArray(value) && !value.length && before.was === undefined)) {
    if (before.was === undefined) delete facts[key];
    else facts[key] = { ...before, value: before.was };
  } else facts[key] = { ...before, value };
}

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
const told = (facts) => Object.fromEntries(Object.entries(facts)
  .filter(([, { value, was }]) => value !== undefined && !same(value, was))
  .map(([key, { value, base = 0 }]) => [key, { value, base }]));

export function addMember(draft) {
  const last = draft.members.reduce((most, { ref }) => Math.max(most, ref.startsWith("n") ? Number(ref.slice(1)) : 0), 0);
  const member = { ref: `n${last + 1}`, name: "", relation: "", number: "", facts: {} };
  draft.members.push(member);
  return member;
}

/** Money as it is typed, in fen; null where it is none. */
export function fen(text) {
  const plain = String(text).trim().replace(/[,，\s]/g, "");
  const match = /^(\d{1,9})(?:\.(\d{1,2}))?$/.exec(plain);
  return match ? Number(match[1]) * 100 + Number((match[2] || "").padEnd(2, "0") || 0) : null;
}

export const yuan = (value) => (typeof value === "number" ? (value % 100 ? (value / 100).toFixed(2) : String(value / 100)) : "");

const SHORTEST = 24; // a dot is no signature
const isSigned = ({ strokes, ticked }) => ticked || strokes.length >= SHORTEST;

/** What still keeps a draft from being finished: `{step, field, words, values}`, in the order of the page. */
export function missing(draft, { policy }) {
  const found = [];
  const ask = (step, field, words, values = {}) => found.push({ step, field, words, values });
  const met = AT_HOME.includes(draft.result);
  if (met && !draft.home) {
    const head = draft.members.find((one) => one.relation === "self");
    if (!head?.name.trim()) ask(0, "member-n1-name", "ask_head");
  }
  for (const one of draft.members.filter((two) => !two.known && two.relation !== "self")) {
    if (met && !one.name.trim()) ask(0, `member-${one.ref}-name`, "ask_member_name");
    else if (met && !one.relation) ask(0, `member-${one.ref}-relation`, "ask_relation", { name: one.name });
  }
  for (const [field, fact] of moneyOf(draft)) if (fact.bad) ask(fact.member ? 2 : 1, field, "ask_money");
  if (!draft.result) ask(4, "result", "ask_result");
  if (!draft.statement.trim()) ask(4, "statement", "ask_statement");
  if (met && policy.photos === "required" && !draft.photos.length) ask(4, "photos", "ask_photos", { why: policy.photo_reason });
  const signed = draft.visitors.filter((one) => one.user && isSigned(one));
  const users = new Set(signed.map((one) => one.user));
  if (users.size < policy.min_visitors) ask(5, "visitor-0", "ask_visitors", { least: policy.min_visitors, signed: users.size });
  for (const one of draft.visitors) if (draft.recused.includes(one.user)) ask(5, "visitor-0", "ask_recused", { name: one.name });
  if (SIGNED.includes(draft.result)) {
    if (!draft.family.name.trim()) ask(5, "family-name", "ask_family_name");
    else if (!isSigned(draft.family)) ask(5, "family", "ask_family");
  }
  return found;
}

function* moneyOf(draft) {
  for (const [key, fact] of Object.entries(draft.facts)) yield [`fact-${key}`, fact];
  for (const one of draft.members) for (const [key, fact] of Object.entries(one.facts)) yield [`member-${one.ref}-${key}`, { ...fact, member: true }];
}

/** What is sent: only what was touched, with the version that the officer had before his eyes. */
export function bodyOf(draft, { device = null, seq = null, skew = null, unit = null, at }) {
  const met = AT_HOME.includes(draft.result) || !draft.result;
  const dwellers = draft.members.map((one) => ({ ref: one.ref, name: one.name.trim(), relation: one.relation, number: one.number.trim(), facts: told(one.facts), known: one.known }));
  const head = draft.home ? null : dwellers.find((one) => one.relation === "self");
  const others = dwellers.filter((one) => one !== head && (!one.known || one.number || Object.keys(one.facts).length));
  const bare = ({ known, ...one }) => one;
  return JSON.stringify({
    whom: { campaign: draft.campaign, target: draft.target, household: draft.home, unit: draft.target ? null : unit },
    visited_at: new Date(draft.visitedAt || at).toISOString(),
    result: draft.result,
    statement: draft.statement.trim(),
    visitors: draft.visitors.filter((one) => one.user).map(({ user, name, strokes, ticked }) => ({ user, name, strokes, ticked })),
    family: draft.family.name.trim() ? { ...draft.family, name: draft.family.name.trim() } : null,
    head: met && head?.name ? bare(head) : null,
    members: met ? others.map(bare) : [],
    facts: told(draft.facts),
    asks: met ? draft.asks : [],
    photos: draft.photos.map((one) => one.sha256),
    point: draft.point,
    origin: device && seq ? { device, seq, skew } : null,
  });
}

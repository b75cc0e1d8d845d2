// Pages on which the family tells: who lives there, how they live, what they would like help with.
import { addMember, fen, tell, yuan } from "../drafts.js";
import { area, button, choices, field, h, input, say, select, tick } from "../ui.js";

const pairs = (choices_) => Object.entries(choices_);
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** Whether the check character of an identity number is right; shorter ones are not judged here. */
export function passes(number) {
  const plain = number.normalize("NFKC").toUpperCase().replace(/\s/g, "");
  if (!/^\d{17}[\dX]$/.test(plain)) return plain.length < 18;
  return "10X98765432"[WEIGHTS.reduce((sum, weight, at) => sum + weight * Number(plain[at]), 0) % 11] === plain[17];
}

export function family(page) {
  const { draft } = page;
  const add = async () => { const one = addMember(draft); await page.kept(); page.draw(); document.getElementById(`member-${one.ref}-name`).focus(); };
  return [...draft.members.map((one, at) => person(page, one, at)), h("div", {}, button(say("add_member"), add, { kind: "outline", mark: "user-plus" }))];
}

function person(page, one, at) {
  const { draft, catalogue } = page;
  const id = (name) => `member-${one.ref}-${name}`;
  const title = one.relation === "self" ? say("head") : say("member_n", { n: at + 1 });
  const out = async () => { draft.members = draft.members.filter((two) => two !== one); await page.kept(); page.draw(); };
  const number = field(id("number"), say("id_number"), input(one.number, (value) => { one.number = value; wrong.hidden = passes(value); page.changed(); }, { maxlength: 30, "data-no-save": true }), { hint: say("id_hint"), optional: true });
  const wrong = h("p", { class: "notice-nj notice-warning", hidden: passes(one.number) }, say("id_wrong"));
  return h("section", { class: "kit-person", "aria-label": title }, h("h2", {}, title),
    one.known
      ? h("p", {}, `${one.name} · ${catalogue.relations[one.relation]}`)
      : [field(id("name"), say("name"), input(one.name, (value) => { one.name = value; page.changed(); }, { maxlength: 50 }), { error: page.error(id("name")) }),
        one.relation === "self" && !draft.home ? null : field(id("relation"), say("relation"), select(one.relation, pairs(catalogue.relations).filter(([code]) => code !== "self"), (value) => { one.relation = value; page.changed(); }), { error: page.error(id("relation")) })],
    one.real ? h("p", { class: "small quiet" }, say("id_known", { tail: one.tail })) : [number, wrong],
    one.known || one.relation === "self" ? null : h("div", {}, button(say("take_out"), out, { kind: "ghost" })));
}

export const house = (page) => page.catalogue.household.map((fact) => asked(page, fact, page.draft.facts, `fact-${fact.key}`));

export function people(page) {
  const { draft, catalogue } = page;
  const single = draft.members.length === 1;
  return [h("p", { class: "quiet" }, say("people_hint")), ...draft.members.map((one) => h("details", { class: "kit-person", open: single },
    h("summary", {}, h("span", {}, one.name || say("not_named"), " · ", catalogue.relations[one.relation] || ""), h("span", { class: "small quiet" }, say("known_n", { n: Object.keys(one.facts).length }))),
    h("div", { class: "kit-form" }, catalogue.member.map((fact) => asked(page, fact, one.facts, `member-${one.ref}-${fact.key}`)))))];
}

/** The field of a fact, by its shape in the catalogue. */
function asked(page, fact, facts, id) {
  const now = facts[fact.key]?.value;
  const set = (value) => { tell(facts, fact.key, value); page.changed(); };
  const more = { hint: fact.hint, optional: !fact.asked, error: page.error(id) };
  if (fact.shape === "money") return money(id, fact, facts, set, more);
  if (fact.shape === "yes_no") return choices(id, fact.label, [["1", say("yes")], ["0", say("no")]], { ...more, row: true, chosen: now === undefined ? [] : [now ? "1" : "0"], onchange: (code) => set(code === "1") });
  if (fact.shape === "choice") return field(id, fact.label, select(now, pairs(fact.choices), set), more);
  if (fact.shape === "flags") return choices(id, fact.label, pairs(fact.choices), { ...more, type: "checkbox", chosen: now || [], onchange: (code, checked) => set(checked ? [...new Set([...(facts[fact.key]?.value || []), code])].sort() : (facts[fact.key]?.value || []).filter((one) => one !== code)) });
  if (fact.shape === "count") return field(id, fact.label, input(now, (value) => set(/^\d{1,6}$/.test(value.trim()) ? Number(value) : ""), { inputmode: "numeric", maxlength: 6 }), more);
  const words = fact.most > 200 ? area : input;
  return field(id, fact.label, words(now, (value) => set(value.trim()), { maxlength: fact.most }), more);
}

/** Money is typed in yuan and kept in fen; what is none stays as it was typed and is asked for at the end. */
function money(id, fact, facts, set, more) {
  const typed = facts[fact.key]?.bad || yuan(facts[fact.key]?.value);
  const changed = (text) => {
    const value = fen(text);
    set(value ?? "");
    if (text.trim() && value === null) facts[fact.key] = { ...facts[fact.key], bad: text };
    else if (facts[fact.key]) delete facts[fact.key].bad;
  };
  return field(id, `${fact.label}（${say("yuan")}）`, input(typed, changed, { inputmode: "decimal", maxlength: 14 }), more);
}

export function asks(page) {
  const { draft, catalogue } = page;
  const members = draft.members.map((one) => [one.ref, one.name || say("not_named")]);
  const line = ([kind, words]) => {
    const ask = draft.asks.find((one) => one.kind === kind);
    const set = (checked) => { draft.asks = draft.asks.filter((one) => one.kind !== kind); if (checked) draft.asks.push({ kind, ref: draft.members.length === 1 ? draft.members[0].ref : "", words: "" }); page.changed(); page.draw(); };
    return h("div", { class: "kit-person" }, tick(`ask-${kind}`, words, Boolean(ask), set),
      ask ? [field(`ask-${kind}-whom`, say("for_whom"), select(ask.ref, members, (value) => { ask.ref = value; page.changed(); })),
        field(`ask-${kind}-words`, say("ask_words"), input(ask.words, (value) => { ask.words = value; page.changed(); }, { maxlength: 300 }), { optional: true })] : null);
  };
  return [h("p", { class: "quiet" }, say("asks_hint"), " ", say("nobody_yet")), ...pairs(catalogue.asks).map(line)];
}

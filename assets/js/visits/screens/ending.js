// The end of a visit: what was found, photographs where the family agrees, the signatures of two officers and the family.
import { area, announce, button, choices, complaint, field, h, icon, input, notice, say, select, tick } from "../ui.js";
import { sheet } from "../pen.js";
import { small } from "../pictures.js";

export function result(page) {
  const { draft, catalogue } = page;
  return [choices("result", say("result"), Object.entries(catalogue.results), { chosen: [draft.result], error: page.error("result"), onchange: (code) => { draft.result = code; page.changed(); } }),
    field("statement", say("statement"), area(draft.statement, (value) => { draft.statement = value; page.changed(); }, { maxlength: 2000 }), { hint: say("statement_hint"), error: page.error("statement") }),
    photos(page), position(page)];
}

function photos(page) {
  const { draft, policy } = page;
  if (policy.photos === "off") return h("p", { class: "quiet small" }, say("photos_off"));
  const must = policy.photos === "required";
  const add = async (event) => {
    const [file] = event.target.files;
    if (!file) return;
    try { await page.app.addPhoto(draft, await small(file, { side: policy.photo_side, kilobytes: policy.photo_kilobytes })); } catch { announce(say("photo_bad"), "warn"); }
    page.draw();
  };
  const line = (one, at) => h("div", { class: "kit-row" }, h("span", { class: "small" }, say("photo_n", { n: at + 1, size: one.size })), one.thumb ? h("img", { class: "kit-thumb", src: one.thumb, alt: say("photo_n", { n: at + 1, size: one.size }) }) : icon("check"),
    button(say("take_photo_out"), async () => { await page.app.takePhotoOut(draft, one.sha256); page.draw(); }, { kind: "ghost" }));
  const pick = h("input", { type: "file", accept: "image/*", id: "photos", "aria-describedby": page.error("photos") ? "photos-error" : null, onchange: add });
  const drop = h("div", { class: "field-nj" }, page.error("photos") ? complaint("photos-error", page.error("photos")) : null,
    h("label", { class: "kit-drop" }, pick, icon("plus"), h("span", {}, h("span", { class: "field-label" }, say("add_photo"), must ? null : h("span", { class: "field-optional" }, ` ${say("optional")}`)), h("span", { class: "field-hint" }, say("photo_small")))));
  return h("section", { class: "kit-form", "aria-label": say("photos") },
    must ? notice("info", h("p", {}, say("photos_must", { why: policy.photo_reason }))) : h("p", { class: "small quiet" }, policy.photo_reason),
    draft.photos.map(line),
    draft.photos.length < policy.photo_count ? drop : h("p", { class: "small quiet" }, say("photo_most", { n: policy.photo_count })));
}

function position(page) {
  const { draft, policy } = page;
  if (!policy.position || !navigator.geolocation) return null;
  const set = (checked) => {
    draft.point = null;
    page.changed();
    if (!checked) return;
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      draft.point = { latitude: coords.latitude, longitude: coords.longitude, accuracy: Math.round(coords.accuracy) };
      page.changed();
    }, () => announce(say("position_none"), "warn"), { timeout: 20_000, maximumAge: 60_000 });
  };
  return tick("position", say("position"), Boolean(draft.point), set);
}

export function signing(page) {
  const { draft, policy } = page;
  while (draft.visitors.length < policy.min_visitors) draft.visitors.push({ user: null, name: "", strokes: "", ticked: false });
  const more = draft.visitors.length < 5 ? h("div", {}, button(say("other_officer"), () => { draft.visitors.push({ user: null, name: "", strokes: "", ticked: false }); page.changed(); page.draw(); }, { kind: "ghost", mark: "user-plus" })) : null;
  return [...draft.visitors.map((one, at) => officer(page, one, at)), more, family(page)];
}

function officer(page, one, at) {
  const { draft } = page;
  const id = `visitor-${at}`;
  const title = say("officer_n", { n: at + 1 });
  const taken = new Set(draft.visitors.filter((two) => two !== one).map((two) => two.user));
  const officers = page.general.officers.filter((two) => !taken.has(two.user));
  const kin = h("p", { class: "notice-nj notice-warning", hidden: !draft.recused.includes(one.user) }, say("recused", { name: one.name }));
  const choose = (value) => {
    const found = officers.find((two) => String(two.user) === value);
    Object.assign(one, { user: found?.user || null, name: found?.name || "", strokes: "", ticked: false });
    page.changed();
    page.draw();
    document.getElementById(id)?.focus();
  };
  const who = field(id, title, select(one.user ? String(one.user) : "", officers.map((two) => [String(two.user), two.name]), choose), { error: page.error(id) });
  return h("section", { class: "kit-person", "aria-label": title }, who, kin, one.user ? sheet(`${id}-sign`, one.name, one, page.changed) : null);
}

function family(page) {
  const { draft, catalogue } = page;
  const one = draft.family;
  const relations = Object.values(catalogue.relations).map((words) => [words, words]);
  return h("section", { class: "kit-person", "aria-label": say("family_sign") }, h("h2", {}, say("family_sign")), h("p", { class: "small quiet" }, say("family_hint")),
    field("family-name", say("family_name"), input(one.name, (value) => { one.name = value; page.changed(); }, { maxlength: 50 }), { error: page.error("family-name") }),
    field("family-relation", say("family_relation"), select(one.relation, relations, (value) => { one.relation = value; page.changed(); }), { optional: true }),
    page.error("family") ? h("p", { class: "field-error" }, icon("circle-alert"), page.error("family")) : null,
    sheet("family", say("family_sign"), one, page.changed));
}

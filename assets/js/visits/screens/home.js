// The list: whom to visit, what is known of them, what has become of each visit.
import { begun, brought } from "../drafts.js";
import { age, announce, button, field, h, icon, input, say, select, show, status } from "../ui.js";
import { form } from "./form.js";
import { list } from "./list.js";
import { login } from "./enter.js";

const LONG = 8;
export const STATES = { open: "todo", draft: "now", ready: "warn", sent: "done", held: "now", clash: "stop", refused: "stop" };
export const stateOf = (name) => status(say(`state_${name}`), STATES[name]);

export async function home(app) {
  const screen = { refreshed: () => home(app) };
  app.screen = screen;
  app.strip();
  const visits = await app.visits();
  const meta = await app.queue.meta();
  if (app.screen !== screen) return; // somebody opened a form meanwhile: it stays
  const latest = new Map(visits.filter((row) => row.draft?.target && row.state !== "dropped").map((row) => [row.draft.target, row]));
  const targets = app.kit?.targets || [];
  const rows = h("div", { class: "kit-list", id: "kit-targets" });
  const fill = (wanted) => rows.replaceChildren(...targets.filter((one) => !wanted || `${one.name}${one.place}`.includes(wanted)).map((one) => card(app, one, latest.get(one.number))));
  fill("");
  const others = visits.filter((row) => row.state === "draft" && row.draft && !row.draft.target);
  show(h("div", { class: "kit-form" },
      h("h1", { class: "title-nj" }, say("list_title")),
      app.login ? login() : null,
      h("div", { class: "kit-row" }, h("p", { class: "small quiet" }, told(app, meta)), button(say("kit_load"), () => load(app), { kind: "outline", mark: "download" })),
      skew(meta),
      targets.length > LONG ? field("kit-find", say("find"), input("", fill, { type: "search" })) : null,
      app.kit && !targets.length ? h("p", {}, say("list_none")) : null,
      rows,
      others.length ? h("div", { class: "kit-list" }, others.map((row) => card(app, { name: row.draft.members[0].name || say("not_named"), place: row.draft.place }, row))) : null,
      app.kit ? fresh(app) : null,
      h("div", { class: "actions-nj" }, button(say("queue_title"), () => list(app), { kind: "outline", mark: "list" }))));
}

function told(app, meta) {
  if (!app.kit || !meta.kit) return say("kit_none");
  const old = Math.max(0, Date.now() - meta.kit.at);
  return say("kit_age", { age: age(old), left: age(meta.kitHours * 3600_000 - old) });
}

function skew(meta) {
  const minutes = Math.round(Math.abs(meta.skew || 0) / 60);
  return minutes < 5 ? null : h("p", { class: "notice-nj notice-warning" }, say(meta.skew > 0 ? "skew_fast" : "skew_slow", { n: minutes }));
}

async function load(app) {
  announce(say("busy"));
  if (await app.load()) announce(say("kit_loaded", { n: app.kit.targets.length }), "good");
  await home(app);
}

function card(app, target, visit) {
  const open = () => {
    if (visit?.state === "draft" && visit.draft) return form(app, visit.draft);
    if (visit) return list(app);
    return form(app, begun({ key: crypto.randomUUID(), target, officer: me(app), at: Date.now() }));
  };
  const known = target.home ? [say("people_n", { n: target.home.members.length }), say("known_n", { n: brought(begun({ key: "", target, officer: me(app), at: 0 })) })] : [];
  const small = [target.place, target.campaign?.name, target.planned_on && say("planned", { day: target.planned_on }), target.mine && say("mine"), ...known].filter(Boolean);
  return h("div", { class: "kit-home" },
    h("div", { class: "kit-home-top" }, h("button", { type: "button", class: "kit-home-name", onclick: open }, target.name), stateOf(visit?.state || "open")),
    small.length ? h("p", { class: "small quiet" }, small.join(" · ")) : null,
    target.words ? h("p", { class: "small" }, target.words) : null);
}

export function me(app) {
  const { user, officers } = app.kit?.general || { user: null, officers: [] };
  return officers.find((one) => one.user === user) || { user, name: "" };
}

/** A family that is not on the list: which campaign it counts in is asked first, nothing is preselected. */
function fresh(app) {
  const { campaigns } = app.kit.general;
  let campaign = null;
  const open = () => form(app, begun({ key: crypto.randomUUID(), campaign, officer: me(app), at: Date.now() }));
  return h("details", { class: "kit-person" }, h("summary", {}, h("span", {}, say("new_family")), icon("plus")),
    h("div", { class: "kit-form" }, campaigns.length ? field("fresh-campaign", say("which_campaign"), select("", campaigns.map((one) => [String(one.number), one.name]), (value) => { campaign = Number(value) || null; }), { optional: true }) : null,
    h("div", {}, button(say("new_family"), open))));
}

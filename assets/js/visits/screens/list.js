// The queue: every visit of this phone, what has become of it, and what may still be done with it.
import { DRAFT, DROPPED, HELD, READY, SENT, WAITING } from "../queue.js";
import { announce, asked, button, field, h, moment, notice, say, select, show } from "../ui.js";
import { form } from "./form.js";
import { login } from "./enter.js";
import { stateOf } from "./home.js";

export async function list(app) {
  const screen = { refreshed: () => list(app) };
  app.screen = screen;
  app.strip();
  const visits = (await app.visits()).filter((row) => row.state !== DROPPED).reverse();
  const meta = await app.queue.meta();
  if (app.screen !== screen) return; // somebody opened a form meanwhile: it stays
  show(h("h1", { class: "title-nj below" }, say("queue_title")),
    h("div", { class: "kit-form" },
      app.login ? login() : null,
      proof(meta),
      visits.length ? h("div", { class: "kit-list" }, visits.map((row) => item(app, row))) : h("p", {}, say("strip_none")),
      h("div", { class: "kit-form" },
        h("p", { class: "small quiet" }, say("export_hint")),
        h("div", { class: "actions-nj" }, button(say("send_now"), () => app.sync({ now: true, asked: true }), { mark: "send" }), button(say("export"), () => app.export(), { kind: "outline", mark: "download" })),
        h("p", { class: "small quiet" }, say("purge", { n: meta.sentDays || 7 }))),
      h("div", { class: "actions-nj" },
        app.key ? button(say("list_title"), () => app.home(), { kind: "outline", mark: "arrow-left" }) : button(say("unlock_title"), () => app.enter(), { kind: "outline", mark: "arrow-left" }),
        button(say("log_out"), () => leave(app), { kind: "ghost", mark: "log-out" }),
        button(say("forget_phone"), () => forget(app), { kind: "stop" }))));
}

function proof({ proof: told }) {
  if (!told) return null;
  return notice(told.whole ? "success" : "info", h("p", {}, say(told.whole ? "proof_whole" : "proof_not", { seq: told.seq, of: told.of })));
}

function item(app, row) {
  const name = row.draft?.members[0]?.name || (row.seq ? say("nth", { n: row.seq }) : say("not_named"));
  const day = moment(row.savedAt);
  const { answer } = row;
  const small = [say(row.state === DRAFT ? "begun_at" : "saved_at", { day }), row.state === READY && row.tries ? say("tries", { n: row.tries }) : "",
    answer?.number ? say("record", { number: answer.number }) : "", answer?.conflicts ? say("conflicts_n", { n: answer.conflicts }) : ""].filter(Boolean);
  return h("div", { class: "kit-item", "data-key": row.key, "data-state": row.state },
    h("div", { class: "kit-home-top" }, h("h2", { class: "card-title" }, name), stateOf(row.state)),
    h("p", { class: "small quiet" }, small.join(" · ")),
    !row.draft && ![SENT, HELD].includes(row.state) ? h("p", { class: "small" }, say("unreadable")) : null,
    h("div", { class: "actions-nj" }, acts(app, row)));
}

function acts(app, row) {
  const found = [];
  const free = [DRAFT, ...WAITING].includes(row.state) && !(row.state === READY && row.tries > 0);
  if (row.state === DRAFT && row.draft) found.push(button(say("go_on", { n: row.draft.step + 1, of: 6 }), () => form(app, row.draft), { kind: "outline", mark: "pencil" }));
  if (row.state === DRAFT && !row.draft) found.push(button(say("give_over"), async () => { await app.giveOver(); list(app); }, { kind: "outline", mark: "send" }));
  if (WAITING.includes(row.state) && free && row.draft) found.push(button(say("redo"), () => redo(app, row), { kind: "outline", mark: "pencil" }));
  if (row.answer?.visit) found.push(h("a", { class: "btn btn-outline", href: `/visits/${row.answer.visit}/` }, say("details")));
  if (free) found.push(button(say("drop"), () => drop(app, row), { kind: "ghost", mark: "x" }));
  else if (row.state === READY) found.push(h("p", { class: "small quiet" }, say("drop_doubt")));
  return found;
}

const WHY = ["why_wrong", "why_twice", "why_test"];

/** One that was not sent is deleted, after a question and with the reason, which the platform is told. */
async function drop(app, row) {
  let why = "";
  const control = select("", WHY.map((name) => [say(name), say(name)]), (value) => { why = value; });
  const extra = row.state === DRAFT ? null : h("div", { class: "mb-5" }, field("drop-why", say("drop_why"), control));
  if (!(await asked(say("drop"), say("drop_sure"), say("drop_yes"), say("drop_no"), { extra }))) return;
  const done = await app.queue.drop(row.key, why || say("why_wrong"));
  if (!done) announce(say("drop_doubt"), "warn");
  await app.mark();
  await list(app);
  if (done && row.state !== DRAFT) app.sync();
}

/** What was finished is written anew under a key of its own; the old one goes, so that it is not sent twice. */
async function redo(app, row) {
  const draft = { ...structuredClone(row.draft), key: crypto.randomUUID(), step: 0, photos: [] };
  for (const one of [...draft.visitors, draft.family]) Object.assign(one, { strokes: "", ticked: false });
  await app.keep(draft);
  if (!(await app.queue.drop(row.key, say("redo")))) { await app.queue.drop(draft.key, ""); announce(say("drop_doubt"), "warn"); return list(app); }
  await app.mark();
  return form(app, draft);
}

async function leave(app) {
  const { waiting, drafts } = await app.queue.counts();
  const n = waiting + drafts;
  if (n && !(await asked(say("log_out"), say("log_out_warn", { n }), say("log_out_yes"), say("drop_no")))) return;
  location.href = "/account/logout/";
}

async function forget(app) {
  const { waiting, drafts } = await app.queue.counts();
  if (waiting + drafts) { announce(say("forget_warn", { n: waiting + drafts }), "warn"); return; }
  if (!(await asked(say("forget_phone"), say("forget_sure"), say("forget_phone"), say("drop_no")))) return;
  await app.forget();
  announce(say("forgotten"), "good");
  app.enter();
}

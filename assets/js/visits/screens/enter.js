// The way in: the phone is enrolled, the PIN opens it, a forgotten PIN costs what is known and nothing that was written.
import { announce, asked, button, field, h, input, notice, say, show } from "../ui.js";
import { isGood } from "../vault.js";

const form = (onsubmit, ...children) => h("form", { class: "kit-form", novalidate: true, onsubmit: (event) => { event.preventDefault(); onsubmit(event.submitter); } }, ...children);
const pinField = (id, words, hint, error, oninput) => field(id, words, input("", oninput, { type: "password", autocomplete: id === "pin" ? "current-password" : "new-password", required: true }), { hint, error });

/** The first time on a phone, and after everything known was wiped. */
export function enrol(app, said = {}) {
  const told = { name: said.name || "", pin: "", again: "" };
  async function go(submitter) {
    const errors = {};
    if (!told.name.trim()) errors.name = say("phone_name_hint");
    if (!isGood(told.pin)) errors.pin = say("pin_short");
    else if (told.pin !== told.again) errors.again = say("pin_differs");
    if (Object.keys(errors).length) return enrol(app, { ...told, errors });
    submitter.setAttribute("aria-disabled", "true");
    announce(say("busy"));
    let trouble = "";
    try { trouble = await app.enrol(told.name.trim(), told.pin); } catch (error) { app.trouble(error); trouble = app.login ? say("login") : say("enrol_online"); }
    if (trouble) { announce(trouble, "warn"); submitter.removeAttribute("aria-disabled"); return null; }
    announce("");
    return app.home();
  }
  const errors = said.errors || {};
  show(form(go,
      h("h1", { class: "title-nj" }, say("enrol_title")), h("p", {}, say("enrol_words")),
      field("phone-name", say("phone_name"), input(told.name, (value) => { told.name = value; }, { required: true, maxlength: 60 }), { hint: say("phone_name_hint"), error: errors.name }),
      pinField("new-pin", say("pin"), say("pin_hint"), errors.pin, (value) => { told.pin = value; }),
      pinField("new-pin-again", say("pin_again"), "", errors.again, (value) => { told.again = value; }),
      app.login ? login() : null,
      h("button", { class: "btn btn-primary btn-big", type: "submit" }, say("enrol"))));
  const first = Object.keys(errors)[0];
  if (first) document.getElementById({ name: "phone-name", pin: "new-pin", again: "new-pin-again" }[first]).focus();
}

export const login = () => notice("warning", h("p", {}, say("login")), h("p", {}, h("a", { class: "link-nj tap", href: `/account/login/?next=${encodeURIComponent(location.pathname)}` }, say("log_in"))));

/** Every other time. */
export function unlock(app, error = "") {
  let pin = "";
  async function go(submitter) {
    submitter.setAttribute("aria-disabled", "true");
    const { good, left } = await app.unlock(pin);
    if (good) { announce(""); return app.home(); }
    if (left === 0) { announce(say("wiped_wrong"), "warn"); return app.enter(); }
    return unlock(app, say("wrong", { n: left }));
  }
  async function forgot() {
    const sure = await asked(say("forgot"), say("forgot_words"), say("forgot_yes"), say("drop_no"));
    if (!sure) return;
    await app.queue.wipe();
    app.enter();
  }
  show(h("h1", { class: "title-nj below" }, say("unlock_title")),
    form(go, pinField("pin", say("pin"), "", error, (value) => { pin = value; }),
      h("button", { class: "btn btn-primary btn-big", type: "submit" }, say("unlock")),
      button(say("forgot"), forgot, { kind: "ghost" })));
  document.getElementById("pin").focus();
}

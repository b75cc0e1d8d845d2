// The form of a visit: one thing per page, kept within a second of every stroke, nothing known asked twice.
import { STEPS, brought, missing } from "../drafts.js";
import { announce, button, h, icon, say, show } from "../ui.js";
import { asks, family, house, people } from "./told.js";
import { result, signing } from "./ending.js";

const DRAWN = { family, home: house, people, asks, result, signing };
const SOON = 350;

/** The page of a draft; `errors` are what keeps it from being finished. */
export function form(app, draft, errors = []) {
  const page = new Page(app, draft, errors);
  app.screen = { quiet: true, refreshed: () => undefined, leave: () => page.kept() };
  page.draw();
  app.strip();
}

class Page {
  constructor(app, draft, errors) {
    // A draft carries what its form needs: the kit may be wiped for its age while the draft is still being written.
    draft.general = app.kit?.general || draft.general;
    Object.assign(this, { app, draft, errors, timer: 0, general: draft.general, policy: draft.general.policy, catalogue: draft.general.catalogue });
    this.saved = h("p", { class: "kit-saved", hidden: true, id: "kit-saved" }, icon("check"), say("saved_here"));
  }

  error(field) {
    const found = this.errors.find((one) => one.field === field);
    return found ? say(found.words, found.values) : "";
  }

  /** Something was told: it lies on the phone before a second is over. */
  changed = () => {
    clearTimeout(this.timer);
    this.saved.hidden = true;
    this.timer = setTimeout(() => this.kept(), SOON);
  };

  async kept() {
    clearTimeout(this.timer);
    try {
      const good = await this.app.keep(this.draft);
      this.saved.hidden = !good;
      if (!good) announce(say("other_tab"), "warn");
      return good;
    } catch (error) {
      announce(say("not_saved", { why: error.message }), "warn");
      return false;
    }
  }

  async goTo(step) {
    this.draft.step = step;
    await this.kept();
    this.draw();
  }

  draw() {
    const { draft } = this;
    const step = Math.min(draft.step, STEPS.length - 1);
    const name = STEPS[step];
    const known = brought(draft);
    show(h("p", { class: "quiet small" }, say("step_of", { n: step + 1, of: STEPS.length })),
      h("h1", { class: "title-nj" }, `${draft.title || draft.members[0]?.name || say("new_family")} · ${say(`step_${name}`)}`),
      this.steps(step),
      this.summary(),
      known && step < 3 ? h("p", { class: "notice-nj notice-info below", id: "kit-brought" }, say("brought", { n: known })) : null,
      draft.words && step === 0 ? h("p", { class: "below" }, draft.words) : null,
      h("div", { class: "kit-form" }, DRAWN[name](this), this.saved, this.bar(step)));
    const first = this.errors.find((one) => one.step === step);
    if (this.errors.length) document.querySelector("[data-error-summary]")?.focus();
    else if (first) document.getElementById(first.field)?.focus();
  }

  steps(step) {
    const line = (name, at) => h("li", {}, h("button", { type: "button", "aria-current": at === step ? "step" : null, onclick: () => this.goTo(at) }, icon(at < step ? "check" : at === step ? "circle-dot" : "circle"), say(`step_${name}`)));
    return h("details", { class: "kit-steps" }, h("summary", { class: "link-nj" }, say("all_steps")), h("ol", {}, STEPS.map(line)));
  }

  summary() {
    if (!this.errors.length) return null;
    const line = (one) => h("li", {}, h("a", { class: "tap", href: `#${one.field}`, onclick: (event) => { event.preventDefault(); this.toField(one); } }, say(one.words, one.values)));
    return h("div", { class: "error-summary below", role: "alert", tabindex: "-1", "data-error-summary": true },
      h("h2", {}, say("still", { n: this.errors.length })), h("ul", {}, this.errors.map(line)), h("p", { class: "small quiet mt-1" }, say("all_there")));
  }

  async toField({ step, field }) {
    if (this.draft.step !== step) await this.goTo(step);
    const found = document.getElementById(field);
    found?.closest("details")?.setAttribute("open", "");
    const control = found?.matches("input, select, textarea, button") ? found : found?.querySelector("input, select, textarea, button") || found;
    control?.focus();
  }

  bar(step) {
    const last = step === STEPS.length - 1;
    const back = step ? button(say("back_step"), () => this.goTo(step - 1), { kind: "outline" }) : button(say("leave_form"), () => this.leave(), { kind: "outline" });
    const onward = last ? button(say("finish"), () => this.finish()) : button(say("next_step", { name: say(`step_${STEPS[step + 1]}`) }), () => this.goTo(step + 1));
    const away = h("button", { type: "button", class: "link-nj tap", onclick: () => this.leave() }, say("leave_form"));
    return [step ? h("p", {}, away) : null, h("div", { class: "bottom-bar" }, back, onward)];
  }

  async leave() {
    await this.kept();
    this.app.home();
  }

  /** Everything that has to be there is; then the visit has its place in the chain and waits to be sent. */
  async finish() {
    await this.kept();
    this.errors = missing(this.draft, { policy: this.policy });
    if (this.errors.length) return this.draw();
    const done = await this.app.finish(this.draft);
    announce(say(done ? "finished" : "other_tab"), done ? "good" : "warn");
    await this.app.home();
    this.app.sync();
    return null;
  }
}

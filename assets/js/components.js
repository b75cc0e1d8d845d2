// The Alpine components; expressions in templates stay single names, as the CSP build demands.

/** A <details> menu that also closes on Escape and on a click beside it. */
export function menu() {
  return {
    close() { this.$root.removeAttribute("open"); },
    escape() { if (this.$root.open) { this.close(); this.$root.querySelector("summary").focus(); } },
  };
}

const KEEP = 30 * 24 * 3600 * 1000;
const SECRET = new Set(["password", "hidden", "file", "submit"]);
const fields = (form) => [...form.elements].filter((field) => field.name && !SECRET.has(field.type) && !("noSave" in field.dataset));

/** Drafts of <form data-autosave="key">: kept on this device < 1 s after a change, gone once the server took them. */
export function autosave() {
  return {
    saved: false,
    restored: false,
    timer: 0,
    init() {
      this.key = `draft:${this.$root.dataset.autosave}`;
      try { sweep(); } catch { return; }
      if (this.$root.hasAttribute("data-fresh")) this.restore();
    },
    later() { clearTimeout(this.timer); this.timer = setTimeout(() => this.save(), 400); },
    save() {
      const values = fields(this.$root).filter((f) => !["radio", "checkbox"].includes(f.type) || f.checked).map((f) => [f.name, f.value]);
      try { localStorage.setItem(this.key, JSON.stringify({ at: Date.now(), values })); this.saved = true; } catch { this.saved = false; }
    },
    restore() {
      const draft = JSON.parse(localStorage.getItem(this.key) || "null");
      if (!draft) return;
      for (const field of fields(this.$root)) {
        const said = draft.values.filter(([name]) => name === field.name).map(([, value]) => value);
        if (["radio", "checkbox"].includes(field.type)) field.checked = said.includes(field.value);
        else if (said.length) field.value = said[0];
      }
      this.saved = this.restored = true;
    },
    discard() { clearTimeout(this.timer); localStorage.removeItem(this.key); this.$root.reset(); this.saved = this.restored = false; },
  };
}

/** Old drafts go; the page after a success names the ones that are done with <meta name="draft-done">. */
function sweep() {
  const told = document.cookie.split("; ").filter((part) => part.startsWith("draft_done="));
  const names = told.map((part) => decodeURIComponent(part.slice(11)).replaceAll('"', ""));
  const done = [...[...document.querySelectorAll("meta[name=draft-done]")].map((meta) => meta.content), ...names].map((name) => `draft:${name}`);
  if (told.length) document.cookie = "draft_done=; path=/; max-age=0; samesite=lax";
  for (const key of Object.keys(localStorage)) {
    if (!key.startsWith("draft:")) continue;
    const draft = JSON.parse(localStorage.getItem(key) || "null");
    if (done.includes(key) || !draft || Date.now() - draft.at > KEEP) localStorage.removeItem(key);
  }
}
document.addEventListener("DOMContentLoaded", () => { try { sweep(); } catch { /* a browser without storage keeps no drafts */ } });

/** Final steps are asked once, in words, in a native dialog; without JavaScript a required tick stands in. */
export function confirmInWords() {
  return {
    ask(event) {
      const dialog = this.$root.querySelector("dialog");
      if (!dialog || dialog.open) return;
      if (!this.$root.checkValidity()) return; // the server answers with the error summary
      event.preventDefault();
      dialog.showModal();
    },
    back() { this.$root.querySelector("dialog").close(); },
  };
}

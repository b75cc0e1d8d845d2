// Elements, words and fields of the kit's page: the page's furniture, drawn on the phone.

export const told = JSON.parse(document.getElementById("kit-told")?.textContent || "{}");

/** A sentence of the page with its values. */
export function say(name, values = {}) {
  const words = told.words[name];
  if (words === undefined) throw new Error(`no words for ${name}`);
  return words.replace(/\{(\w+)\}/g, (_, key) => String(values[key] ?? ""));
}

/** An element: `on…` listens, true and false set and leave out, children may be texts, elements or nothing. */
export function h(tag, props = {}, ...children) {
  const made = ["svg", "path", "use"].includes(tag) ? document.createElementNS("http://www.w3.org/2000/svg", tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(name, value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

export const icon = (name) => h("svg", { class: "icon", "aria-hidden": "true" }, h("use", { href: `${told.icons}#${name}` }));

const SHAPES = { done: "check", now: "circle-dot", todo: "circle", warn: "circle-alert", stop: "x" };

export const status = (words, state) => h("span", { class: `status status-${state}` }, icon(SHAPES[state]), words);

export const button = (words, onclick, { kind = "primary", mark = "", ...more } = {}) =>
  h("button", { type: "button", class: `btn btn-${kind}`, onclick, ...more }, mark ? icon(mark) : null, words);

export const notice = (kind, ...children) => h("div", { class: `notice-nj notice-${kind}` }, icon({ info: "info", success: "circle-check", warning: "triangle-alert" }[kind]), h("div", {}, ...children));

/** A field with its label, hint and error in one place. */
export function field(id, label, control, { hint = "", optional = false, error = "" } = {}) {
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  control.id = id;
  if (described) control.setAttribute("aria-describedby", described);
  if (error) { control.setAttribute("aria-invalid", "true"); control.classList.add(`${control.classList[0]}-error`); }
  return h("div", { class: "field-nj" },
    h("label", { class: "field-label", for: id }, label, optional ? h("span", { class: "field-optional" }, ` ${say("optional")}`) : null),
    hint ? h("span", { class: "field-hint", id: `${id}-hint` }, hint) : null,
    error ? complaint(`${id}-error`, error) : null,
    control);
}

export const complaint = (id, words) => h("p", { class: "field-error", id }, icon("circle-alert"), words);

export function input(value, oninput, props = {}) {
  const made = h("input", { class: "input", autocomplete: "off", ...props, oninput: (event) => oninput(event.target.value) });
  made.value = value ?? "";
  return made;
}

export function area(value, oninput, props = {}) {
  const made = h("textarea", { class: "textarea", rows: 4, autocomplete: "off", ...props, oninput: (event) => oninput(event.target.value) });
  made.value = value ?? "";
  return made;
}

export function select(value, choices, onchange, props = {}) {
  const made = h("select", { class: "select", autocomplete: "off", ...props, onchange: (event) => onchange(event.target.value) });
  for (const [code, words] of [["", say("choose")], ...choices]) made.append(h("option", { value: code }, words));
  made.value = value ?? "";
  return made;
}

/** Choices as cards, one (radio) or several (checkbox) of them. */
export function choices(id, legend, options, { type = "radio", chosen = [], onchange, row = false, error = "", optional = false, hint = "" }) {
  const cards = options.map(([code, words], at) => {
    const box = h("input", { type, class: `${type} ${type}-primary`, name: id, value: code, autocomplete: "off", id: at ? `${id}-${code}` : id, checked: chosen.includes(code) });
    box.addEventListener("change", () => onchange(code, box.checked));
    return h("label", { class: "choice", for: box.id }, box, h("span", { class: "choice-word" }, words));
  });
  const marks = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return h("fieldset", { class: `field-nj${error ? " choices-error" : ""}`, "aria-describedby": marks || null },
    h("legend", { class: "field-label" }, legend, optional ? h("span", { class: "field-optional" }, ` ${say("optional")}`) : null),
    hint ? h("span", { class: "field-hint", id: `${id}-hint` }, hint) : null,
    error ? complaint(`${id}-error`, error) : null,
    h("div", { class: `choices${row ? " choices-row" : ""}` }, cards));
}

export function tick(id, words, checked, onchange) {
  const box = h("input", { type: "checkbox", class: "checkbox checkbox-primary", id, checked, autocomplete: "off" });
  box.addEventListener("change", () => onchange(box.checked));
  return h("label", { class: "choice", for: id }, box, h("span", {}, words));
}

/** A question asked once, in words; the answer is true or false. */
export function asked(title, words, yes, no, { kind = "stop", extra = null } = {}) {
  return new Promise((answer) => {
    const end = (value) => { dialog.close(); dialog.remove(); answer(value); };
    const dialog = h("dialog", { class: "dialog-nj", "aria-label": title, oncancel: (event) => { event.preventDefault(); end(false); } },
      h("h2", { class: "card-title" }, title), h("p", { class: "mt-2 mb-5" }, words), extra,
      h("div", { class: "actions-nj" },
        h("button", { type: "button", class: `btn btn-${kind}`, onclick: () => end(true) }, yes),
        h("button", { type: "button", class: "btn btn-outline", autofocus: true, onclick: () => end(false) }, no)));
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** How long something is, in words. */
export function age(ms) {
  const minutes = Math.max(1, Math.round(ms / 60_000));
  if (minutes < 60) return say("minutes", { n: minutes });
  if (minutes < 48 * 60) return say("hours", { n: Math.floor(minutes / 60) });
  return say("days", { n: Math.floor(minutes / 1440) });
}

const two = (number) => String(number).padStart(2, "0");
export function moment(at) {
  const day = new Date(at);
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())} ${two(day.getHours())}:${two(day.getMinutes())}`;
}

let announced = 0;

/** What has just happened, for eye and ear. */
export function announce(words, kind = "") {
  const line = document.getElementById("kit-said");
  line.dataset.kind = kind;
  line.textContent = words;
  clearTimeout(announced);
  if (words) announced = setTimeout(() => { line.textContent = ""; }, 15_000);
}

let shown = false;

/** Another screen: its heading takes the focus, as a page would. */
export function show(...children) {
  const root = document.getElementById("kit");
  root.replaceChildren(...children.flat().filter(Boolean));
  delete root.dataset.coming;
  const heading = root.querySelector("h1");
  // The title of the page names nobody: browsers write titles into their history.
  if (heading) heading.tabIndex = -1;
  if (heading && shown) heading.focus({ preventScroll: true });
  shown = true;
  window.scrollTo(0, 0);
}

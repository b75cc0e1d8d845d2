// A form is sent once, and a mistake is put before the reader's eyes.

const AGAIN_AFTER = 8000; // a lost answer must not lock the form; the server's idempotency key keeps a retry safe

function lock(form, submitter) {
  form.dataset.sent = "1";
  const button = submitter || form.querySelector("button:not([type=button])");
  if (button) button.setAttribute("aria-disabled", "true");
  setTimeout(() => unlock(form), AGAIN_AFTER);
}

function unlock(form) {
  delete form.dataset.sent;
  form.querySelectorAll("[aria-disabled=true]").forEach((button) => button.removeAttribute("aria-disabled"));
}

function focusErrors(root) {
  const summary = root.querySelector("[data-error-summary]");
  if (summary) summary.focus();
}

/** A link of the summary puts the cursor into the field, also where the target is a group. */
function followErrorLink(event) {
  const link = event.target.closest && event.target.closest("[data-error-summary] a[href^='#']");
  const field = link && document.getElementById(link.hash.slice(1));
  if (!field) return;
  event.preventDefault();
  (field.matches("fieldset") ? field.querySelector("input") || field : field).focus();
}

export function guardForms(document) {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || (form.getAttribute("method") || "").toLowerCase() !== "post") return;
    if (form.dataset.sent) event.preventDefault(); else lock(form, event.submitter);
  });
  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(unlock));
  document.addEventListener("click", followErrorLink);
  document.addEventListener("htmx:afterSwap", (event) => focusErrors(event.detail.elt));
  document.addEventListener("htmx:afterRequest", (event) => { const form = event.detail.elt.closest("form"); if (form) unlock(form); });
  // Refusals come as 4xx fragments and are shown in place; nothing is swallowed.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const status = event.detail.xhr.status;
    if (status >= 400 && status < 500 && event.detail.serverResponse) { event.detail.shouldSwap = true; event.detail.isError = false; }
  });
  focusErrors(document);
}

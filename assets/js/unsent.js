// Visits that were not sent yet lie on this device: whoever logs out is told first. Nothing is lost either way.

const MARK = "nj-visits-waiting";

const waiting = () => { try { return Number(localStorage.getItem(MARK)) || 0; } catch { return 0; } };

export function warnOfUnsent(document) {
  const notice = document.querySelector("[data-unsent]");
  const count = waiting();
  if (notice && count) {
    notice.querySelector("[data-unsent-count]").textContent = String(count);
    notice.hidden = false;
  }
  // A button that logs out at once leads to the page that asks, where the warning stands.
  document.addEventListener("submit", (event) => {
    const goal = new URL(event.target.action, location.href).pathname;
    if (!goal.endsWith("/account/logout/") || goal === location.pathname || !waiting()) return;
    event.preventDefault();
    event.stopPropagation();
    location.href = goal;
  }, true);
}

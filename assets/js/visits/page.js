// The kit of home visits, put together: works for days without signal, loses nothing, sends once.
import { App } from "./app.js";
import { opened } from "./store.js";
import { enrol, unlock } from "./screens/enter.js";
import { home } from "./screens/home.js";
import { list } from "./screens/list.js";
import { age, announce, button, h, notice, say, show } from "./ui.js";

const MINUTE = 60_000;

async function begin() {
  sizes();
  let store;
  try { store = await opened(); } catch {
    show(h("h1", { class: "title-nj below" }, say("title")), notice("warning", h("p", {}, say("no_store")), h("p", {}, h("a", { class: "link-nj tap", href: "/visits/new/" }, say("online_form")))));
    return;
  }
  navigator.storage?.persist?.().catch(() => undefined);
  const app = new App(store);
  app.strip = () => strip(app);
  app.home = () => home(app);
  app.enter = () => enter(app);
  if ("serviceWorker" in navigator) navigator.serviceWorker.register("/visits/kit/worker.js").catch(() => undefined);
  await app.mark();
  await enter(app);
  listen(app);
  app.sync();
}

/** The way in: enrolled or not, locked or not. */
async function enter(app) {
  app.screen = null;
  await app.expire();
  const { vault, device } = await app.queue.meta();
  if (!vault || !device) return enrol(app);
  return app.key ? home(app) : unlock(app);
}

function listen(app) {
  addEventListener("online", () => app.sync({ now: true }));
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") app.sync(); else app.screen?.leave?.(); });
  addEventListener("pagehide", () => { app.screen?.leave?.(); });
  setInterval(async () => { await app.mark(); if (navigator.onLine) await app.sync(); }, MINUTE);
}

/** How the queue stands, above every screen, also while the phone is locked. */
async function strip(app) {
  const { all, arrived, waiting, drafts, photos, oldest } = await app.queue.counts();
  const { device } = await app.queue.meta();
  const root = document.getElementById("kit-strip");
  if (app.screen?.quiet || (!device && !all && !drafts)) { root.replaceChildren(); delete root.dataset.now; return; }
  const writing = drafts ? say("strip_drafts", { n: drafts }) : "";
  const more = [waiting ? say("strip_waiting", { n: waiting, age: age(Date.now() - oldest) }) : "", photos ? say("strip_photos", { n: photos }) : "", all ? writing : ""].filter(Boolean);
  const now = JSON.stringify([all, arrived, photos, writing, more]);
  if (root.dataset.now === now) return; // a button under a finger stays where it is
  root.dataset.now = now;
  root.replaceChildren(h("section", { class: "kit-strip", "data-waiting": waiting + photos > 0, "aria-label": say("queue_title") },
    h("div", { class: "kit-strip-line" }, h("span", { id: "kit-counts" }, all ? say("strip", { all, arrived }) : writing || say("strip_none")),
      waiting + photos ? button(say("send_now"), () => app.sync({ now: true, asked: true }), { mark: "send" }) : null,
      button(say("open_queue"), () => list(app), { kind: "outline" })),
    more.length ? h("p", { class: "small quiet" }, more.join("，")) : null));
}

/** The size of the page follows its cookie: the kept shell may be older than the choice. */
function sizes() {
  const root = document.documentElement;
  const kept = document.cookie.split("; ").find((part) => part.startsWith("size="))?.slice(5);
  if (kept) root.dataset.size = kept === "elder" ? "elder" : "std";
  const switcher = document.getElementById("kit-size");
  const words = () => { switcher.textContent = say(root.dataset.size === "elder" ? "standard" : "elder"); };
  switcher.hidden = false;
  switcher.addEventListener("click", () => {
    root.dataset.size = root.dataset.size === "elder" ? "std" : "elder";
    document.cookie = `size=${root.dataset.size}; path=/; max-age=31536000; samesite=lax${location.protocol === "https:" ? "; secure" : ""}`;
    words();
  });
  words();
}

begin().catch((error) => announce(say("not_saved", { why: error.message }), "warn"));

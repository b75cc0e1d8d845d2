// The service worker of the kit: keeps the shell of one edition, opens it without signal, touches nothing else.
const NAME = `visits-${self.EDITION}`;
const [PAGE] = self.SHELL;

self.addEventListener("install", (event) => {
  const fresh = (url) => new Request(url, { cache: "reload", credentials: "same-origin" });
  const keep = async () => {
    const cache = await caches.open(NAME);
    for (const url of self.SHELL) await keepOne(cache, url, await fetch(fresh(url)));
    await self.skipWaiting();
  };
  event.waitUntil(keep());
});

/** A page that leads to the log-in is no shell. */
async function keepOne(cache, url, answer) {
  if (!answer.ok || answer.redirected) throw new Error(`${url}: ${answer.status}`);
  await cache.put(url, answer);
}

self.addEventListener("activate", (event) => {
  const old = (name) => name.startsWith("visits-") && name !== NAME;
  const tidy = async () => {
    for (const name of (await caches.keys()).filter(old)) await caches.delete(name);
    await self.clients.claim();
  };
  event.waitUntil(tidy());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin || !self.SHELL.includes(url.pathname)) return;
  event.respondWith(kept(url.pathname, request));
  if (url.pathname === PAGE && request.mode === "navigate") event.waitUntil(renewed(request));
});

async function kept(path, request) {
  const cache = await caches.open(NAME);
  return (await cache.match(path)) || fetch(request);
}

/** The page as it is now, for the next time: in the language and size that the officer chose since. */
async function renewed(request) {
  try {
    const answer = await fetch(request.url, { credentials: "same-origin", cache: "no-store" });
    if (answer.ok && !answer.redirected) await (await caches.open(NAME)).put(PAGE, answer);
  } catch { /* without signal the kept page stays */ }
}

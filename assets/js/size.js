// 长辈版 follows its surroundings: the 浙里办 container, or ?uiStyle=elder in the address.

/** Remember the size for the next page and show it on this one. */
function apply(root, size) {
  root.dataset.size = size;
  document.cookie = `size=${size}; path=/; max-age=31536000; samesite=lax${location.protocol === "https:" ? "; secure" : ""}`;
}

export function followUiStyle(document) {
  const root = document.documentElement;
  const query = new URLSearchParams(location.search);
  const asked = query.get("uiStyle") || query.get("_uiStyle");
  if (asked === "elder" || asked === "normal") apply(root, asked === "elder" ? "elder" : "std");
  const bridge = window.ZWJSBridge;
  if (!bridge || typeof bridge.getUiStyle !== "function") return;
  const ask = () => Promise.resolve(bridge.getUiStyle())
    .then((answer) => answer && apply(root, answer.uiStyle === "elder" ? "elder" : "std"))
    .catch(() => undefined);
  if (typeof bridge.onReady === "function") bridge.onReady(ask); else ask();
}

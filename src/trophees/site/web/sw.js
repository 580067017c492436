// Keeps the playground, and the pages that were visited, for when there is no network.
// FILES and VERSION are filled in when the site is built; paths are relative to the site's root.
const FILES = [];
const VERSION = "";

const root = self.registration.scope;
const kept = `${root} playground ${VERSION}`;
const visited = `${root} visited`;
const wanted = new Set(FILES.map((path) => new URL(path, root).href));

self.addEventListener("install", (event) => {
  const requests = [...wanted].map((url) => new Request(url, { cache: "no-cache" }));
  event.waitUntil(caches.open(kept).then((cache) => cache.addAll(requests)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const old = (name) => name.startsWith(`${root} `) && name !== kept && name !== visited;
  const cleared = caches.keys().then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name))));
  event.waitUntil(cleared.then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || !url.href.startsWith(root)) return;
  url.hash = url.search = "";
  if (url.pathname.endsWith("/")) url.pathname += "index.html";
  event.respondWith(wanted.has(url.href) ? fromStore(url.href, event.request) : fromNetwork(url.href, event.request));
});

async function fromStore(url, request) {
  return (await (await caches.open(kept)).match(url)) ?? fetch(request);
}

async function fromNetwork(url, request) {
  const cache = await caches.open(visited);
  try {
    const response = await fetch(request);
    if (response.ok && response.type === "basic" && !response.redirected) await cache.put(url, response.clone());
    return response;
  } catch (error) {
    const found = await cache.match(url);
    if (found) return found;
    throw error;
  }
}

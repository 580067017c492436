// Keeps the playground, and the pages that were visited, for when there is no network.
// FILES, SHARED and VERSION are filled in when the site is built; paths are relative to the site's root. What the
// playground needs comes from the cache, so that it is all of one version; what other pages share with it (SHARED)
// comes from there to the playground only, and to them when there is no network.
/** @type {string[]} */
const FILES = [];
/** @type {string[]} */
const SHARED = [];
const VERSION = "";

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const root = worker.registration.scope;
const kept = `${root} playground ${VERSION}`;
const visited = `${root} visited`;
/** @type {(paths: string[]) => Set<string>} */
const whole = (paths) => new Set(paths.map((path) => new URL(path, root).href));
const wanted = whole(FILES);
const shared = whole(SHARED);
const NOT_PAGES = /^(?:dumps\/|sparql$|fragments|graph-store|health)/;
const LARGEST = 1e6; // bytes, of what is kept because it was visited

worker.addEventListener("install", (event) => {
  const requests = [...wanted].map((url) => new Request(url, { cache: "no-cache" }));
  event.waitUntil(caches.open(kept).then((cache) => cache.addAll(requests)).then(() => worker.skipWaiting()));
});

worker.addEventListener("activate", (event) => {
  /** @type {(name: string) => boolean} */
  const old = (name) => name.startsWith(`${root} `) && name !== kept && name !== visited;
  const cleared = caches.keys().then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name))));
  event.waitUntil(cleared.then(() => worker.clients.claim()));
});

worker.addEventListener("fetch", (event) => {
  const { method, headers } = event.request;
  const url = address(event.request.url);
  if (method !== "GET" || headers.has("Range") || !url.startsWith(root) || NOT_PAGES.test(url.slice(root.length))) return;
  event.respondWith(answer(event, url));
});

// An address without what does not tell pages apart.
/** @type {(text: string) => string} */
function address(text) {
  const url = new URL(text);
  url.hash = url.search = "";
  if (url.pathname.endsWith("/")) url.pathname += "index.html";
  return url.href;
}

/** @type {(event: FetchEvent, url: string) => Promise<Response>} */
async function answer(event, url) {
  const own = wanted.has(url) && (!shared.has(url) || (await isPlayground(event.clientId)));
  return (own && (await stored(kept, url))) || fromNetwork(event, url);
}

/** @type {(id: string) => Promise<boolean>} */
async function isPlayground(id) {
  const page = id ? await worker.clients.get(id) : undefined;
  return page !== undefined && wanted.has(address(page.url));
}

/** @type {(cacheName: string, url: string) => Promise<Response | undefined>} */
const stored = async (cacheName, url) => caches.match(url, { cacheName }).catch(() => undefined);

// The page does not wait until it is kept, and does without where there is no room.
/** @type {(event: FetchEvent, url: string) => Promise<Response>} */
async function fromNetwork(event, url) {
  try {
    const response = await fetch(event.request);
    const worthy = response.status === 200 && response.type === "basic" && !response.redirected;
    if (worthy && !wanted.has(url) && !(Number(response.headers.get("Content-Length")) > LARGEST)) {
      const copy = response.clone();
      event.waitUntil(caches.open(visited).then((cache) => cache.put(url, copy)).catch(() => {}));
    }
    return response;
  } catch (error) {
    const found = (await stored(visited, url)) ?? (await stored(kept, url));
    if (found) return found;
    throw error;
  }
}

// Keeps the core of the site, the playground once it was visited, and the pages that were, for when there is no network.
// CORE, PLAYGROUND, SHARED and VERSION are filled in when the site is built; paths are relative to the site's root. With
// a network all comes from there, but for what the playground needs: that comes from the cache, so that it is all of one
// version; what other pages share with it (SHARED) comes from there to the playground only. A new version forgets all
// that the former one kept.
/** @type {string[]} */
const CORE = [];
/** @type {string[]} */
const PLAYGROUND = [];
/** @type {string[]} */
const SHARED = [];
const INSTEAD = ""; // the folder of the page that says what is kept
const VERSION = "";

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const root = worker.registration.scope;
const [coreName, playgroundName, visitedName] = ["core", "playground", "visited"].map((part) => `${root} ${part} ${VERSION}`);
/** @type {(paths: string[]) => Set<string>} */
const whole = (paths) => new Set(paths.map((path) => new URL(path, root).href));
const core = whole(CORE);
const wanted = whole(PLAYGROUND);
const shared = whole(SHARED);
const NOT_PAGES = /^(?:dumps\/|sparql$|fragments|graph-store|health)/;
const LARGEST = 1e6; // bytes, of what is kept because it was visited
const MOST = 500; // files kept because they were visited; the first goes when there are more

/** @type {(name: string, urls: Set<string>) => Promise<void>} */
const keep = async (name, urls) => (await caches.open(name)).addAll([...urls].map((url) => new Request(url, { cache: "no-cache" })));

worker.addEventListener("install", (event) => {
  event.waitUntil(keep(coreName, core).then(() => worker.skipWaiting()));
});

worker.addEventListener("activate", (event) => event.waitUntil(activate()));

async function activate() {
  const names = [coreName, playgroundName, visitedName];
  const old = (await caches.keys()).filter((name) => name.startsWith(`${root} `) && !names.includes(name));
  const hadPlayground = old.some((name) => name.startsWith(`${root} playground `));
  const pages = await worker.clients.matchAll({ includeUncontrolled: true, type: "window" });
  if (hadPlayground || pages.some(({ url }) => wanted.has(address(url)))) await keepPlayground();
  await Promise.all(old.map((name) => caches.delete(name)));
  await worker.clients.claim();
}

/** @type {Promise<void> | undefined} */
let keeping;

// All of the playground or nothing, once.
function keepPlayground() {
  keeping ??= caches.has(playgroundName)
    .then((has) => (has ? undefined : keep(playgroundName, wanted)))
    .catch(() => caches.delete(playgroundName).then(() => { keeping = undefined; }));
  return keeping;
}

worker.addEventListener("fetch", (event) => {
  const { method, headers } = event.request;
  const url = address(event.request.url);
  if (method !== "GET" || headers.has("Range") || !url.startsWith(root) || NOT_PAGES.test(url.slice(root.length))) return;
  if (event.request.mode === "navigate" && wanted.has(url)) event.waitUntil(keepPlayground());
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
  return (own && (await stored(playgroundName, url))) || fromNetwork(event, url);
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
    const kept = wanted.has(url) || core.has(url);
    if (worthy && !kept && !(Number(response.headers.get("Content-Length")) > LARGEST)) {
      const copy = response.clone();
      event.waitUntil(remember(url, copy).catch(() => {}));
    }
    return response;
  } catch (error) {
    for (const name of [visitedName, coreName, playgroundName]) {
      const found = await stored(name, url);
      if (found) return found;
    }
    if (event.request.mode === "navigate") return instead(event.request.url);
    throw error;
  }
}

/** @type {(url: string, response: Response) => Promise<void>} */
async function remember(url, response) {
  const cache = await caches.open(visitedName);
  await cache.put(url, response);
  const [oldest, ...others] = await cache.keys();
  if (others.length >= MOST) await cache.delete(oldest);
}

// The page that says so, in the language of the one that is not there.
/** @type {(url: string) => Response} */
function instead(url) {
  const asked = url.slice(root.length);
  const english = /(?:^|\/)en\//.test(asked) ? "en/" : "";
  return Response.redirect(new URL(`${INSTEAD}${english}index.html?page=${encodeURIComponent(asked)}`, root).href);
}

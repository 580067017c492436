// The page that stands for one that was not kept: it leads back to that one, by itself once there is a network, and
// lists the pages that were.
import { node } from "./elements.js";

const asked = /** @type {HTMLElement} */ (document.getElementById("asked"));
const root = new URL(asked.dataset.root ?? "", location.href).href;
const wanted = new URLSearchParams(location.search).get("page");
const MOST = 200; // pages listed

// The address of a page of this site; nothing if it is that of no page, or no address.
/** @type {(text: string) => string} */
function address(text) {
  try {
    const { href } = new URL(text, root);
    return href.startsWith(root) ? href : "";
  } catch {
    return "";
  }
}

const href = wanted === null ? "" : address(wanted);
if (href) {
  asked.hidden = false;
  /** @type {HTMLAnchorElement} */ (asked.querySelector("a")).href = href;
  addEventListener("online", () => location.replace(href));
}

// The pages of this language that are kept because they were visited, with their titles.
/** @type {() => Promise<[string, string][]>} */
async function visited() {
  /** @type {Map<string, string>} */
  const found = new Map();
  for (const name of (await caches.keys()).filter((it) => it.startsWith(`${root} visited `))) {
    const cache = await caches.open(name);
    for (const request of [...(await cache.keys())].reverse().slice(0, 3 * MOST)) {
      const answer = await cache.match(request);
      if (!answer?.headers.get("Content-Type")?.startsWith("text/html")) continue;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (page.documentElement.lang === document.documentElement.lang) found.set(request.url, page.title.split(" – ").slice(0, -1).join(" – ") || page.title);
    }
  }
  return [...found].slice(0, MOST).sort(([, one], [, other]) => one.localeCompare(other, document.documentElement.lang));
}

async function list() {
  const pages = await visited();
  const section = /** @type {HTMLElement} */ (document.getElementById("kept"));
  section.querySelector("ul")?.append(...pages.map(([href, title]) => node("li", {}, node("a", { href }, title))));
  section.hidden = pages.length === 0;
}

if ("caches" in globalThis) list().catch((error) => console.warn("nothing kept can be read:", error));

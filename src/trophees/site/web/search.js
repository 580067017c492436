// The box of search in the header. The index is loaded at the first focus. The form leads to the A to Z index, where all
// that is found is listed; without this script, or where it fails, the index is. What is in no page may be a commune: the
// way leads on to the laureates near it.
import { combobox } from "./combobox.js";
import { node, run } from "./elements.js";
import { finder } from "./find.js";
import { once } from "./once.js";
import { found, nowhere } from "./search-telling.js";
import { fill, wording } from "./words.js";
/** @import { Finder, Index } from "./search-types.js" */
/** @import { Words } from "./types.js" */

const input = /** @type {HTMLInputElement} */ (document.getElementById("site-search"));
const lang = document.documentElement.lang;
const root = input?.dataset.root ?? "";
const LONGEST = 200; // characters of what an address asks for
/** @type {Finder | undefined} */
let find;
/** @type {Index} */
let index;
/** @type {Words} */
let words;
/** @type {ReturnType<typeof combobox>} */
let list;

const loaded = once(async () => {
  const assets = `${root}assets/`;
  await run(`${assets}search-${lang}.js`);
  document.head.append(node("link", { rel: "stylesheet", href: `${assets}search.css` }));
  index = window.tropheesIndex;
  words = wording(index.words, lang);
  find = finder(index);
  list = combobox(input, { id: "site-search", label: words.list }, (option) => location.assign(option.dataset.href ?? ""), true);
});
const ready = () => loaded().catch((error) => console.warn("search:", error));

function show() {
  if (!find) return;
  const typed = input.value.trim();
  const { count, pages } = typed ? find(typed) : { count: 0, pages: [] };
  const proposed = found.options(pages, root);
  if (typed && !count) proposed.push(nowhere.option(typed, index, root));
  list.show(proposed);
  list.say(!typed ? "" : count === 0 ? words.none : words.count("count", count));
}

// All that the address asks for, above the index. What is said of it is told to screen readers when it is known.
/** @type {(place: HTMLElement, asked: string) => Promise<void>} */
async function answer(place, asked) {
  const said = node("p", { role: "status" });
  place.append(said);
  input.value = asked;
  await ready();
  if (!find) return;
  const { count, pages, near } = find(asked, Infinity);
  const title = fill(words.for, { q: asked });
  headed(place, title);
  said.textContent = count ? words.count("all", count) : words.nothing;
  if (count) place.append(...found.groups(pages, index, root), nowhere.way(asked, index, root));
  if (count) takeable(title);
  else place.append(...nowhere.told(place, asked, near, index, root));
  document.title = `${title} – ${document.title}`;
}

// What was found can be taken away, under its title.
/** @type {(title: string) => void} */
function takeable(title) {
  const taken = document.getElementById("search-taken");
  if (!taken) return;
  taken.hidden = false;
  taken.addEventListener("take", (event) => Object.assign(/** @type {CustomEvent} */ (event).detail, { title }), true);
}

// The page is headed by what was asked for, and its index by what it was headed by.
/** @type {(place: HTMLElement, title: string) => void} */
function headed(place, title) {
  const heading = document.querySelector("main h1");
  if (!heading) return;
  place.after(node("h2", {}, heading.textContent ?? ""), ...document.querySelectorAll("main > .lede"));
  heading.textContent = title;
}

if (input?.form) {
  input.addEventListener("focus", () => find || ready().then(show));
  input.addEventListener("input", () => (find ? show() : ready().then(show)));
  if (document.activeElement === input) input.dispatchEvent(new Event("focus"));
  const place = /** @type {HTMLElement | null} */ (document.querySelector("[data-search]"));
  const asked = new URLSearchParams(location.search).get("q")?.trim().slice(0, LONGEST);
  if (place && asked) answer(place, asked);
}

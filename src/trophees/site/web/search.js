// The box of search in the header: a combobox with a list (ARIA 1.2). The index is loaded at the first focus. The form
// leads to the A to Z index, where all that is found is listed; without this script, or where it fails, the index is.
import { finder } from "./find.js";
/** @import { Finder, Index, Messages, Name, Page } from "./types.js" */

const input = /** @type {HTMLInputElement} */ (document.getElementById("site-search"));
const lang = document.documentElement.lang;
const LONGEST = 200; // characters of what an address asks for
/** @type {Finder | undefined} */
let find;
/** @type {Messages} */
let words;
/** @type {HTMLUListElement} */
let list;
/** @type {HTMLParagraphElement} */
let status;
/** @type {Promise<void> | undefined} */
let loading;
let selected = -1;

/** @type {<K extends keyof HTMLElementTagNameMap>(name: K, attributes: Record<string, string>, text?: string) => HTMLElementTagNameMap[K]} */
const make = (name, attributes, text = "") => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.textContent = text;
  return made;
};

/** @type {() => Promise<void>} */
async function load() {
  const assets = `${input.dataset.root}assets/`;
  document.head.append(make("link", { rel: "stylesheet", href: `${assets}search.css` }));
  /** @type {Index} */
  const index = await new Promise((resolve, reject) => {
    const script = make("script", { src: `${assets}search-${lang}.js` }); // a page of a disk may run its neighbours, not read them
    script.onload = () => resolve(window.tropheesIndex);
    script.onerror = reject;
    document.head.append(script);
  });
  find = finder(index);
  words = index.words;
  list = make("ul", { id: "site-search-list", class: "search-list", role: "listbox", "aria-label": words.list, hidden: "" });
  status = make("p", { class: "visually-hidden", role: "status" });
  const box = { role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false", "aria-haspopup": "listbox" };
  for (const [key, value] of Object.entries(box)) input.setAttribute(key, value);
  input.form?.append(list, status);
}

/** @type {() => Promise<void>} */
const ready = () => (loading ??= load().catch((error) => console.warn("search:", error)));
/** @type {(name: string, count: number) => string} */
const told = (name, count) => words[`${name}.${count === 1 ? "one" : "many"}`].replace("{n}", String(count));
/** @type {(name: Name) => [attributes: Record<string, string>, text: string]} */
const spoken = ({ text, lang }) => (lang ? [{ lang }, text] : [{}, text]);

// a page's kind, and the name or code that it was found by
/** @type {(page: Page) => HTMLElement} */
function about(page) {
  const made = make("span", { class: "search-kind" }, page.kindLabel);
  if (page.kindLabel && page.through.text) made.append(" · ");
  if (page.through.text) made.append(make("span", ...spoken(page.through)));
  return made;
}

function show() {
  if (!find) return;
  const typed = input.value.trim();
  const { count, pages } = typed ? find(typed) : { count: 0, pages: [] };
  selected = -1;
  input.removeAttribute("aria-activedescendant");
  list.replaceChildren(...pages.map((page, number) => {
    const item = make("li", { id: `site-search-${number}`, role: "option", "aria-selected": "false", "data-href": input.dataset.root + page.path });
    const [attributes, label] = spoken(page.label);
    item.append(make("span", { class: "search-label", ...attributes }, label), about(page));
    return item;
  }));
  open(pages.length > 0);
  status.textContent = !typed ? "" : count === 0 ? words.none : told("count", count);
}

// All that the address asks for, above the index. What is said of it is told to screen readers when it is known.
/** @type {(place: Element, asked: string) => Promise<void>} */
async function answer(place, asked) {
  const said = make("p", { role: "status" });
  place.append(said);
  input.value = asked;
  await ready();
  if (!find) return;
  const { count, pages } = find(asked, Infinity);
  const title = words.for.replace("{q}", () => asked);
  const found = make("ol", { class: "search-found" });
  found.append(...pages.map((page) => {
    const item = make("li", {});
    const [attributes, label] = spoken(page.label);
    item.append(make("a", { href: input.dataset.root + page.path, ...attributes }, label), " ", about(page));
    return item;
  }));
  place.prepend(make("h2", {}, title));
  said.textContent = count ? told("all", count) : words.nothing;
  if (count) place.append(found);
  document.title = `${title} – ${document.title}`;
  for (const other of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll(".site-header .language"))) other.search = location.search;
}

/** @type {(is: boolean) => void} */
function open(is) {
  list.hidden = !is;
  input.setAttribute("aria-expanded", String(is));
  if (!is) select(-1);
}

/** @type {(number: number) => void} */
function select(number) {
  list.children[selected]?.setAttribute("aria-selected", "false");
  selected = number;
  const item = list.children[number];
  if (!item) {
    input.removeAttribute("aria-activedescendant");
    return;
  }
  item.setAttribute("aria-selected", "true");
  item.scrollIntoView({ block: "nearest" });
  input.setAttribute("aria-activedescendant", item.id);
}

/** @type {(item: Element) => void} */
const go = (item) => {
  location.href = item.getAttribute("data-href") ?? "";
};

/** @type {(event: KeyboardEvent) => void} */
function press(event) {
  if (!find || event.isComposing) return;
  const count = list.children.length;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    if (!count) return;
    event.preventDefault();
    if (list.hidden) open(true);
    const step = event.key === "ArrowDown" ? 1 : -1;
    select(selected < 0 && step < 0 ? count - 1 : ((selected + 1 + step + count + 1) % (count + 1)) - 1);
  } else if (event.key === "Enter" && !list.hidden && (selected >= 0 || count === 1)) {
    event.preventDefault();
    go(list.children[Math.max(selected, 0)]);
  } else if (event.key === "Escape" && !list.hidden) {
    event.preventDefault();
    open(false);
  }
}

/** @type {(form: HTMLFormElement) => void} */
function listen(form) {
  input.addEventListener("focus", () => loading || ready().then(show));
  input.addEventListener("input", show);
  input.addEventListener("keydown", press);
  input.addEventListener("blur", () => find && open(false));
  form.addEventListener("pointerdown", (event) => {
    const item = event.target instanceof Element && event.target.closest("[role=option]");
    if (!item) return;
    event.preventDefault(); // the box keeps the focus
    if (event.button === 0) go(item);
  });
  if (document.activeElement === input) input.dispatchEvent(new Event("focus"));
  const place = document.querySelector("[data-search]");
  const asked = new URLSearchParams(location.search).get("q")?.trim().slice(0, LONGEST);
  if (place && asked) answer(place, asked);
}

if (input?.form) listen(input.form);

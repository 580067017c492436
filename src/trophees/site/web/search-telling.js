// What the search shows: pages, as options of the list or by their kinds, each with what it is about; and where nothing is
// found, where to go from there.
import { node } from "./elements.js";
import { inAddress, places } from "./places-asked.js";
import { fill } from "./words.js";
/** @import { PlaceAsked } from "./near-types.js" */
/** @import { Index, Name, Page } from "./search-types.js" */

const SHOWN = 8; // of a kind, at first
const LONGEST = 180; // letters of what a page is about
const FIRST = ["laureate", "case"];

/** @type {(name: Name) => [attributes: Record<string, string>, text: string]} */
const spoken = ({ text, lang }) => (lang ? [{ lang }, text] : [{}, text]);
/** @type {(asked: string, index: Index, root: string) => string} */
const near = (asked, { folders }, root) => `${root}${folders.near}?q=${encodeURIComponent(asked)}`;

// A page's kind, if it is not told, and the name or code that it was found by.
/** @type {(page: Page, kind?: string) => HTMLElement} */
function about({ through, kindLabel }, kind = kindLabel) {
  const made = node("span", { class: "search-kind" }, kind);
  if (kind && through.text) made.append(" · ");
  if (through.text) made.append(node("span", ...spoken(through)));
  return made;
}

// The beginning of what is said of a page, up to a word.
/** @type {(text: string) => string} */
function brief(text) {
  if (text.length <= LONGEST) return text;
  const cut = text.slice(0, LONGEST);
  return `${cut.slice(0, cut.lastIndexOf(" "))} …`;
}

/** @type {(page: Page, root: string) => HTMLElement} */
function hit(page, root) {
  const [attributes, label] = spoken(page.label);
  const made = node("li", {}, node("a", { href: root + page.path, ...attributes }, label), " ", about(page, page.kind ? "" : undefined));
  if (page.text) made.append(node("p", {}, brief(page.text)));
  return made;
}

export const found = {
  /** @type {(pages: Page[], root: string) => HTMLElement[]} */
  options: (pages, root) =>
    pages.map((page) => {
      const [attributes, label] = spoken(page.label);
      return node("li", { "data-href": root + page.path }, node("span", { class: "search-label", ...attributes }, label), about(page));
    }),

  // By kind: laureates first, then cases, then the kinds in the order of what is found.
  /** @type {(pages: Page[], index: Index, root: string) => HTMLElement[]} */
  groups(pages, { kinds, words }, root) {
    const names = new Set([...FIRST, ...pages.map(({ kind }) => kind)]);
    return [...names].flatMap((kind) => {
      const those = pages.filter((page) => page.kind === kind);
      if (!those.length) return [];
      const [one, many] = kinds[kind] ?? [words.pages, words.pages];
      const list = node("ol", { class: "search-found" }, ...those.slice(0, SHOWN).map((page) => hit(page, root)));
      const made = node("section", { class: "search-group" }, node("h2", {}, those.length > 1 ? many : one, " ", node("span", { class: "count" }, String(those.length))), list);
      const rest = those.slice(SHOWN).map((page) => hit(page, root));
      if (rest.length) made.append(node("details", {}, node("summary", {}, fill(words.more, { n: rest.length })), node("ol", { class: "search-found" }, ...rest)));
      return [made];
    });
  },
};

export const nowhere = {
  // What was typed may be a commune of which no page tells.
  /** @type {(asked: string, index: Index, root: string) => HTMLElement} */
  option: (asked, index, root) => node("li", { "data-href": near(asked, index, root) }, node("span", { class: "search-label" }, fill(index.words.near, { q: asked })), node("span", { class: "search-kind" }, index.words.near_why)),

  /** @type {(asked: string, index: Index, root: string) => HTMLElement} */
  way: (asked, index, root) => node("p", { class: "search-near" }, `${index.words.commune} `, node("a", { href: near(asked, index, root) }, fill(index.words.near, { q: asked }))),

  // Words that are like it, the communes that it means, and what there is instead.
  /** @type {(place: HTMLElement, asked: string, like: string[], index: Index, root: string) => HTMLElement[]} */
  told(place, asked, like, index, root) {
    const { words, folders } = index;
    const communes = node("div", {}, nowhere.way(asked, index, root));
    const links = (/** @type {[text: string, to: string][]} */ all) => node("ul", { class: "lists" }, ...all.map(([text, to]) => node("li", {}, node("a", { href: to }, text))));
    /** @type {HTMLElement[]} */
    const made = [communes];
    if (like.length) made.push(node("p", {}, words.like), links(like.map((word) => [word, `?q=${encodeURIComponent(word)}`])));
    made.push(node("p", {}, words.instead), links([[words.instead_laureates, root + folders.laureates], [words.instead_words, root + folders.vocabularies], [words.instead_near, root + folders.near]]));
    meant(asked, root + folders.near, `${root}assets/`).then(
      (all) => all.length && communes.replaceChildren(node("p", {}, words.communes), links(all)),
      (error) => console.warn("search:", error),
    );
    place.classList.add("search-nothing");
    return made;
  },
};

// The communes that the text means, with the addresses of what is near them.
/** @type {(asked: string, page: string, assets: string) => Promise<[text: string, to: string][]>} */
async function meant(asked, page, assets) {
  const ask = await places(assets);
  /** @type {PlaceAsked} */
  const { places: all, others } = await ask("find", { text: asked });
  return [...all, ...others].map((place) => [place.county ? `${place.name} (${place.county})` : place.name, `${page}?place=${inAddress(place)}`]);
}

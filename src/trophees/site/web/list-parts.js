// The parts of a list on the page: cards, rows of a table, and what is written in them.
import { node } from "./elements.js";
import { fill } from "./words.js";
/** @import { Axis, Column, ListItem, ReadyList } from "./list-types.js" */
/** @import { Written } from "./types.js" */

/** @type {(written: Written) => (Node | string)} */
export const spoken = (written) => (typeof written === "string" ? written : node("span", { lang: written[1] }, written[0]));

/** @type {(list: ReadyList, name: string) => number} */
const place = ({ data }, name) => data.axes.findIndex((axis) => axis.name === name);

// The values of an item on an axis, once each, with how it has it where that is not as a list takes it if nothing is said.
/** @type {(axis: Axis, codes: number[]) => string[]} */
const values = ({ values: all, qualifier, given }, codes) => [...new Set(codes.map((code) => {
  const [, label] = all[code % all.length];
  const way = qualifier?.[2][Math.floor(code / all.length)];
  return way && given !== "all" && way[0] !== given ? `${label} (${way[1]})` : label;
}))];

/** @type {(list: ReadyList, item: ListItem, name: string) => string[]} */
export function told(list, item, name) {
  const number = place(list, name);
  return number < 0 ? [] : values(list.data.axes[number], item[3][number]);
}

/** @type {(list: ReadyList, item: ListItem, name: string) => string[]} */
export function keys(list, item, name) {
  const number = place(list, name);
  const all = list.data.axes[number]?.values ?? [];
  return number < 0 ? [] : item[3][number].map((code) => all[code % all.length][0]);
}

/** @type {(list: ReadyList, item: ListItem) => number} */
export const starsOf = (list, item) => Math.max(0, ...keys(list, item, "stars").map((key) => Number(key) || 0));

// What distinguishes an item: its stars, and what else it was given.
/** @type {(list: ReadyList, item: ListItem) => Written[]} */
export const awards = (list, item) => [...(starsOf(list, item) ? [list.words.count("stars", starsOf(list, item))] : []), ...(item[5].awards ?? [])];

/** @type {(list: ReadyList, count: number) => HTMLElement} */
const stars = ({ words }, count) => node("span", { class: "stars", role: "img", "aria-label": words.count("stars", count) }, "★".repeat(count) + "☆".repeat(4 - count));

/** @type {(items: Written[]) => (Node | string)[]} */
const line = (items) => items.flatMap((item, number) => (number ? [", ", spoken(item)] : [spoken(item)]));

// `root`: the way from the page to the root of the site; `end`: what a folder's page is called in the reader's language.
/** @type {(list: ReadyList, item: ListItem, root: string, end: string) => HTMLElement} */
export function card(list, item, root, end) {
  const { words } = list;
  const [, folder, name, , , lines] = item;
  const count = starsOf(list, item);
  const made = node("article", { class: "card" });
  if (count) made.append(stars(list, count));
  for (const award of lines.awards ?? []) made.append(node("p", { class: "tag" }, spoken(award)));
  made.append(node("h3", {}, node("a", { href: root + folder + end }, spoken(name))));
  const edition = told(list, item, "edition");
  if (edition.length && list.data.axes[place(list, "edition")].values.length > 1) made.append(node("p", { class: "muted small" }, `${list.data.axes[place(list, "edition")].title} `, ...line(edition)));
  if (lines.carriers) made.append(node("p", { class: "muted small" }, ...line(lines.carriers)));
  const about = node("dl");
  /** @type {[string, Written[]][]} */
  const rows = [[words.places, lines.places ?? []], [words.kinds, told(list, item, "kind")], [words.themes, told(list, item, "theme")], [words.tools, told(list, item, "tool")]];
  for (const [title, found] of rows) if (found.length) about.append(node("dt", {}, title), node("dd", {}, ...line(found)));
  made.append(about);
  return made;
}

/** @type {(list: ReadyList, item: ListItem) => string[]} */
export const amounts = ({ words, data }, item) => (item[7] ?? []).map(([kind, number, more]) => {
  const label = data.axes.find(({ name }) => name === "budget")?.values.find(([key]) => key === kind)?.[1] ?? kind;
  return fill(more ? words.amount_more : words.amount, { n: words.number(number), kind: label });
});

// What stands in a cell: nothing that the source does not say.
/** @type {(list: ReadyList, item: ListItem, column: Column, root: string, end: string) => (Node | string)[]} */
export function cell(list, item, { from, of = "", leads }, root, end) {
  if (from === "name") return [node("a", { href: root + item[1] + end }, spoken(item[2]))];
  if (from === "axis") return line(told(list, item, of));
  if (from === "key") return line(keys(list, item, of));
  if (from === "awards") return line(awards(list, item));
  if (from === "line") return line(item[5][of] ?? []);
  if (from === "amounts") return line(amounts(list, item));
  const number = item[4][list.data.numbers.indexOf(of)];
  if (number === null || number === undefined) return [];
  const said = list.words.number(number);
  return leads && number ? [node("a", { href: root + fill(leads, { key: item[0] }) }, said)] : [said];
}

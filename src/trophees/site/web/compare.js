// Laureates and cases side by side: those that the address names (`?laureates=2020/cachan,2019/gers`), two to four.
import { awards, keys, spoken, told } from "./list-parts.js";
import { plain, ready } from "./list-select.js";
import { node, run } from "./elements.js";
import { fill } from "./words.js";
/** @import { ListItem, ToldRow } from "./list-types.js" */
/** @import { Table } from "./take-table.js" */
/** @import { Written } from "./types.js" */

const MOST = 4;
const place = /** @type {HTMLElement} */ (document.getElementById("compared"));
const { root = "", end = "" } = place.dataset;
const lang = document.documentElement.lang;
const list = ready(window.tropheesList, lang);
const { data, words } = list;

/** @type {Record<string, ToldRow>} */
const details = {};
window.tropheesTold = (found) => Object.assign(details, found);

/** @type {[title: string, cell: (item: ListItem, more: ToldRow) => Written[]][]} */
const rows = [
  [words.row_distinction, (item) => awards(list, item)],
  [words.row_edition, (item) => keys(list, item, "edition")],
  [words.row_carrier, (item) => item[5].carriers ?? []],
  [words.row_kind, (item) => told(list, item, "kind")],
  [words.places, (item) => item[5].places ?? []],
  [words.sort_population, (item) => {
    const number = item[4][data.numbers.indexOf("population")];
    return number === null ? [] : [words.number(number)];
  }],
  [words.row_summary, (_, more) => more.summary],
  [words.themes, (item) => told(list, item, "theme")],
  [words.tools, (item) => told(list, item, "tool")],
  [words.row_audiences, (item) => told(list, item, "audience")],
  [words.row_steps, (_, more) => more.steps],
  [words.row_budget, (_, more) => more.budget],
  [words.row_duration, (_, more) => more.duration],
  [words.row_participants, (_, more) => more.participants],
  [words.row_results, (_, more) => more.results],
  [words.row_silent, (_, more) => more.silent],
];
const ORDERED = new Set([words.row_steps]);
/** @type {Record<string, string>} */
const EMPTY = { [words.row_silent]: words.nothing_silent, [words.row_edition]: words["none.edition"], [words.sort_population]: words["none.size"] };
const PROSE = new Set([words.row_summary]);

/** @type {(title: string, said: Written[], others: Written[][]) => HTMLElement} */
function cell(title, said, others) {
  if (!said.length) return node("td", { class: "muted" }, EMPTY[title] ?? words.unsaid);
  // what this one alone says, where the rest share something
  const rest = others.map((other) => other.map(plain));
  const shared = rest.some((other) => other.some((one) => said.map(plain).includes(one)));
  const texts = said.map((one) => (shared && !rest.some((other) => other.includes(plain(one))) ? node("strong", {}, spoken(one)) : spoken(one)));
  if (PROSE.has(title)) return node("td", {}, spoken(said[0]));
  return texts.length === 1 ? node("td", {}, texts[0]) : node("td", {}, node(ORDERED.has(title) ? "ol" : "ul", {}, ...texts.map((one) => node("li", {}, one))));
}

// What is taken away of it: a column each, a row for each question, the addresses last.
/** @type {(items: ListItem[]) => Table} */
const taken = (items) => ({
  columns: ["", ...items.map((item) => plain(item[2]))].map((name) => ({ name, number: false })),
  rows: [
    ...rows.map(([title, read]) => [title, ...items.map((item) => read(item, details[item[0]]).map(plain).join(" | ") || (EMPTY[title] ?? words.unsaid))]),
    [words.address, ...items.map((item) => new URL(root + item[1] + end, location.href).href)],
  ],
});

/** @type {(items: ListItem[]) => HTMLElement} */
function table(items) {
  const heads = items.map((item) => {
    const rest = items.filter((one) => one !== item).map(([key]) => key);
    const drop = rest.length ? [node("a", { class: "small", href: `?laureates=${rest.join(",")}`, "aria-label": fill(words.remove_of, { name: plain(item[2]) }) }, words.remove)] : [];
    return node("th", { scope: "col" }, node("a", { href: root + item[1] + end }, spoken(item[2])), node("br"), ...drop);
  });
  const body = rows.map(([title, read]) => {
    const cells = items.map((item) => read(item, details[item[0]]));
    const differs = items.length > 1 && cells.some((said) => JSON.stringify(said.map(plain).toSorted()) !== JSON.stringify(cells[0].map(plain).toSorted()));
    const head = node("th", { scope: "row" }, title, ...(differs ? [node("span", { class: "visually-hidden" }, ` (${words.differs})`)] : []));
    return node("tr", { class: differs ? "differs" : null }, head, ...cells.map((said, number) => cell(title, said, cells.filter((_, other) => other !== number))));
  });
  return node("div", { class: "table-wrap", tabindex: "0", role: "region", "aria-label": words.compared },
    node("table", { class: "compared" }, node("thead", {}, node("tr", {}, node("td"), ...heads)), node("tbody", {}, ...body)));
}

const asked = [...new Set((new URLSearchParams(location.search).get("laureates") ?? "").split(",").filter(Boolean))];
const known = new Map(data.items.map((item) => [item[0], item]));
const found = asked.map((key) => known.get(key)).filter((item) => item !== undefined).slice(0, MOST);
const lost = asked.filter((key) => !known.has(key));
const notes = [
  ...lost.map((key) => fill(words.compare_lost, { key })),
  ...(asked.length - lost.length > MOST ? [fill(words.compare_many, { n: MOST })] : []),
];
for (const note of notes) place.append(node("p", { class: "notice", role: "status" }, note));
const groups = new Set(found.map(([key]) => key.split("/").slice(0, -1).join("-")));
Promise.all([...groups].map((group) => run(`${root}assets/lists/told-${group}-${lang}.js`))).then(
  () => {
    if (found.length) {
      place.append(node("p", { class: "muted" }, words.differs_said), table(found), node("p", { class: "list-printed" }, location.href));
      document.querySelector(".take")?.addEventListener("take", (event) => {
        Object.assign(/** @type {CustomEvent} */ (event).detail, { table: taken(found), title: document.title, address: location.href });
      });
      document.title = `${found.map(([, , name]) => plain(name)).join(" – ")} – ${document.title}`;
    } else place.append(node("p", {}, words.compare_none_yet));
  },
  () => place.append(node("p", { class: "notice" }, words.compare_failed)),
);

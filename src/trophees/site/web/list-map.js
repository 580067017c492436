// A selection on the map of France: départements by how many of its items lie there, points for their communes.
import { node, run, svg } from "./elements.js";
import { once } from "./once.js";
/** @import { ListItem, ReadyList } from "./list-types.js" */

const STEPS = 3;

/** @type {(root: string) => Promise<void>} */
const load = once(async (root) => {
  await run(`${root}assets/lists/france.js`);
  document.head.append(node("link", { rel: "stylesheet", href: `${root}assets/pictures.css` }));
});

// `address`: that of the selection of one département. What lies nowhere is said below.
/** @type {(list: ReadyList, items: ListItem[], root: string, address: (departement: string) => string) => Promise<HTMLElement>} */
export async function map({ data, words }, items, root, address) {
  await load(root);
  const { size, departements } = window.tropheesFrance;
  const axis = data.axes.find(({ name }) => name === "departement");
  const names = new Map(axis?.values.map(([key, label]) => [key, label]));
  /** @type {Map<string, number>} */
  const figures = new Map();
  for (const item of items) for (const code of item[8] ?? []) figures.set(code, (figures.get(code) ?? 0) + 1);
  const most = Math.max(1, ...figures.values());
  const drawing = svg("svg", { viewBox: `0 0 ${size.join(" ")}`, role: "group", "aria-label": words.map });
  const empty = svg("g", { class: "areas step-0", "aria-hidden": "true" });
  drawing.append(empty);
  for (const [code, paths] of Object.entries(departements)) {
    const count = figures.get(code) ?? 0;
    if (!count) {
      empty.append(...paths.map((d) => svg("path", { d })));
      continue;
    }
    // what an inset draws again belongs to the same link
    const label = words.count("area", count, { name: names.get(code) ?? code });
    const look = `area step-${Math.ceil((STEPS * count) / most)}`;
    drawing.append(svg("a", { href: address(code), "aria-label": label }, svg("title", {}, label), ...paths.map((d) => svg("path", { d, class: look }))));
  }
  for (const item of items) for (const [cx, cy] of item[9] ?? []) drawing.append(svg("circle", { cx, cy, r: 10, class: "spot", "aria-hidden": "true" }));
  const untied = items.filter((item) => !item[8]?.length).length;
  const said = [words.map_said, ...(untied ? [words.count("untied", untied)] : [])].join(" ");
  const rows = [...figures].toSorted(([one, a], [other, b]) => b - a || one.localeCompare(other))
    .map(([code, count]) => node("li", {}, node("a", { href: address(code) }, names.get(code) ?? code), " ", node("span", { class: "count" }, words.number(count))));
  return node("figure", { class: "map list-map" }, drawing, node("figcaption", {}, said), node("ul", { class: "columns" }, ...rows));
}

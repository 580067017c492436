// A result as bars or on the map of France, where it has what they need.
import { onDrawing } from "./places.js";
import { isNumber, node } from "./results.js";
import { fill } from "./words.js";
import { written } from "./written.js";
/** @import { Drawing, Located, Reader, Row, Rows, Term, Words } from "./types.js" */

const SVG = "http://www.w3.org/2000/svg";
/**
 * @template {keyof SVGElementTagNameMap} K
 * @param {K} name
 * @param {Record<string, string | number>} attributes
 * @param {(Node | string)[]} children
 */
const svg = (name, attributes = {}, ...children) => {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  made.append(...children);
  return made;
};

const MAX_BARS = 120;

// The columns of bars: one of labels, one of numbers, and no other number. Null if a bar chart would not say it.
/** @type {(result: Rows) => { label: string, number: string } | null} */
export function barColumns({ head, results }) {
  const rows = results.bindings;
  if (rows.length < 2 || rows.length > MAX_BARS) return null;
  /** @type {(name: string) => "number" | "label" | "other"} */
  const kind = (name) => {
    const terms = rows.map((row) => row[name]);
    return terms.every((term) => term && isNumber(term) && +term.value >= 0) ? "number" : terms.every(Boolean) ? "label" : "other";
  };
  const kinds = head.vars.map((name) => [name, kind(name)]);
  const numbers = kinds.filter(([, found]) => found === "number").map(([name]) => name);
  // of two columns that name the same thing, such as a code and a label, the one people read
  const labels = kinds.filter(([, found]) => found === "label").map(([name]) => name)
    .filter((name) => new Set(rows.map((row) => row[name]?.value)).size === rows.length)
    .sort((one, other) => width(rows, other) - width(rows, one));
  return numbers.length === 1 && labels.length ? { label: labels.find((name) => /label|name|title/i.test(name)) ?? labels[0], number: numbers[0] } : null;
}

/** @type {(rows: Row[], name: string) => number} */
const width = (rows, name) => rows.reduce((sum, { [name]: term }) => sum + (term?.type === "literal" ? term.value.length : 0), 0);

/** @type {(term: Term) => string} */
const plain = (term) => (term.type === "triple" ? written(term) : term.value);

/** @type {(result: Rows, columns: { label: string, number: string }, names: Reader, words: Words) => HTMLElement} */
export function bars({ results }, { label, number }, names, words) {
  const rows = results.bindings.flatMap(({ [label]: term, [number]: figure }) => (term && figure ? [{ term, name: plain(term), value: Number(figure.value) }] : []));
  const most = Math.max(...rows.map(({ value }) => value)) || 1;
  const list = node("ul", { class: "pg-bars" });
  for (const { term, name, value } of rows) {
    const found = names.find(label, term);
    const text = found ? node("a", { href: found.href }, found.label && term.type === "uri" ? found.label : name) : name;
    const bar = svg("svg", { viewBox: "0 0 100 10", preserveAspectRatio: "none", "aria-hidden": "true", class: "pg-bar" },
      svg("rect", { width: (100 * value) / most, height: 10 }));
    list.append(node("li", {}, node("span", { class: "pg-bar-name" }, text), bar, node("span", { class: "pg-bar-value" }, words.number(value))));
  }
  return node("figure", { class: "pg-figure" }, node("figcaption", {}, fill(words.chartCaption, { number, label })), list);
}

// `found`: what `places` gives; `geometry`: the drawing of the site.
/** @type {(located: Located, geometry: Drawing, names: Reader, words: Words) => HTMLElement} */
export function map({ column, number, areas, dots, skipped }, geometry, names, words) {
  const most = Math.max(0, ...areas.values());
  /** @type {(value: number | undefined) => number | "below"} */
  const level = (value) => (!value ? 0 : value < 0 ? "below" : Math.max(1, Math.ceil((4 * value) / most)));
  const drawing = svg("svg", { viewBox: `0 0 ${geometry.size.join(" ")}`, class: "pg-map", role: "img", "aria-label": words.mapText });
  // the départements around Paris are drawn twice: what lies beside them is not in their drawing
  const insets = Object.values(geometry.departements).flatMap(({ inset }) => (inset ? [new Path2D(inset.path)] : []));
  const pen = document.createElement("canvas").getContext("2d");
  const [left, top, width, height] = geometry.frames["petite-couronne"].box;
  /** @type {(x: number, y: number) => boolean} */
  const inInset = (x, y) => x >= left && x <= left + width && y >= top && y <= top + height;
  for (const [code, { path, inset }] of Object.entries(geometry.departements)) {
    const value = areas.get(code);
    const name = `${names.label(`${names.base}territory/departement/${code}`) ?? ""} (${code})`;
    for (const d of inset ? [path, inset.path] : [path]) {
      const shape = svg("path", { d, class: `pg-shape pg-level-${level(value)}` });
      shape.append(svg("title", {}, value === undefined ? name : fill(words.mapFigure, { name, n: words.number(value) })));
      drawing.append(shape);
    }
  }
  let outside = 0;
  for (const { at, row } of dots) {
    const drawn = onDrawing(at, geometry).filter(([x, y]) => !inInset(x, y) || insets.some((shape) => pen?.isPointInPath(shape, x, y)));
    outside += drawn.length ? 0 : 1;
    for (const [cx, cy] of drawn) {
      const dot = svg("circle", { cx, cy, r: 14, class: "pg-dot" });
      dot.append(svg("title", {}, Object.values(row).map((term) => term && plain(term)).join(" · ")));
      drawing.append(dot);
    }
  }
  const said = [];
  if (areas.size) said.push(fill(number ? words.chartCaption : words.mapRows, { number, label: column }));
  if (dots.length) said.push(words.mapDots);
  if (outside) said.push(fill(words.mapOutside, { n: words.number(outside) }));
  if (skipped) said.push(fill(words.mapLeft, { n: words.number(skipped) }));
  const key = areas.size ? [legend(most, [...areas.values()], words)] : [];
  return node("figure", { class: "pg-figure" }, node("figcaption", {}, said.length > 1 ? said.map((text) => text.replace(/\.?$/, ".")).join(" ") : said[0]), ...key, drawing);
}

/** @type {(most: number, values: number[], words: Words) => HTMLElement} */
function legend(most, values, words) {
  const whole = values.every(Number.isInteger);
  const list = node("ul", { class: "pg-legend" });
  /** @type {(step: number | "below", text: string) => void} */
  const swatch = (step, text) => list.append(node("li", {}, svg("svg", { viewBox: "0 0 1 1", "aria-hidden": "true" }, svg("rect", { width: 1, height: 1, class: `pg-level-${step}` })), text));
  if (values.some((value) => value < 0)) swatch("below", words.below);
  swatch(0, "0");
  for (const step of most > 0 ? [1, 2, 3, 4] : []) {
    const low = whole ? Math.floor((most * (step - 1)) / 4) + 1 : (most * (step - 1)) / 4;
    const high = whole ? Math.floor((most * step) / 4) : (most * step) / 4;
    if (low <= high) swatch(step, low === high ? words.number(low) : `${words.number(low)} – ${words.number(high)}`);
  }
  return list;
}

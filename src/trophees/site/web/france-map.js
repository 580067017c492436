// An answer on the map of France: a figure for each département, a point for each row that has a place; names and values
// are told under the pointer and by the arrow keys, and written where the reader asks for it.
import { told } from "./marks.js";
import { onDrawing } from "./places.js";
import { node, svg } from "./elements.js";
import { fill, within } from "./words.js";
import { written } from "./written.js";
/** @import { Drawing, Located, ViewState } from "./answer-types.js" */
/** @import { Reader, Term, Words } from "./types.js" */

const MOST_NAMES = 40; // with more areas, their values alone are written

/** @type {(term: Term) => string} */
const plain = (term) => (term.type === "triple" ? written(term) : term.value);

// `located`: what `places` gives; `geometry`: the drawing of the site; `text`: a row in words.
/** @type {(located: Located, geometry: Drawing, told: { names: Reader, words: Words, state: ViewState, changed: () => void, heading: (name: string) => string, text: (row: Located["dots"][number]["row"]) => string }) => HTMLElement[]} */
export function map({ column, number, areas, dots, skipped }, geometry, { names, words, state, changed, heading, text }) {
  const most = Math.max(0, ...areas.values());
  /** @type {(value: number | undefined) => number | "below"} */
  const level = (value) => (!value ? 0 : value < 0 ? "below" : Math.max(1, Math.ceil((4 * value) / most)));
  const drawing = svg("svg", { viewBox: `0 0 ${geometry.size.join(" ")}`, class: "pg-map", role: "group", "aria-label": words.mapText });
  // the départements around Paris are drawn twice: what lies beside them is not in their drawing
  const insets = Object.values(geometry.departements).flatMap(({ inset }) => (inset ? [new Path2D(inset.path)] : []));
  const pen = document.createElement("canvas").getContext("2d");
  const [left, top, width, height] = geometry.frames["petite-couronne"].box;
  /** @type {(x: number, y: number) => boolean} */
  const inInset = (x, y) => x >= left && x <= left + width && y >= top && y <= top + height;
  /** @type {{ mark: SVGElement, text: string }[]} */
  const marks = [];
  /** @type {{ shape: SVGPathElement, name: string, value: number }[]} */
  const named = [];
  for (const [code, { path, inset }] of Object.entries(geometry.departements)) {
    const value = areas.get(code);
    const name = names.label(`${names.base}territory/departement/${code}`) ?? "";
    const said = value === undefined ? `${name} (${code})` : fill(words.mapFigure, { name: `${name} (${code})`, n: words.number(value) });
    for (const d of inset ? [path, inset.path] : [path]) {
      const shape = svg("path", { d, class: `pg-shape pg-level-${level(value)}` });
      drawing.append(shape);
      if (value === undefined) shape.append(svg("title", {}, said));
      else {
        if (d === path) marks.push({ mark: shape, text: said });
        if (d === (inset?.path ?? path)) named.push({ shape, name, value });
      }
    }
  }
  let outside = 0;
  for (const { at, row } of dots) {
    const drawn = onDrawing(at, geometry).filter(([x, y]) => !inInset(x, y) || insets.some((shape) => pen?.isPointInPath(shape, x, y)));
    outside += drawn.length ? 0 : 1;
    for (const [place, [cx, cy]] of drawn.entries()) {
      const dot = svg("circle", { cx, cy, r: 14, class: "pg-dot" });
      drawing.append(dot);
      if (!place) marks.push({ mark: dot, text: text(row) || Object.values(row).map((term) => term && plain(term)).join(" · ") });
    }
  }
  const said = node("p", { class: "pg-told", role: "status" });
  told(marks, (mark) => {
    said.textContent = mark;
  });
  const caption = [];
  if (areas.size) caption.push(fill(number ? words.chartCaption : words.mapRows, { number: number && heading(number), label: column.split(", ").map((name) => within(heading(name))).join(", ") }));
  if (dots.length) caption.push(words.mapDots);
  if (outside) caption.push(fill(words.mapOutside, { n: words.number(outside) }));
  if (skipped) caption.push(fill(words.mapLeft, { n: words.number(skipped) }));
  const key = areas.size ? [legend(most, [...areas.values()], words)] : [];
  const box = node("input", { type: "checkbox", checked: state.names });
  box.onchange = () => {
    state.names = box.checked;
    changed();
    write();
  };
  // once the shapes are in the page, which tells how large they are
  const write = () => {
    for (const label of drawing.querySelectorAll("text")) label.remove();
    if (!state.names) return;
    const some = named.filter(({ value }) => value);
    for (const { shape, name, value } of some) {
      const around = shape.getBBox();
      const [x, y] = [around.x + around.width / 2, around.y + around.height / 2];
      const label = svg("text", { x, y, class: "pg-map-name", "font-size": geometry.size[0] / 60, "aria-hidden": "true" });
      if (some.length <= MOST_NAMES) label.append(svg("tspan", { x, dy: "-0.2em" }, name), svg("tspan", { x, dy: "1.1em" }, words.number(value)));
      else label.append(words.number(value));
      drawing.append(label);
    }
  };
  requestAnimationFrame(write);
  const figure = node("figure", { class: "pg-figure" }, node("figcaption", {}, caption.length > 1 ? caption.map((text) => text.replace(/\.?$/, ".")).join(" ") : (caption[0] ?? "")), ...key, said, drawing);
  return areas.size ? [node("div", { class: "pg-tools" }, node("label", { class: "pg-check" }, box, ` ${words.mapNames}`)), figure] : [figure];
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

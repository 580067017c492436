// An answer as a chart: bars, points or lines, whose axes and colour the reader chooses.
import { choices, FORMS, HUES, points, ROWS, settings, ticks, tickText, TOPS } from "./axes.js";
import { dated } from "./columns.js";
import { told } from "./marks.js";
import { node, svg } from "./elements.js";
import { fill, within } from "./words.js";
/** @import { ChartPoint, ChartSettings, ShownColumn, ViewState } from "./answer-types.js" */
/** @import { Words } from "./types.js" */

const [WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [720, 430, 72, 16, 34, 56];

// `changed` is told when the reader changes what is shown, once `state` says so.
/** @type {(columns: ShownColumn[], told: { state: ViewState, words: Words, lang: string, changed: () => void }) => HTMLElement[]} */
export function chart(columns, { state, words, lang, changed }) {
  const place = node("div");
  const draw = () => {
    const chosen = settings(columns, state);
    place.replaceChildren(...(chosen ? [drawn(columns, chosen, state, words, lang)] : []));
  };
  const chosen = settings(columns, state);
  if (!chosen) return [];
  const offered = choices(columns);
  /** @type {(name: string) => string} */
  const called = (name) => (name === ROWS ? words.rowCount : columns.find((column) => column.name === name)?.heading ?? name);
  /** @type {(key: "x" | "y" | "colour" | "form" | "top", label: string, options: [value: string, text: string][]) => HTMLElement} */
  const choice = (key, label, options) => {
    const select = node("select", { "data-axis": key }, ...options.map(([value, text]) => node("option", { value, selected: value === String(chosen[key]) }, text)));
    select.onchange = () => {
      state[key] = select.value;
      changed();
      draw();
    };
    return node("label", {}, label, select);
  };
  draw();
  return [
    node("div", { class: "pg-tools pg-axes" },
      choice("form", words.axis_form, FORMS.map((form) => [form, words[`form_${form}`]])),
      choice("x", words.axis_x, offered.x.map(({ name }) => [name, called(name)])),
      choice("y", words.axis_y, offered.y.map((name) => [name, called(name)])),
      ...(offered.colour.length ? [choice("colour", words.axis_colour, [["", words.noColour], ...offered.colour.map(({ name }) => /** @type {[string, string]} */ ([name, called(name)]))])] : []),
      choice("top", words.axis_top, TOPS.map((top) => [String(top), top ? fill(words.top, { n: top }) : words.topAll]))),
    place,
  ];
}

/** @type {(columns: ShownColumn[], chosen: ChartSettings, state: ViewState, words: Words, lang: string) => HTMLElement} */
function drawn(columns, chosen, state, words, lang) {
  const found = points(columns, chosen, state, lang);
  const x = columns.find(({ name }) => name === chosen.x);
  const y = columns.find(({ name }) => name === chosen.y);
  const named = [...new Set(found.points.map(({ group }) => group))].filter(Boolean).sort();
  const groups = named.length && found.points.some(({ group }) => !group) ? [...named, ""] : named;
  const caption = [fill(words.chartCaption, { number: y?.heading ?? words.rowCount, label: within(x?.heading ?? "") })];
  if (found.left) caption.push(fill(words.chartTop, { n: words.number(found.points.length), all: words.number(found.points.length + found.left) }));
  if (found.blank) caption.push(fill(words.chartLeft, { n: words.number(found.blank) }));
  const legend = groups.length ? [node("ul", { class: "pg-legend" }, ...groups.map((group, at) => node("li", {}, svg("svg", { viewBox: "0 0 1 1", "aria-hidden": "true" }, svg("rect", { width: 1, height: 1, class: hue(at) })), group || "–")))] : [];
  /** @type {(point: ChartPoint) => string} */
  const colour = ({ group }) => hue(Math.max(0, groups.indexOf(group)));
  const said = node("p", { class: "pg-told", role: "status" });
  const picture = chosen.form === "bars" ? bars(found.points, colour, words) : x ? plot(found.points, { x, form: chosen.form, colour, words, lang, said, y: y?.heading ?? words.rowCount }) : node("p");
  return node("figure", { class: "pg-figure" }, node("figcaption", {}, caption.map((text) => text.replace(/\.?$/, ".")).join(" ")), ...legend, picture, ...(chosen.form === "bars" ? [] : [said]));
}

/** @type {(at: number) => string} */
const hue = (at) => `pg-hue-${at % HUES}`;

/** @type {(points: ChartPoint[], colour: (point: ChartPoint) => string, words: Words) => HTMLElement} */
function bars(points, colour, words) {
  const most = Math.max(...points.map(({ value }) => Math.abs(value))) || 1;
  return node("ul", { class: "pg-bars" }, ...points.map((point) => {
    const { label, value, text } = point;
    const name = label.href ? node("a", { href: label.href }, label.text) : label.text;
    const bar = svg("svg", { viewBox: "0 0 100 10", preserveAspectRatio: "none", "aria-hidden": "true", class: "pg-bar" }, svg("rect", { width: (100 * Math.abs(value)) / most, height: 10, class: value < 0 ? "pg-below" : colour(point) }));
    return node("li", {}, node("span", { class: "pg-bar-name", lang: label.lang || null }, name), bar, node("span", { class: "pg-bar-value" }, text || words.number(value)));
  }));
}

/** @type {(points: ChartPoint[], how: { x: ShownColumn, form: string, colour: (point: ChartPoint) => string, words: Words, lang: string, said: HTMLElement, y: string }) => SVGElement} */
function plot(points, { x, form, colour, words, lang, said, y }) {
  const format = tickText(lang);
  const along = scale(x, points, format);
  const values = points.map(({ value }) => value);
  const [low, high] = [Math.min(0, ...values), Math.max(...values, 0) || 1];
  /** @type {(value: number) => number} */
  const up = (value) => HEIGHT - BOTTOM - ((value - low) / (high - low)) * (HEIGHT - TOP - BOTTOM);
  const drawing = svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "pg-plot", role: "group", "aria-label": words.plotText });
  for (const tick of ticks(low, high)) {
    drawing.append(svg("line", { x1: LEFT, x2: WIDTH - RIGHT, y1: up(tick), y2: up(tick), class: "pg-grid" }),
      svg("text", { x: LEFT - 8, y: up(tick) + 5, "text-anchor": "end" }, format(tick)));
  }
  for (const { at, text } of along.ticks) drawing.append(svg("text", { x: at, y: HEIGHT - BOTTOM + 22, "text-anchor": "middle" }, text));
  drawing.append(svg("text", { x: WIDTH - RIGHT, y: HEIGHT - 6, "text-anchor": "end", class: "pg-axis" }, x.heading), svg("text", { x: 4, y: 12, class: "pg-axis" }, y));
  if (form === "lines") {
    for (const group of new Set(points.map((point) => point.group))) {
      const line = points.filter((point) => point.group === group);
      drawing.append(svg("polyline", { points: line.map((point) => `${along.of(point)},${up(point.value)}`).join(" "), class: `pg-line ${colour(line[0])}` }));
    }
  }
  const marks = points.map((point) => ({
    mark: svg("circle", { cx: along.of(point), cy: up(point.value), r: 6, class: `pg-mark ${colour(point)}` }),
    text: `${[point.label.text, point.group].filter(Boolean).join(" · ")}${words.colon}${point.text || words.number(point.value)}`,
  }));
  told(marks, (text) => {
    said.textContent = text;
  });
  drawing.append(...marks.map(({ mark }) => mark));
  return drawing;
}

// Where the points stand along, and the texts below them.
/** @type {(x: ShownColumn, points: ChartPoint[], format: (tick: number) => string) => { of: (point: ChartPoint) => number, ticks: { at: number, text: string }[] }} */
function scale(x, points, format) {
  const room = WIDTH - LEFT - RIGHT;
  if (x.numeric || dated(x)) {
    const places = points.map(({ at }) => at);
    const [low, high] = [Math.min(...places), Math.max(...places)];
    const width = high - low || 1;
    /** @type {(at: number) => number} */
    const to = (at) => LEFT + 12 + ((at - low) / width) * (room - 24);
    const round = ticks(low, high, Math.min(6, dated(x) ? Math.max(1, high - low) : 6)).filter((tick) => x.numeric || Number.isInteger(tick));
    return { of: ({ at }) => to(at), ticks: round.map((tick) => ({ at: to(tick), text: x.numeric ? format(tick) : String(tick) })) };
  }
  const labels = [...new Set(points.map(({ label }) => label.text))];
  /** @type {(text: string) => number} */
  const to = (text) => LEFT + ((labels.indexOf(text) + 0.5) / labels.length) * room;
  const every = Math.ceil(labels.length / 8);
  return { of: ({ label }) => to(label.text), ticks: labels.filter((_, at) => at % every === 0).map((text) => ({ at: to(text), text: text.length > 14 ? `${text.slice(0, 13)}…` : text })) };
}

// What a chart of an answer may show: which columns go along, which up, which into colour; and its points. Pure functions.
import { dated, ordered } from "./columns.js";
/** @import { Table } from "./take-table.js" */
/** @import { ChartPoint, ChartSettings, ShownColumn, ViewState } from "./answer-types.js" */

export const ROWS = "*"; // how many rows there are, in place of a column of numbers
export const FORMS = ["bars", "points", "lines"];
export const TOPS = [10, 20, 50, 120, 0]; // 0: all
export const HUES = 8;
const MOST = 2000; // marks of a chart

/** @type {(column: ShownColumn) => boolean} */
const filled = ({ terms }) => terms.some(Boolean);

/** @type {(columns: ShownColumn[], name: string) => ShownColumn | undefined} */
const called = (columns, name) => columns.find((column) => column.name === name);

// What may be chosen: the columns that go along, those that go up, and those that colour.
/** @type {(columns: ShownColumn[]) => { x: ShownColumn[], y: string[], colour: ShownColumn[] }} */
export function choices(columns) {
  const some = columns.filter(filled);
  const numbers = some.filter(({ numeric }) => numeric).map(({ name }) => name);
  return { x: some, y: [...numbers, ROWS], colour: some.filter((column) => !column.numeric && different(column) <= HUES && different(column) > 1) };
}

/** @type {(column: ShownColumn) => number} */
const different = ({ cells }) => new Set(cells.map(({ text }) => text)).size;

// The settings of `state` where they can be followed, else those that fit the answer: a label that tells the rows apart, and
// the first number. Null if there is nothing to draw.
/** @type {(columns: ShownColumn[], state: Pick<ViewState, "x" | "y" | "colour" | "form" | "top">) => ChartSettings | null} */
export function settings(columns, state) {
  const { x, y, colour } = choices(columns);
  const rows = columns[0]?.cells.length ?? 0;
  if (rows < 2 || !x.length) return null;
  const up = y.includes(state.y) ? state.y : y[0];
  const along = x.find(({ name }) => name === state.x) ?? usual(x.filter(({ name }) => name !== up), rows);
  if (!along) return null;
  const timed = dated(along) || along.numeric;
  const form = FORMS.includes(state.form) ? state.form : timed && up !== ROWS ? (different(along) === rows ? "lines" : "points") : "bars";
  const top = TOPS.includes(Number(state.top)) && state.top !== "" ? Number(state.top) : 20;
  return { x: along.name, y: up, colour: called(colour, state.colour)?.name ?? "", form, top };
}

// Of two columns that name the same thing, such as a code and a label, the one people read.
/** @type {(columns: ShownColumn[], rows: number) => ShownColumn | undefined} */
function usual(columns, rows) {
  const labels = columns.filter(({ numeric }) => !numeric);
  const whole = labels.filter((column) => different(column) === rows);
  const read = (/** @type {ShownColumn[]} */ some) => some.find(({ name }) => /label|name|title/i.test(name));
  return read(whole) ?? whole[0] ?? read(labels) ?? labels.find((column) => !dated(column)) ?? labels[0] ?? columns[0];
}

// What is drawn: for bars, the greatest first unless the table is sorted or runs in time; `left` is how many are not drawn.
/** @type {(columns: ShownColumn[], chosen: ChartSettings, state: Pick<ViewState, "filter" | "sort">, lang: string) => { points: ChartPoint[], left: number, blank: number }} */
export function points(columns, chosen, state, lang) {
  const [x, colour, y] = [called(columns, chosen.x), called(columns, chosen.colour), called(columns, chosen.y)];
  if (!x) return { points: [], left: 0, blank: 0 };
  /** @type {Map<string, ChartPoint>} */
  const counted = new Map();
  /** @type {ChartPoint[]} */
  const found = [];
  let blank = 0;
  for (const row of ordered(columns, state, lang)) {
    const term = y?.terms[row];
    const value = y ? (term?.type === "literal" ? Number(term.value) : Number.NaN) : 1;
    const label = x.cells[row];
    if (!Number.isFinite(value) || !label.text) {
      blank += 1;
      continue;
    }
    const group = colour?.cells[row].text ?? "";
    const key = y ? String(row) : `${label.text}\0${group}`;
    const before = counted.get(key);
    if (before) {
      before.value += 1;
      continue;
    }
    const point = { label, group, value, at: place(x, row, found.length), text: y ? y.cells[row].text : "" };
    counted.set(key, point);
    found.push(point);
  }
  const timed = dated(x) || x.numeric;
  const sorted = chosen.form !== "bars" || timed
    ? found.sort((one, other) => one.at - other.at || 0)
    : state.sort ? found : found.sort((one, other) => other.value - one.value);
  const most = chosen.form === "bars" ? chosen.top || MOST : MOST;
  return { points: sorted.slice(0, most), left: Math.max(0, sorted.length - most), blank };
}

// What a chart shows, as a table: its points in their order, by what goes along, into colour and up; `rows`: what a number of
// rows is called.
/** @type {(columns: ShownColumn[], chosen: ChartSettings, state: Pick<ViewState, "filter" | "sort">, told: { lang: string, rows: string }) => Table} */
export function charted(columns, chosen, state, { lang, rows }) {
  const [x, colour] = [called(columns, chosen.x), called(columns, chosen.colour)];
  const heads = [
    { name: x?.heading ?? "", number: Boolean(x?.numeric) },
    ...(colour ? [{ name: colour.heading, number: false }] : []),
    { name: called(columns, chosen.y)?.heading ?? rows, number: true },
  ];
  const found = points(columns, chosen, state, lang).points;
  return { columns: heads, rows: found.map(({ label, group, value, at }) => [x?.numeric ? at : label.text, ...(colour ? [group] : []), value]) };
}

// Where a value stands along: a number, a date in years, or else nowhere but in its `order`.
/** @type {(column: ShownColumn, row: number, order: number) => number} */
function place(column, row, order) {
  const text = String(column.terms[row]?.value ?? "");
  if (column.numeric) return Number(text);
  if (!dated(column)) return order;
  const [year = 0, month = 1, day = 1] = text.split("-").map(Number);
  return year + ((month > 12 ? (month - 21) * 3 + 3 : month) - 1) / 12 + (day - 1) / 366;
}

// Round values from the least to the greatest, few enough to be read.
/** @type {(low: number, high: number, wanted?: number) => number[]} */
export function ticks(low, high, wanted = 5) {
  if (!(high > low)) return [low];
  const rough = (high - low) / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, at) => Number(((first + at) * step).toPrecision(12)));
}

// How the numbers of ticks are written in a language, whatever their size.
/** @type {(lang: string) => (tick: number) => string} */
export const tickText = (lang) => new Intl.NumberFormat(lang, { maximumSignificantDigits: 12 }).format;

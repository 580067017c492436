// The columns of an answer as they are shown, and which of its rows, in which order. Pure functions.
import { fold } from "./folding.js";
import { isNumber } from "./results.js";
import { written } from "./written.js";
/** @import { Table } from "./take-table.js" */
/** @import { Cells, Shown, ShownColumn, ViewState } from "./answer-types.js" */
/** @import { Reader, Rows, Term } from "./types.js" */

// `titles`: what columns are called, where neither by the cells nor as their variable. `raw`: everything as the answer has it.
/** @type {(result: Rows, told: { cells: Cells, reader: Reader, raw: boolean, titles?: Record<string, string> }) => ShownColumn[]} */
export function shownColumns({ head, results }, { cells, reader, raw, titles = {} }) {
  return head.vars.map((name) => {
    const terms = results.bindings.map((row) => row[name]);
    const filled = terms.filter((term) => term !== undefined);
    const show = raw ? (/** @type {Term | undefined} */ term) => bare(name, term, reader) : cells.column(name, terms);
    return { name, heading: (!raw && (titles[name] ?? cells.heading(name))) || name, numeric: filled.length > 0 && filled.every(isNumber), terms, cells: terms.map(show) };
  });
}

// A term as the answer has it, but for the namespaces of IRIs that have a prefix.
/** @type {(name: string, term: Term | undefined, reader: Reader) => Shown} */
function bare(name, term, reader) {
  if (!term) return { text: "" };
  if (term.type === "triple") return { text: written(term) };
  const text = term.type === "uri" ? reader.compact(term.value) : term.type === "bnode" ? `_:${term.value}` : term.value;
  const found = reader.find(name, term);
  return { text, href: found?.href ?? "", lang: term["xml:lang"] ?? "", code: found?.label };
}

// The columns that are shown: without those that are hidden, and without `label` where it says what another one says, unless
// the reader has chosen.
/** @type {(columns: ShownColumn[], hidden: string[] | null) => ShownColumn[]} */
export function visible(columns, hidden) {
  const left = columns.filter(({ name }) => !(hidden ?? said(columns)).includes(name));
  return left.length ? left : columns;
}

/** @type {(columns: ShownColumn[]) => string[]} */
function said(columns) {
  const label = columns.find(({ name }) => name === "label");
  const twice = label && columns.some((other) => other !== label && other.cells.length > 0 && other.cells.every(({ text }, row) => text === label.cells[row].text));
  return twice ? ["label"] : [];
}

// Which rows are shown, in their order: those in which each word of the filter is, sorted by a column (`-` before its name:
// from the greatest), where those without a value come last; rows that are equal stay in their order.
/** @type {(columns: ShownColumn[], state: Pick<ViewState, "filter" | "sort">, lang: string) => number[]} */
export function ordered(columns, { filter, sort }, lang) {
  const wanted = fold(filter).split(/\s+/).filter(Boolean);
  const every = [...(columns[0]?.cells ?? []).keys()];
  const rows = wanted.length ? every.filter((row) => {
    const text = fold(columns.map(({ cells }) => cells[row].text).join("\n"));
    return wanted.every((word) => text.includes(word));
  }) : every;
  const down = sort.startsWith("-");
  const column = columns.find(({ name }) => name === sort.slice(down ? 1 : 0));
  if (!column) return rows;
  const collator = new Intl.Collator(lang, { numeric: true });
  /** @type {(one: number, other: number) => number} */
  const compare = column.numeric
    ? (one, other) => number(column.terms[one]) - number(column.terms[other])
    : dated(column) ? (one, other) => Number(value(column, one) > value(column, other)) - Number(value(column, one) < value(column, other))
      : (one, other) => collator.compare(column.cells[one].text, column.cells[other].text);
  const filled = rows.filter((row) => column.terms[row]);
  const empty = rows.filter((row) => !column.terms[row]);
  filled.sort((one, other) => (down ? -compare(one, other) : compare(one, other)) || one - other);
  return [...filled, ...empty];
}

/** @type {(term: Term | undefined) => number} */
const number = (term) => (term?.type === "literal" ? Number(term.value) : Number.NaN);

/** @type {(column: ShownColumn, row: number) => string} */
const value = ({ terms }, row) => String(terms[row]?.value ?? "");

// Whether all values of a column are years or days, which their digits put in order.
/** @type {(column: ShownColumn) => boolean} */
export const dated = ({ terms }) => terms.some(Boolean) && terms.every((term) => !term || (term.type === "literal" && /#(?:date|gYear|gYearMonth)$|\/EDTF$/.test(term.datatype ?? "")));

// What is shown, as a table: visible columns, rows in their order, numbers as numbers.
/** @type {(columns: ShownColumn[], state: Pick<ViewState, "filter" | "sort" | "hide">, lang: string, rows?: number[]) => Table} */
export function tabled(columns, state, lang, rows = ordered(columns, state, lang)) {
  const seen = visible(columns, state.hide);
  /** @type {(column: ShownColumn, row: number) => string | number} */
  const cell = ({ cells, terms, numeric }, row) => {
    const value = numeric ? number(terms[row]) : Number.NaN;
    return Number.isFinite(value) ? value : cells[row].text;
  };
  return {
    columns: seen.map(({ heading, numeric }) => ({ name: heading, number: numeric })),
    rows: rows.map((row) => seen.map((column) => cell(column, row))),
  };
}

// The rows that are shown, for files: columns that the reader has hidden are left out.
/** @type {(result: Rows, rows: number[], hidden: string[] | null) => Rows} */
export function taken({ head, results }, rows, hidden) {
  const vars = head.vars.filter((name) => !hidden?.includes(name));
  return { head: { vars }, results: { bindings: rows.map((row) => Object.fromEntries(Object.entries(results.bindings[row]).filter(([name]) => vars.includes(name)))) } };
}

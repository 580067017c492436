// What is shown, as a table; and a table as CSV, as JSON and as the rows of a spreadsheet.
import { listed } from "./take-list.js";
import { tableCsv } from "./written.js";

// Names of its columns, whether all their cells are numbers, and rows of texts and numbers; "" is an empty cell.
/** @typedef {{ columns: { name: string, number: boolean }[], rows: (string | number)[][] }} Table */
/** @typedef {{ title: string, source: string, address: string }} Origin */

// Not for people who look, or no text of the cell itself: its code and its note have columns of their own.
const ASIDE = "svg, [aria-hidden=true], code, .note, button, details, .hash, .take";

/** @type {(element: Element) => string} */
const words = (element) => (element.textContent ?? "").replace(/\s+/g, " ").trim();

// The text of a cell without what stands aside; lines of a list in it are joined by " | ".
/** @type {(cell: Element) => string} */
function own(cell) {
  const copy = /** @type {Element} */ (cell.cloneNode(true));
  for (const element of copy.querySelectorAll(ASIDE)) element.remove();
  for (const end of copy.querySelectorAll("br")) end.replaceWith(" | ");
  return words(copy);
}

// A number as the pages of a language write it; null for what is none, such as a year, or a code of four digits or more.
/** @type {(text: string, lang: string) => number | null} */
export function number(text, lang) {
  const [grouped, separator, point] = lang === "fr" ? [/^[+−-]?\d{1,3}(?:\s\d{3})*(?:,\d+)?$/, /\s/g, ","] : [/^[+−-]?\d{1,3}(?:,\d{3})*(?:\.\d+)?$/, /,/g, "."];
  if (!grouped.test(text) || /^0\d/.test(text)) return null;
  const found = Number(text.replace(separator, "").replace("−", "-").replace(point, "."));
  return Number.isSafeInteger(found) || found % 1 ? found : null;
}

// The part of a cell that a column of its own takes: what `selector` finds first in it.
/** @type {(cell: Element | undefined, selector: string) => string} */
const part = (cell, selector) => {
  const found = cell?.querySelector(selector);
  return found ? words(found) : "";
};

// What `root` shows: its table, without the rows that a filter hides, or else its list. Null if it has neither.
/** @type {(root: Element, lang: string) => Table | null} */
export function shown(root, lang) {
  const table = root.querySelector("table");
  return table ? read(table, lang) : listed(root);
}

/** @type {(table: HTMLTableElement, lang: string) => Table} */
function read(table, lang) {
  const heads = [...(table.tHead?.rows[table.tHead.rows.length - 1]?.cells ?? [])];
  /** @type {{ group: string, cells: HTMLTableCellElement[] }[]} */
  const lines = [];
  let group = "";
  for (const row of [...table.tBodies].flatMap((body) => [...body.rows])) {
    const [first] = row.cells;
    if (row.closest("[hidden]") || !first) continue;
    if (row.cells.length === 1 && first.colSpan > 1) group = own(first);
    else lines.push({ group, cells: [...row.cells] });
  }
  /** @type {Table["columns"]} */
  const columns = [];
  /** @type {(string | number)[][]} */
  const values = [];
  /** @type {(name: string, number: boolean, cells: (string | number)[]) => void} */
  const add = (name, number, cells) => {
    columns.push({ name, number });
    values.push(cells);
  };
  if (lines.some((line) => line.group)) add(table.dataset.group ?? "", false, lines.map((line) => line.group));
  for (const [place, head] of heads.entries()) {
    const name = own(head);
    const texts = lines.map(({ cells }) => (cells[place] ? own(cells[place]) : ""));
    const numbers = texts.map((text) => (text ? number(text, lang) : ""));
    // a column of codes has `data-text`: 75 and 92 are no numbers where 01 is filtered away
    const numeric = !head.matches("[data-text]") && texts.some(Boolean) && !numbers.includes(null);
    add(name, numeric, numeric ? /** @type {(string | number)[]} */ (numbers) : texts);
    for (const selector of ["code", ".note"]) {
      if (lines.some(({ cells }) => part(cells[place], selector))) {
        add(part(head, selector) || `${name} (${columns.length + 1})`, false, lines.map(({ cells }) => part(cells[place], selector)));
      }
    }
  }
  return { columns, rows: lines.map((_, row) => values.map((cells) => cells[row])) };
}

/** @type {(table: Table) => string} */
export const csv = ({ columns, rows }) => tableCsv([columns.map(({ name }) => name), ...rows]);

// An object a row, by the names of the columns, with where they come from. An empty cell is null.
/** @type {(table: Table, origin: Origin) => string} */
export function json({ columns, rows }, origin) {
  const names = columns.map(({ name }, place) => {
    const same = columns.slice(0, place).filter((column) => column.name === name).length;
    return same ? `${name} (${same + 1})` : name;
  });
  const objects = rows.map((row) => Object.fromEntries(names.map((name, place) => [name, row[place] === "" ? null : row[place]])));
  return `${JSON.stringify({ ...origin, rows: objects }, null, 1)}\n`;
}

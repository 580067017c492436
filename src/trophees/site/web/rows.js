// A table as RDF: each row a node, each column a property under `my:`, what is a code a text. By the rules of
// `trophees/reading/rows.py`; a test asks both the same.
import { fold } from "./folding.js";
import { Refusal } from "./refusal.js";
import { stripped } from "./table.js";
/** @import { Noted, Statement, Table } from "./file-types.js" */

const MY = "my:";
const XSD = "http://www.w3.org/2001/XMLSchema#";
const MOST = 1000; // columns
const TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
const LABEL = "http://www.w3.org/2000/01/rdf-schema#label";
const INTEGER = /^-?(?:0|[1-9][0-9]{0,17})$/;
const GROUPED = /^-?[1-9][0-9]{0,2}(?:[ \u00a0\u202f][0-9]{3}){1,5}(?:[.,][0-9]{1,9})?$/;
const DECIMAL = /^-?(?:0|[1-9][0-9]{0,17})[.,][0-9]{1,9}$/;
const THOUSANDS = /^-?[1-9][0-9]{0,2},[0-9]{3}$/;
const GROUPS = /[ \u00a0\u202f]/g;
// words of a header whose column holds codes, which are no numbers
const CODE = /(?:^|[^a-z])(?:insee|cog|code|codes|siren|siret|cp|postal|zip|iris|epci|uai|rna|ean|id|ref|tel|telephone|fax|phone)(?![a-z])/;
const COMMUNE = /insee|cog|(?:^|[^a-z])com(?:mune)?s?(?![a-z])/;
const DEPARTEMENT = /(?:^|[^a-z])dep(?:artement)?s?(?![a-z])/;

// What `table` says, in the graph whose IRI is `file`, that of its file; and what was odd in it.
/** @type {(table: Table, file: string) => { said: Statement[], notes: Noted[] }} */
export function statements({ columns, rows, notes: told }, file) {
  if (columns.length > MOST) throw new Refusal("columns", { n: columns.length, most: MOST });
  const names = properties(columns);
  const notes = [...told];
  /** @type {Statement[]} */
  const said = [];
  for (const [place, label] of columns.entries()) if (label) said.push([names[place], LABEL, { value: label }]);
  for (const { line } of rows) said.push([`${file}#row-${line}`, TYPE, { iri: `${MY}Row` }]);
  for (const [place, header] of columns.entries()) {
    const { values, restored } = column(header, rows.map(({ cells }) => stripped(cells[place] ?? "")));
    for (const [at, value] of values.entries()) if (value) said.push([`${file}#row-${rows[at].line}`, names[place], value]);
    if (restored) notes.push(["zeros", { n: restored, header }]);
  }
  return { said, notes };
}

// The property of each column: its header in small letters, without accents, words joined by `_`.
/** @type {(columns: string[]) => string[]} */
export function properties(columns) {
  /** @type {Set<string>} */
  const found = new Set();
  for (const [place, header] of columns.entries()) {
    const plain = fold(header).replace(/[^a-z0-9]+/g, "_").replace(/^_+|_+$/g, "").slice(0, 80) || `column_${place + 1}`;
    let name = plain;
    for (let number = 2; found.has(name); number += 1) name = `${plain}_${number}`;
    found.add(name);
  }
  return [...found].map((name) => MY + name);
}

/** @typedef {{ value: string, datatype?: string } | null} Value */

// The values of a column, all of one type, and how many codes got a zero back. An empty cell has none.
/** @type {(header: string, cells: string[]) => { values: Value[], restored: number }} */
export function column(header, cells) {
  const filled = cells.filter(Boolean);
  const name = fold(header);
  const width = COMMUNE.test(name) ? 5 : DEPARTEMENT.test(name) ? 2 : 0;
  if (width && filled.length && filled.every((cell) => isCode(cell, width))) {
    const restored = filled.filter((cell) => cell.length === width - 1).length;
    return { values: cells.map((cell) => (cell ? { value: cell.padStart(width, "0") } : null)), restored };
  }
  const [datatype, write] = (!CODE.test(name) && typeOf(filled)) || [undefined, (/** @type {string} */ cell) => cell];
  return { values: cells.map((cell) => (cell ? { value: String(write(cell)), ...(datatype ? { datatype: XSD + datatype } : {}) } : null)), restored: 0 };
}

/** @type {(cell: string, width: number) => boolean} */
const isCode = (cell, width) => (width === 2 ? /^(?:[1-9]|[0-9]{2}|2[AB]|97[1-68])$/ : /^(?:[1-9][0-9]{3}|[0-9]{5}|2[AB][0-9]{3})$/).test(cell);

/** @typedef {(cell: string) => string | null} Write */

// The type that all of the cells are of, with how each is written in it.
/** @type {(filled: string[]) => [datatype: string, write: Write] | undefined} */
function typeOf(filled) {
  /** @type {[string, Write][]} */
  const types = [["integer", integer], ["decimal", decimal], ["date", day]];
  const different = [...new Set(filled)];
  return types.find(([, write]) => different.length && different.every(write));
}

/** @type {Write} */
function integer(cell) {
  if (GROUPED.test(cell) && !/[.,]/.test(cell)) return cell.replace(GROUPS, "");
  return INTEGER.test(cell) && cell !== "-0" ? cell : null;
}

/** @type {Write} */
function decimal(cell) {
  if (THOUSANDS.test(cell)) return null; // 12,500 is one number in France and another elsewhere
  return GROUPED.test(cell) || DECIMAL.test(cell) ? cell.replace(GROUPS, "").replaceAll(",", ".") : integer(cell);
}

/** @type {Write} */
function day(cell) {
  const iso = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(cell);
  const french = /^([0-9]{1,2})\/([0-9]{1,2})\/([0-9]{4})$/.exec(cell);
  const parts = iso ? iso.slice(1) : french ? [french[3], french[2].padStart(2, "0"), french[1].padStart(2, "0")] : null;
  if (!parts) return null;
  const [year, month, date] = parts.map(Number);
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
  return date >= 1 && date <= days ? parts.join("-") : null;
}

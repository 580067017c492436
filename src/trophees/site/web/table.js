// Tables: CSV in whatever delimiter and encoding, and spreadsheets, as a header and rows of text. By the rules of
// `trophees/reading/table.py`; a test asks both the same.
import { objects } from "./json-lines.js";
import { textOf } from "./reading.js";
import { Refusal } from "./refusal.js";
import { sheet } from "./sheet.js";
/** @import { Noted, TableRow, Table } from "./file-types.js" */

const DELIMITERS = [",", ";", "\t", "|"];
const LONGEST = 1 << 24; // characters of a cell
const NONE = "\x1f"; // the delimiter of a list of one column, in which a comma is one
const SAMPLE = 50; // rows that tell the delimiter and the header
export const MOST = 1000000; // cells of a table: less than on the command line, as a page has less memory
const SPACE = String.raw`[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]`; // as Python has it
const AROUND = new RegExp(`^${SPACE}+|${SPACE}+$`, "g");
const BETWEEN = new RegExp(`${SPACE}+`, "g");

/** @type {(text: string) => string} */
export const stripped = (text) => text.replace(AROUND, "");

// The table in `data`. A file called .xlsx that is none is what it is. Nothing is computed.
/** @type {(data: Uint8Array<ArrayBuffer>, extension: string) => Table} */
export function table(data, extension) {
  const begins = (/** @type {number[]} */ ...bytes) => bytes.every((byte, place) => data[place] === byte);
  if (begins(0x50, 0x4b, 3, 4)) {
    /** @type {Noted[]} */
    const notes = [];
    return of(sheet(data, notes), notes);
  }
  if (begins(0xd0, 0xcf, 0x11, 0xe0)) throw new Refusal("oldOffice");
  if (extension.startsWith("xls")) throw new Refusal("noSheet");
  if (extension === "ods") throw new Refusal("noOds");
  if (extension === "jsonl" || extension === "ndjson") return of(objects(textOf(data), stripped));
  return of(lines(textOf(data)));
}

// The table of `rows`, whose header is the first that is as wide as most are; what is above is left out.
/** @type {(rows: Iterable<TableRow>, told?: Noted[]) => Table} */
export function of(rows, told = []) {
  /** @type {TableRow[]} */
  const found = [];
  let cells = 0;
  for (const row of rows) {
    if (!row.cells.some(stripped)) continue;
    cells += row.cells.length;
    if (cells > MOST) throw new Refusal("cells", { n: MOST });
    found.push(row);
  }
  if (!found.length) throw new Refusal("noRow");
  const first = found[0].line ? headerAt(found) : 0; // JSON Lines have none, but names
  const columns = found[first].cells.map((cell) => stripped(cell).replace(BETWEEN, " "));
  while (columns.length && !columns[columns.length - 1]) columns.pop();
  const notes = [...told];
  if (first) notes.push(["header", { line: found[first].line, n: first }]);
  const rest = found.slice(first + 1);
  const wide = rest.filter((row) => row.cells.slice(columns.length).some(Boolean));
  if (wide.length) notes.push(["wide", { line: wide[0].line, n: wide.length }]);
  return { columns, rows: rest.map(({ line, cells: all }) => ({ line, cells: all.slice(0, columns.length) })), notes };
}

// Which of the first rows is the header: titles and sparse rows of one cell count only where most are.
/** @type {(rows: TableRow[]) => number} */
function headerAt(rows) {
  const sample = rows.slice(0, SAMPLE).map(filled);
  const several = sample.filter((width) => width > 1);
  const [usual] = counted(2 * several.length >= sample.length ? several : sample).reduce((best, one) => (one[1] > best[1] || (one[1] === best[1] && one[0] > best[0]) ? one : best));
  return Math.max(sample.findIndex((width) => width >= usual), 0);
}

/** @type {(row: TableRow) => number} */
const filled = ({ cells }) => cells.filter(stripped).length;

// How often each number is there, in the order in which they come.
/** @type {(numbers: number[]) => [number: number, times: number][]} */
function counted(numbers) {
  /** @type {Map<number, number>} */
  const times = new Map();
  for (const number of numbers) times.set(number, (times.get(number) ?? 0) + 1);
  return [...times];
}

// The rows of the CSV `text`, whose delimiter is found.
/** @type {(text: string) => Generator<TableRow>} */
export function* lines(text) {
  if (/^\s*<(?:!doctype html|html)/i.test(text.slice(0, 100))) throw new Refusal("webPage");
  const first = (/^[^\n]*/.exec(text)?.[0] ?? "").replace(AROUND, "").replace(/^"+|"+$/g, "");
  let above = 0;
  let delimiter = "";
  if (/^sep=.$/isu.test(first)) { // as Excel has it
    delimiter = first.slice(4);
    text = text.slice(text.indexOf("\n") + 1 || text.length);
    above = 1;
  }
  delimiter ||= delimiterOf(text);
  for (const { line, cells } of read(text, delimiter, !loose(text, delimiter))) yield { line: line + above, cells };
}

// Whether quotes stand inside of cells where the strict rule (RFC 4180, section 2) has none.
/** @type {(text: string, delimiter: string) => boolean} */
function loose(text, delimiter) {
  try {
    for (const row of read(text, delimiter, true)) if (!row) break;
  } catch (error) {
    return error instanceof Refusal && error.key === "quotes";
  }
  return false;
}

// The delimiter by which most of the first rows have the same number of cells, and more than one. A list in whose
// first line there is none, as most have none, has one column.
/** @type {(text: string) => string} */
function delimiterOf(text) {
  const fits = DELIMITERS.map((delimiter) => {
    const widths = sample(text, delimiter).filter((row) => row.some(Boolean)).map((row) => row.length);
    if (!widths.length) return { delimiter, share: 0, width: 0, first: 0 };
    const [width, rows] = counted(widths).reduce((best, one) => (one[1] > best[1] ? one : best));
    return { delimiter, share: width > 1 ? rows / widths.length : 0, width, first: widths[0] };
  });
  const fittest = fits.reduce((best, one) => (one.share > best.share || (one.share === best.share && one.width > best.width) ? one : best));
  return fittest.share || fits.some((one) => one.first > 1) ? fittest.delimiter : NONE;
}

/** @type {(text: string, delimiter: string) => string[][]} */
function sample(text, delimiter) {
  /** @type {string[][]} */
  const found = [];
  try {
    for (const { cells } of read(text, delimiter, false)) if (found.push(cells) === SAMPLE) break;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
  return found;
}

// The rows of CSV as Python's `csv` reads them: lines end in any way, a quote in quotes is doubled.
/** @type {(text: string, delimiter: string, strict: boolean) => Generator<TableRow>} */
function* read(text, delimiter, strict) {
  let line = 1;
  let at = 0;
  while (at < text.length) {
    const begin = line;
    /** @type {string[]} */
    const cells = [];
    for (let ended = false; !ended; ) {
      let cell = "";
      if (text[at] === '"') {
        at += 1;
        for (;;) {
          const close = text.indexOf('"', at);
          const part = text.slice(at, close < 0 ? undefined : close);
          line += part.match(/\r\n|\r|\n/g)?.length ?? 0;
          cell += part;
          if (cell.length > LONGEST) throw new Refusal("longCell", { line: begin });
          if (close < 0) {
            if (strict) throw new Refusal("openQuote", { line: begin });
            at = text.length;
            break;
          }
          at = close + 1;
          if (text[at] !== '"') break;
          cell += '"';
          at += 1;
        }
        if (strict && at < text.length && !"\r\n".includes(text[at]) && text[at] !== delimiter) throw new Refusal("quotes", { line: begin });
      }
      const start = at;
      while (at < text.length && text[at] !== delimiter && text[at] !== "\r" && text[at] !== "\n") at += 1;
      cell += text.slice(start, at);
      if (cell.length > LONGEST) throw new Refusal("longCell", { line: begin });
      ended = at >= text.length || text[at] !== delimiter;
      if (!ended || cell || cells.length || text[start - 1] === '"') cells.push(cell); // a line of nothing has no cell
      if (!ended) at += 1;
    }
    if (at < text.length) {
      at += text[at] === "\r" && text[at + 1] === "\n" ? 2 : 1;
      line += 1;
    }
    yield { line: begin, cells };
  }
}

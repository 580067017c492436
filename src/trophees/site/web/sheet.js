// The rows of a spreadsheet, as they are shown; what is made to do harm is refused. By the rules of
// `trophees/reading/sheet.py`; a test asks both the same.
import { strFromU8, unzipSync } from "fflate";
import { SaxesParser } from "saxes";
import { openDocument } from "./open-document.js";
import { LARGEST } from "./packed.js";
import { Refusal } from "./refusal.js";
/** @import { Noted, TableRow } from "./file-types.js" */

const PARTS = 5000;
const MOST = 2000000; // cells, with those that are empty
const DAY = 86400000;
// formats of dates and times that have no text of their own (ECMA-376, part 1, section 18.8.30)
const DATES = new Set([14, 15, 16, 17, 18, 19, 20, 21, 22, 45, 47]);

/** @typedef {Record<string, Uint8Array>} Archive */
/** @typedef {{ name: string, attributes: Record<string, string> }} Tag */

// The rows of the first sheet of `data` that holds any, each with its number: of XLSX, or of ODS. What was odd goes to `notes`.
/** @type {(data: Uint8Array<ArrayBuffer>, notes: Noted[]) => TableRow[]} */
export function sheet(data, notes) {
  const { parts, ods } = archive(data);
  if (ods) return openDocument(parts["content.xml"], notes);
  try {
    const { sheets, base } = workbook(parts);
    const strings = shared(parts["xl/sharedStrings.xml"]);
    const formats = styles(parts["xl/styles.xml"]);
    const told = { formulas: 0, errors: 0 };
    /** @type {TableRow[]} */
    let found = [];
    for (const { title, part } of sheets) {
      const rows = rowsOf(parts[part], { strings, formats, base }, told).filter(({ cells }) => cells.some(Boolean));
      if (rows.length && found.length) notes.push(["sheets", { title }]);
      else if (rows.length) found = rows;
    }
    if (told.formulas) notes.push(["formulas", { n: told.formulas }]);
    if (told.errors) notes.push(["errors", { n: told.errors }]);
    const merged = Object.keys(parts).filter((name) => name.startsWith("xl/worksheets/")).reduce((sum, name) => sum + mergedRows(parts[name]), 0);
    if (merged) notes.push(["merged", { n: merged }]);
    return found;
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal("noXlsx");
  }
}

// How many merges of cells span several rows.
/** @type {(part: Uint8Array) => number} */
const mergedRows = (part) => [...strFromU8(part).matchAll(/<mergeCell\b[^>]*\bref=["'][A-Z]+(\d+):[A-Z]+(\d+)["']/g)].filter(([, first, last]) => first !== last).length;

/** @type {(data: Uint8Array<ArrayBuffer>) => { parts: Archive, ods: boolean }} */
function archive(data) {
  let size = 0;
  let count = 0;
  /** @type {Set<string>} */
  const names = new Set();
  /** @type {Archive} */
  let parts;
  try {
    parts = unzipSync(data, {
      filter({ name, originalSize }) {
        names.add(name);
        count += 1;
        size += originalSize;
        if (count > PARTS || size > LARGEST) throw new Refusal("bomb", { n: LARGEST >> 20 });
        return /\.(?:xml|rels)$/.test(name);
      },
    });
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal("damaged", { kind: "ZIP" });
  }
  const ods = names.has("mimetype") && names.has("content.xml");
  if (!ods && !names.has("[Content_Types].xml")) throw new Refusal("archive");
  for (const content of Object.values(parts)) {
    const text = strFromU8(content.subarray(0, 4096), true);
    if (text.includes("<!DOCTYPE") || text.includes("<!ENTITY") || text.slice(0, 200).includes("\0")) throw new Refusal("entities");
  }
  return { parts, ods };
}

// Tell `opened`, `closed` and `said` of each element of an XML `part` and of its text, by names without prefixes.
/** @type {(part: Uint8Array | undefined, opened: (tag: Tag) => void, closed?: (name: string) => void, said?: (text: string) => void) => void} */
function read(part, opened, closed = () => {}, said = () => {}) {
  const parser = new SaxesParser();
  const local = (/** @type {string} */ name) => name.slice(name.indexOf(":") + 1);
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("doctype", () => {
    throw new Refusal("entities");
  });
  parser.on("opentag", ({ name, attributes }) => opened({ name: local(name), attributes }));
  parser.on("closetag", ({ name }) => closed(local(name)));
  parser.on("text", said);
  parser.write(strFromU8(part ?? new Uint8Array())).close();
}

// The worksheets that are shown, in their order, and whether days are counted from 1904.
/** @type {(parts: Archive) => { sheets: { title: string, part: string }[], base: number }} */
function workbook(parts) {
  /** @type {Record<string, string>} */
  const targets = {};
  read(parts["xl/_rels/workbook.xml.rels"], ({ attributes: { Id, Type = "", Target = "" } }) => {
    if (Type.endsWith("/worksheet")) targets[Id] = Target.startsWith("/") ? Target.slice(1) : `xl/${Target}`;
  });
  /** @type {{ title: string, part: string }[]} */
  const sheets = [];
  let base = Date.UTC(1899, 11, 30);
  read(parts["xl/workbook.xml"], ({ name, attributes }) => {
    const part = targets[attributes["r:id"]];
    if (name === "sheet" && part && (attributes.state ?? "visible") === "visible") sheets.push({ title: attributes.name, part });
    if (name === "workbookPr" && ["1", "true"].includes(attributes.date1904)) base = Date.UTC(1904, 0, 1);
  });
  return { sheets, base };
}

// The texts that cells share; what tells how they are spoken (`rPh`) is none.
/** @type {(part: Uint8Array | undefined) => string[]} */
function shared(part) {
  /** @type {string[]} */
  const found = [];
  if (!part) return found;
  let [text, inText, spoken] = ["", false, false];
  read(part, ({ name }) => {
    if (name === "si") text = "";
    spoken ||= name === "rPh";
    inText = name === "t" && !spoken;
  }, (name) => {
    if (name === "si") found.push(text);
    if (name === "rPh") spoken = false;
    inText = false;
  }, (said) => {
    if (inText) text += said;
  });
  return found;
}

// The format of each style of cells: its text, or that it is of dates.
/** @type {(part: Uint8Array | undefined) => { date: boolean, text: string }[]} */
function styles(part) {
  /** @type {Map<number, string>} */
  const texts = new Map();
  /** @type {{ date: boolean, text: string }[]} */
  const found = [];
  let inCells = false;
  if (part) read(part, ({ name, attributes }) => {
    if (name === "numFmt") texts.set(Number(attributes.numFmtId), attributes.formatCode);
    if (name === "cellXfs") inCells = true;
    if (name !== "xf" || !inCells) return;
    const id = Number(attributes.numFmtId ?? 0);
    const text = texts.get(id) ?? (id === 1 ? "0" : "");
    found.push({ text, date: DATES.has(id) || /[dmhysDMHYS]/.test(text.replace(/"[^"]*"|\\.|_.|\[(?!hh?\]|mm?\]|ss?\])[^\]]*\]/gi, "").split(";")[0]) });
  }, (name) => {
    if (name === "cellXfs") inCells = false;
  });
  return found;
}

/** @typedef {{ strings: string[], formats: { date: boolean, text: string }[], base: number }} Book */

/** @type {(part: Uint8Array, book: Book, told: { formulas: number, errors: number }) => TableRow[]} */
function rowsOf(part, book, told) {
  /** @type {TableRow[]} */
  const found = [];
  let [line, column, taken] = [0, 0, 0];
  let cell = { type: "n", style: 0, value: "", formula: false };
  let [inside, spoken] = ["", false];
  /** @type {string[]} */
  let cells = [];
  read(part, ({ name, attributes }) => {
    if (name === "row") {
      line = attributes.r ? Number(attributes.r) : line + 1;
      column = 0;
      cells = [];
    } else if (name === "c") {
      const letters = /^[A-Z]{1,3}(?=[0-9]+$)/.exec(attributes.r ?? "")?.[0];
      column = letters ? [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) : column + 1;
      cell = { type: attributes.t ?? "n", style: Number(attributes.s ?? 0), value: "", formula: false };
    } else if (name === "f") cell.formula = true;
    spoken ||= name === "rPh";
    inside = spoken ? "" : name;
  }, (name) => {
    inside = "";
    if (name === "rPh") spoken = false;
    if (name === "c") {
      if (column > 16384) throw new Error("column");
      taken += column - cells.length;
      if (taken > MOST) throw new Refusal("cells", { n: MOST / 2 });
      while (cells.length < column - 1) cells.push("");
      if (cell.type === "e") told.errors += 1;
      else if (cell.formula && !cell.value) told.formulas += 1;
      cells[column - 1] = shown(cell, book);
    }
    if (name === "row") found.push({ line, cells });
  }, (text) => {
    if (inside === "v" || (inside === "t" && cell.type === "inlineStr")) cell.value += text;
  });
  return found;
}

// What the cell shows, as text that can be read again.
/** @type {(cell: { type: string, style: number, value: string }, book: Book) => string} */
function shown({ type, style, value }, { strings, formats, base }) {
  if (type === "e" || value === "") return "";
  if (type === "s") return strings[Number(value)] ?? "";
  if (type === "b") return Number(value) ? "true" : "false";
  if (type === "d") return value.replace(/T00:00:00(?:\.0+)?$/, "");
  if (type !== "n") return value;
  const number = Number(value);
  if (!Number.isFinite(number)) throw new Error("number");
  const format = formats[style] ?? { date: false, text: "" };
  if (format.date) return moment(number, base);
  const whole = /^[+-]?[0-9]+$/.test(value) ? BigInt(value) : Number.isInteger(number) && Math.abs(number) < 1e15 ? BigInt(number) : null;
  if (whole === null) return plain(number);
  return /^0+$/.test(format.text) ? padded(String(whole), format.text.length) : String(whole);
}

/** @type {(text: string, length: number) => string} */
const padded = (text, length) => (text.startsWith("-") ? `-${text.slice(1).padStart(length - 1, "0")}` : text.padStart(length, "0"));

// A day, a time or both, in ISO 8601. Of the days of 1900 that there were not, one was counted.
/** @type {(number: number, base: number) => string} */
function moment(number, base) {
  const early = base < Date.UTC(1900, 0, 1) && number >= 1 && number < 60 ? 1 : 0;
  const found = new Date(base + Math.round((number + early) * DAY));
  if (Number.isNaN(found.getTime())) throw new Error("date");
  const [date, time] = found.toISOString().replace("Z", "").replace(/\.000$/, "").replace(/(\.[0-9]{3})$/, "$1000").split("T");
  return number >= 0 && number < 1 ? time : time === "00:00:00" ? date : `${date}T${time}`;
}

// A number without an exponent, in the digits that tell it from all others.
/** @type {(number: number) => string} */
function plain(number) {
  const [, sign, first, rest = "", exponent] = /^(-?)([0-9]+)(?:\.([0-9]+))?(?:e([+-][0-9]+))?$/.exec(String(number)) ?? [];
  if (!exponent) return String(number);
  const digits = first + rest;
  const point = first.length + Number(exponent);
  if (point <= 0) return `${sign}0.${"0".repeat(-point)}${digits}`;
  return sign + (digits.length <= point ? digits.padEnd(point, "0") : `${digits.slice(0, point)}.${digits.slice(point)}`);
}

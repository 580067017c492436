// The rows of a spreadsheet in OpenDocument (ODS), as they are shown. By the rules of `trophees/reading/open_document.py`; a
// test asks both the same.
import { strFromU8 } from "fflate";
import { SaxesParser } from "saxes";
import { Refusal } from "./refusal.js";
/** @import { Noted, TableRow } from "./file-types.js" */

const MOST = 2000000; // cells
const WIDEST = 16384; // columns
const [OFFICE, TABLE, TEXT] = ["office", "table", "text"].map((part) => `urn:oasis:names:tc:opendocument:xmlns:${part}:1.0`);
/** @type {Record<string, string>} */
const VALUES = { float: "value", percentage: "value", currency: "value", date: "date-value", boolean: "boolean-value" };

// The rows of the first sheet that holds any, each with its number. What was odd goes to `notes`.
/** @type {(content: Uint8Array, notes: Noted[]) => TableRow[]} */
export function openDocument(content, notes) {
  const text = strFromU8(content);
  /** @type {TableRow[]} */
  let found = [];
  try {
    for (const { title, rows } of sheets(text)) {
      if (rows.length && found.length) {
        notes.push(["sheets", { title }]);
        break;
      }
      if (rows.length) found = rows;
    }
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal("noOds");
  }
  const merged = text.match(/table:number-rows-spanned=["'](?!1["'])/g)?.length ?? 0;
  if (merged) notes.push(["merged", { n: merged }]);
  return found;
}

/** @type {(text: string) => { title: string, rows: TableRow[] }[]} */
function sheets(text) {
  /** @type {{ title: string, rows: TableRow[] }[]} */
  const found = [];
  /** @type {TableRow[]} */
  let rows = [];
  /** @type {string[]} */
  let cells = [];
  let [number, taken, depth, pending, again, title] = [0, 0, 0, 0, 1, ""];
  /** @type {{ kind: string, value: string, said: string[], plain: boolean, again: number } | null} */
  let cell = null;
  let deep = 0; // elements open in the cell
  let paragraph = 0; // how deep the paragraph is that is read, if one is
  let note = 0; // how deep the annotation is that is passed over, if one is
  let row = 0; // elements open in the row
  const parser = new SaxesParser({ xmlns: true });
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("doctype", () => {
    throw new Refusal("entities");
  });
  parser.on("opentag", (tag) => {
    /** @type {(uri: string, local: string) => boolean} */
    const is = (uri, local) => tag.uri === uri && tag.local === local;
    const has = new Map(Object.values(tag.attributes).map(({ uri, local, value }) => [`${uri} ${local}`, value]));
    if (cell) {
      deep += 1;
      if (note) return;
      if (is(OFFICE, "annotation") && paragraph) note = deep;
      else if (deep === 1 && is(TEXT, "p")) {
        paragraph = deep;
        cell.said.push("");
      } else if (paragraph) {
        if (is(TEXT, "s")) say(" ".repeat(Math.min(whole(has.get(`${TEXT} c`) ?? "1"), 1000)));
        else if (is(TEXT, "tab")) say("\t");
        else if (is(TEXT, "line-break")) say("\n");
      }
      return;
    }
    if (is(TABLE, "table")) {
      depth += 1;
      if (depth === 1) title = has.get(`${TABLE} name`) ?? "";
    } else if (row) {
      row += 1;
      if (row === 2 && tag.uri === TABLE && ["table-cell", "covered-table-cell"].includes(tag.local)) {
        const kind = has.get(`${OFFICE} value-type`) ?? "";
        cell = {
          kind, said: [], plain: tag.local === "table-cell", again: repeated(has.get(`${TABLE} number-columns-repeated`)),
          value: has.get(`${OFFICE} ${Object.hasOwn(VALUES, kind) ? VALUES[kind] : "string-value"}`) ?? "",
        };
        deep = 0;
      }
    } else if (depth === 1 && is(TABLE, "table-row")) {
      row = 1;
      cells = [];
      pending = 0;
      again = repeated(has.get(`${TABLE} number-rows-repeated`));
    }
  });
  /** @type {(text: string) => void} */
  const say = (text) => {
    if (cell) cell.said[cell.said.length - 1] += text;
  };
  for (const kind of /** @type {const} */ (["text", "cdata"])) {
    parser.on(kind, (text) => {
      if (cell && paragraph && !note) say(text);
    });
  }
  parser.on("closetag", (tag) => {
    if (cell && deep) {
      if (note === deep) note = 0;
      if (paragraph === deep) paragraph = 0;
      deep -= 1;
    } else if (cell) {
      const shown = cell.said.join("\n");
      if (!cell.plain || !(shown || cell.value)) pending += cell.again;
      else {
        if (cells.length + pending + cell.again > WIDEST) throw new Refusal("columns", { n: cells.length + pending + cell.again, most: WIDEST });
        for (; pending; pending -= 1) cells.push("");
        const text = cellText(cell.kind, cell.value, shown);
        for (let count = cell.again; count; count -= 1) cells.push(text);
      }
      cell = null;
      row -= 1;
    } else if (row) {
      row -= 1;
      if (row) return;
      if (cells.length) {
        taken += (1 + cells.length) * again;
        if (taken > MOST) throw new Refusal("cells", { n: MOST / 2 });
        for (let count = 1; count <= again; count += 1) rows.push({ line: number + count, cells });
      }
      number += again;
      if (rows.length && rows[rows.length - 1].line > MOST) throw new Refusal("cells", { n: MOST / 2 });
    } else if (tag.uri === TABLE && tag.local === "table") {
      depth -= 1;
      if (depth) return;
      found.push({ title, rows });
      [rows, number] = [[], 0];
    }
  });
  parser.write(text).close();
  return found;
}

/** @type {(text: string | undefined) => number} */
const repeated = (text) => Math.max(1, whole((text ?? "1").slice(0, 9)));

/** @type {(text: string) => number} */
function whole(text) {
  if (!/^\s*[+-]?[0-9]+\s*$/.test(text)) throw new Error("number");
  return Math.max(0, Number(text));
}

// What the cell shows, as text that can be read again: a number by its digits, a day in ISO 8601.
/** @type {(kind: string, value: string, shown: string) => string} */
function cellText(kind, value, shown) {
  if (kind === "date") return value.replace(/T00:00:00$/, "");
  if (Object.hasOwn(VALUES, kind) && value && !/^0\p{Nd}+$/u.test(shown)) return value.replace(/\.0$/, "");
  return shown || value;
}

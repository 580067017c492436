// A table as a workbook (ECMA-376, SpreadsheetML): what is a text stays one, whatever it begins with or looks like.
import { strToU8, zipSync } from "fflate";
/** @import { Origin, Table } from "./take-table.js" */

const SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const KINDS = "application/vnd.openxmlformats-officedocument.spreadsheetml";
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const LONGEST = 32767; // characters that a cell may hold
const BOLD = 1;

/** @type {(text: string) => string} */
export const escaped = (text) =>
  // what XML 1.0 (section 2.2) has not
  text.replace(/[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "\ufffd").replace(/[&<>"\r]/g, (sign) => `&#${sign.charCodeAt(0)};`);

// The name of a column by its number from 0: A, B, … Z, AA.
/** @type {(place: number) => string} */
const letters = (place) => (place < 26 ? "" : letters(Math.floor(place / 26) - 1)) + String.fromCharCode(65 + (place % 26));

/** @type {(lines: (string | number)[][], widths: number[]) => string} */
function sheet(lines, widths) {
  const rows = lines.map((line, row) => {
    const cells = line.map((value, place) => {
      const at = `r="${letters(place)}${row + 1}"${row ? "" : ` s="${BOLD}"`}`;
      if (typeof value === "number") return `<c ${at}><v>${value}</v></c>`;
      if (!value) return "";
      return `<c ${at} t="inlineStr"><is><t xml:space="preserve">${escaped(value.slice(0, LONGEST))}</t></is></c>`;
    });
    return `<row r="${row + 1}">${cells.join("")}</row>`;
  });
  const columns = widths.map((width, place) => `<col min="${place + 1}" max="${place + 1}" width="${width}" customWidth="1"/>`);
  return `${HEAD}<worksheet xmlns="${SHEETS}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${columns.join("")}</cols><sheetData>${rows.join("")}</sheetData></worksheet>`;
}

/** @type {(sizes: number[]) => number} */
const width = (sizes) => Math.min(60, Math.max(8, ...sizes) + 2);

// The bytes of the workbook: the table, and a sheet that says where it comes from. The same table gives the same bytes.
/** @type {(table: Table, origin: Origin, name: string) => Uint8Array<ArrayBuffer>} */
export function xlsx({ columns, rows }, origin, name) {
  const names = columns.map((column) => column.name);
  const widths = names.map((head, place) => width([head.length, ...rows.slice(0, 200).map((row) => String(row[place]).length)]));
  const told = Object.entries(origin);
  const parts = {
    "[Content_Types].xml": `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${KINDS}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${KINDS}.styles+xml"/>${[1, 2].map((n) => `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${KINDS}.worksheet+xml"/>`).join("")}</Types>`,
    "_rels/.rels": `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    "xl/workbook.xml": `${HEAD}<workbook xmlns="${SHEETS}" xmlns:r="${RELATIONS}"><sheets>${[name, "source"].map((title, n) => `<sheet name="${escaped(title.replace(/[[\]:*?/\\']/g, " ").slice(0, 25).trim() || "table")}${n && title === name ? " 2" : ""}" sheetId="${n + 1}" r:id="rId${n + 1}"/>`).join("")}</sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${[1, 2].map((n) => `<Relationship Id="rId${n}" Type="${RELATIONS}/worksheet" Target="worksheets/sheet${n}.xml"/>`).join("")}<Relationship Id="rId3" Type="${RELATIONS}/styles" Target="styles.xml"/></Relationships>`,
    "xl/styles.xml": `${HEAD}<styleSheet xmlns="${SHEETS}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`,
    "xl/worksheets/sheet1.xml": sheet([names, ...rows], widths),
    "xl/worksheets/sheet2.xml": sheet(told, [12, width(told.map(([, text]) => text.length))]),
  };
  const files = Object.fromEntries(Object.entries(parts).map(([path, text]) => [path, strToU8(text)]));
  return /** @type {Uint8Array<ArrayBuffer>} */ (zipSync(files, { mtime: new Date(1980, 0, 1) }));
}

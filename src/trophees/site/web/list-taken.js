// What is taken away of a list: the whole selection, filters included, one row for each item.
import { amounts, awards, told } from "./list-parts.js";
import { plain } from "./list-select.js";
/** @import { Column, ListItem, ReadyList } from "./list-types.js" */
/** @import { Table } from "./take-table.js" */

const BETWEEN = " | "; // values of one cell

/** @type {(list: ReadyList, item: ListItem, column: Column) => string | number} */
function cell(list, item, { from, of = "" }) {
  if (from === "name") return plain(item[2]);
  if (from === "number") return item[4][list.data.numbers.indexOf(of)] ?? "";
  const said = { awards: () => awards(list, item).map(plain), line: () => (item[5][of] ?? []).map(plain), amounts: () => amounts(list, item) };
  return (from in said ? said[/** @type {keyof typeof said} */ (from)]() : told(list, item, of)).join(BETWEEN);
}

// The columns of the table, then the axes that it does not show, then the address of each page; `base`: that of the site.
/** @type {(list: ReadyList, items: ListItem[], base: string, end: string) => Table} */
export function taken(list, items, base, end) {
  const shown = new Set(list.data.columns.map(({ from, of }) => (from === "number" ? "" : of)));
  const more = list.data.axes.filter((axis) => !axis.switch && !shown.has(axis.name)).map(({ name, title }) => /** @type {Column} */ ({ title, from: "axis", of: name }));
  const columns = [...list.data.columns, ...more];
  return {
    columns: [...columns.map(({ title, from }) => ({ name: title, number: from === "number" })), { name: list.words.address, number: false }],
    rows: items.map((item) => [...columns.map((column) => cell(list, item, column)), new URL(item[1] + end, base).href]),
  };
}

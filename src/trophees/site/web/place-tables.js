// The tables of the reference of places, as `trophees/places/portable.py` writes them.

const FIRST = "0".codePointAt(0) ?? 0; // stands for no letter in common

// The rows of a table, which is kept by columns.
/** @type {(columns: string[]) => string[][]} */
export function rows(columns) {
  const cells = columns.map(column);
  return cells[0].map((_, row) => cells.map((column) => column[row]));
}

// The cells of a column: of each is kept how many letters it begins with as the one above, and the rest.
/** @type {(text: string) => string[]} */
function column(text) {
  let above = "";
  return text.split("\n").map((kept) => {
    const [common = ""] = kept;
    above = above.slice(0, (common.codePointAt(0) ?? FIRST) - FIRST) + kept.slice(common.length);
    return above;
  });
}

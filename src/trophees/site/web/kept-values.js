// Literals that the engine keeps by their value, and so shows as another text: `01004` as 1004. By the rules of
// `trophees/ask/own_data.py`; a test asks both the same.
/** @import { Noted } from "./file-types.js" */

const XSD = "http://www.w3.org/2001/XMLSchema#";
const KEPT = /^(?:decimal|double|float|boolean|date|dateTime|time|duration|(?:yearMonth|dayTime)Duration|g(?:Year|YearMonth|Month|MonthDay|Day)|integer|long|int|short|byte|unsigned(?:Long|Int|Short|Byte)|(?:positive|negative|nonPositive|nonNegative)Integer)$/;
const PLAIN = /^(?:0|-?[1-9][0-9]*)$/;
const SHOWN = 3;

/** @typedef {{ value: string, datatype: string }} Written */

// What is said of the `literals` of a file, where `kept` tells how the engine writes one; nothing if all stay as they are.
/** @type {(literals: Iterable<Written>, kept: (literal: Written) => string) => Noted[]} */
export function keptValues(literals, kept) {
  let n = 0;
  /** @type {string[]} */
  const examples = [];
  /** @type {Map<string, string>} */
  const known = new Map();
  for (const literal of literals) {
    const { value, datatype } = literal;
    const name = datatype.startsWith(XSD) ? datatype.slice(XSD.length) : "";
    if (!KEPT.test(name) || (name === "integer" && PLAIN.test(value))) continue;
    const key = `${name} ${value}`;
    const other = known.get(key) ?? kept(literal);
    known.set(key, other);
    if (other === value) continue;
    n += 1;
    const example = `${value} → ${other}`;
    if (examples.length < SHOWN && !examples.includes(example)) examples.push(example);
  }
  if (!n) return [];
  /** @type {Noted[]} */
  const notes = [];
  notes.push(["kept", { n, examples: examples.join(", ") + (n > examples.length ? ", …" : "") }]);
  return notes;
}

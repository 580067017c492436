// ORDER BY as the engine can do it of any values, by their kind first. Why, and the rules: `trophees/ask/standard/order.py`;
// a test asks both the same.
import { tokens } from "./query-tokens.js";
/** @import { Edit, QueryToken } from "./query-types.js" */

const XSD = "http://www.w3.org/2001/XMLSchema#";

/** @type {(operand: string, direction: string) => string} */
function keys(operand, direction) {
  const type = `DATATYPE(${operand})`;
  const dated = `IF(TZ(${operand})="",${type},${type})`;
  const lasting = `IF(${operand}<"PT0S"^^<${XSD}dayTimeDuration>,${type},${type})`;
  const kind = `IF(isNumeric(${operand}),0,IF(${type}=<${XSD}duration>,STR(${operand}),COALESCE(${dated},${lasting},1)))`;
  const value = `COALESCE(IF(TZ(${operand})="",STRDT(CONCAT(STR(${operand}),"Z"),${type}),${operand}),${operand})`;
  return `${direction}(${kind}) ${direction}(${value})`;
}

// The query `text`, which declares its prefixes, with all that it puts rows in order by said so.
/** @type {(text: string) => string} */
export function ordered(text) {
  if (!/order/i.test(text)) return text;
  const found = tokens(text, {});
  /** @type {Edit[]} */
  const edits = [];
  for (let place = 0; place < found.length - 1; place += 1)
    if (found[place].kind === "word" && `${found[place].text}${found[place + 1].text}`.toUpperCase() === "ORDERBY")
      edits.push(...conditions(text, found, place + 2));
  edits.sort(([one], [other]) => other - one);
  return edits.reduce((said, [start, end, part]) => said.slice(0, start) + part + said.slice(end), text);
}

/** @type {(text: string, found: QueryToken[], here: number) => Generator<Edit>} */
function* conditions(text, found, here) {
  while (here < found.length - 1) {
    const [one, following] = [found[here], found[here + 1]];
    const word = one.text.toUpperCase();
    if (word === "NOT" || word === "EXISTS") {
      here = following.text === "{" ? closing(found, here + 1) + 1 : here + 1; // true or false
      continue;
    }
    if (one.kind !== "var" && one.text !== "(" && following.text !== "(") return;
    const directed = word === "ASC" || word === "DESC";
    const first = here + Number(directed);
    const last = one.kind === "var" ? first : closing(found, found[first].text === "(" ? first : first + 1);
    if (last >= found.length - 1) return;
    const parts = found.slice(first, last);
    if (!parts.some((part) => part.kind === "blank" || part.text === "[" || part.text === "{"))
      yield [one.start, found[last].end, keys(text.slice(found[first].start, found[last].end), directed ? word : "ASC")];
    here = last + 1;
  }
}

// The place of the bracket that closes the one at `place`; that of the end if none does.
/** @type {(found: QueryToken[], place: number) => number} */
export function closing(found, place) {
  let depth = 0;
  for (let here = place; here < found.length; here += 1) {
    if (found[here].kind === "sign") depth += Number("([{".includes(found[here].text)) - Number(")]}".includes(found[here].text));
    if (depth === 0) return here;
  }
  return found.length - 1;
}

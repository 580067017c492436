// What the playground reads in the text of a query; pure functions.
import { escaped } from "./query-names.js";
/** @import { Insertion } from "./playground-types.js" */
/** @import { Prefixes } from "./types.js" */

// What holds no keyword: comments, strings, IRIs, variables, language tags, local names; what is not closed ends the text.
// The rules are those of `trophees/ask/text.py`, and a test asks both readers the same.
const OPAQUE =
  /#[^\r\n]*|"{3}(?:[^"\\]|\\.|"{1,2}(?!"))*(?:"{3})?|'{3}(?:[^'\\]|\\.|'{1,2}(?!'))*(?:'{3})?|"(?:[^"\\\r\n]|\\.)*"?|'(?:[^'\\\r\n]|\\.)*'?|<[^<>"{}|^`\\\s]*>|[?$][\p{L}\p{N}_]+|@[\p{L}\p{N}_-]+|:(?:[\p{L}\p{N}_.:%-]|\\.)*/gsu;
// before a colon: a prefix, and whether it is declared
const BEFORE_COLON = /((?<![\p{L}\p{N}_])PREFIX\s+)?([\p{L}\p{Nl}\p{No}][\p{L}\p{N}_.-]*)$/iu;
const LONGEST = 64; // characters of `PREFIX` and a name

// `text` in capitals, as long as it is, with NUL in place of whatever holds no keyword.
/** @type {(text: string) => string} */
export const keywords = (text) =>
  text.replace(OPAQUE, (found) => "\0".repeat(found.length)).replace(/[a-z]+/g, (word) => word.toUpperCase());

// Whether `text` has the keyword FROM; ?from, ex:from and the prefix from: are no keywords.
/** @type {(text: string) => boolean} */
export const namesItsGraphs = (text) =>
  [...keywords(text).matchAll(/(?<![\p{L}\p{N}_])FROM(?:NAMED)?(?![\p{L}\p{N}_])/gu)].some(({ 0: word, index }) => text[index + word.length] !== ":");

// The columns of `SELECT *` in the order in which `text` mentions them first, as `trophees/ask/star.py` has them; the `vars`
// of another query as they are.
/** @type {(text: string, vars: string[]) => string[]} */
export function columns(text, vars) {
  const words = keywords(text).replace(/(?<![\p{L}\p{N}_])PREFIX\s+[\p{L}\p{N}_.-]+/gu, (found) => "\0".repeat(found.length));
  const form = /(?<![\p{L}\p{N}_])(?:SELECT|ASK|CONSTRUCT|DESCRIBE)(?![\p{L}\p{N}_])/u.exec(words);
  const rest = form?.[0] === "SELECT" ? words.slice(form.index + form[0].length) : "";
  if (!/^[\s\0]*(?:(?:DISTINCT|REDUCED)(?![\p{L}\p{N}_]))?[\s\0]*\*/u.test(rest)) return vars;
  const order = [...text.matchAll(OPAQUE)].flatMap(({ 0: found }) => (/^[?$]/.test(found) ? [found.slice(1)] : []));
  return [...vars].sort((one, other) => order.indexOf(one) - order.indexOf(other));
}

// The prefixes that `text` uses without declaring them, each where it is first used: [{name, from}].
/** @type {(text: string) => { name: string, from: number }[]} */
export function undeclared(text) {
  const declared = new Set();
  const used = new Map();
  for (const { 0: found, index } of text.matchAll(OPAQUE)) {
    if (!found.startsWith(":")) continue;
    const before = BEFORE_COLON.exec(text.slice(Math.max(0, index - LONGEST), index));
    if (before?.[1]) declared.add(before[2]);
    else if (before && !used.has(before[2])) used.set(before[2], index - before[2].length);
  }
  return [...used].filter(([name]) => !declared.has(name)).map(([name, from]) => ({ name, from }));
}

// The same among those `known` ({name: namespace}), in alphabetical order.
/** @type {(text: string, known: Prefixes) => string[]} */
export const missingPrefixes = (text, known) => undeclared(escaped(text, known)).map(({ name }) => name).filter((name) => Object.hasOwn(known, name)).sort();

// Where a PREFIX line for `name` belongs in `text`: among those that are lines of their own, in alphabetical order, or
// before all else. {from, insert}.
/** @type {(text: string, name: string, namespace: string) => Insertion} */
export function prefixLine(text, name, namespace) {
  const line = `PREFIX ${name}: <${namespace}>\n`;
  const bare = keywords(text);
  const lines = [...text.matchAll(/^[ \t]*PREFIX\s+([\w.-]*):\s*<[^<>\s]*>[ \t]*(?:#[^\n]*)?(\n|$)/gim)]
    .filter(({ 0: found, index }) => /^\s*PREFIX/i.test(bare.slice(index, index + found.length)));
  const after = lines.find((match) => match[1] > name);
  if (after) return { from: after.index, insert: line };
  const last = lines.at(-1);
  if (last) return last[2] ? { from: last.index + last[0].length, insert: line } : { from: text.length, insert: `\n${line}` };
  const head = /^(?:#[^\n]*\n|\s*\n)*(?:\s*BASE\s+<[^>]*>\s*\n)?/i.exec(text)?.[0] ?? "";
  return { from: head.length, insert: line };
}

/** @type {(text: string, known: Prefixes) => string} */
export function withPrefixes(text, known) {
  for (const name of missingPrefixes(text, known)) {
    const { from, insert } = prefixLine(text, name, known[name]);
    text = text.slice(0, from) + insert + text.slice(from);
  }
  return text;
}

// As `trophees/ask/cookbook.py` writes the default of a parameter.
/** @type {(name: string, term: string, title: string) => string} */
const valuesLine = (name, term, title) => `VALUES ?${name} { ${term} }  # ${title}`;

const VALUES_LINE = /^([ \t]*)VALUES \?(\w+) \{ (<[^<>"{}|^`\\\s]*>|"(?:[^"\\\n]|\\.)*"|-?\d+) \} {2}# ([^\n]*)$/gm;

// The parameters that such lines of `text` hold: [{name, term, title}].
/** @type {(text: string) => { name: string, term: string, title: string }[]} */
export const parameters = (text) => [...text.matchAll(VALUES_LINE)].map(([, , name, term, title]) => ({ name, term, title }));

/** @type {(text: string, wanted: string, term: string) => string} */
export const withParameter = (text, wanted, term) =>
  text.replace(VALUES_LINE, (line, indent, name, _old, title) => (name === wanted ? indent + valuesLine(name, term, title) : line));

/** @type {Record<string, string>} */
const ESCAPES = { "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t" };

// What a reader typed, as the kind of term that `like` is.
/** @type {(like: string, typed: string) => string | null} */
export function termLike(like, typed) {
  if (like.startsWith("<")) return /^[^<>"{}|^`\\\s]+$/.test(typed) ? `<${typed}>` : null;
  if (/^-?\d+$/.test(like)) return /^-?\d+$/.test(typed) ? typed : null;
  return quoted(typed);
}

/** @type {(text: string) => string} */
const quoted = (text) => `"${text.replace(/[\\"\n\r\t]/g, (character) => ESCAPES[character])}"`;

/** @type {(term: string) => string} */
export const termText = (term) => (/^["<]/.test(term) ? term.slice(1, -1).replace(/\\(.)/g, "$1") : term);

// The place in `text` of a line and a column, both from 1, the column in characters as people count them.
/** @type {(text: string, line: number, column: number) => number} */
export function offset(text, line, column) {
  const lines = text.split("\n");
  const before = lines.slice(0, line - 1).reduce((sum, found) => sum + found.length + 1, 0);
  return before + [...(lines[line - 1] ?? "")].slice(0, column - 1).join("").length;
}

// The line and the column of a place in `text`, counted in the same way.
/** @type {(text: string, from: number) => { line: number, column: number }} */
export function placeOf(text, from) {
  const lines = text.slice(0, from).split("\n");
  return { line: lines.length, column: [...(lines.at(-1) ?? "")].length + 1 };
}

// Values as YAML that every reader takes alike, in block style, as curators write it.
/** @import { Draft, Rules, Term } from "./record-types.js" */
import { flaw } from "./record-text.js";
import { notText, typed } from "./record-yaml.js";

const LONG = 110; // characters of a text, beyond which it is folded
const WIDTH = 150; // of the lines that it is folded into

// Whether a text may stand without quotes in block style, as far as its signs go.
/** @type {(text: string) => boolean} */
const plain = (text) => /^[^\s\p{C}\-?:,[\]{}#&*!|>'"%@`.](?:[^\n]*\S)?$/u.test(text) && !/:(?:\s|$)|\s#/.test(text);

// A text between quotes; what a file may not hold is escaped, so that the fault is told of the value.
/** @type {(text: string, rules: Rules) => string} */
function quoted(text, rules) {
  const written = JSON.stringify(text);
  if (!flaw(text, rules)) return written;
  return written.replace(/\P{ASCII}/gu, (sign) => `\\U${(sign.codePointAt(0) ?? 0).toString(16).padStart(8, "0")}`).replaceAll("\u007f", "\\x7f");
}

// A long text on lines of its own, the first of which says so; null if it cannot be folded.
/** @type {(text: string, indent: number, rules: Rules) => string[] | null} */
function folded(text, indent, rules) {
  if (text.length <= LONG || /^\s|\s$|\n|\t| {2}/.test(text) || flaw(text, rules)) return null;
  const lines = [""];
  for (const word of text.split(" ")) {
    const last = lines.length - 1;
    if (!lines[last]) lines[last] = word;
    else if (indent + lines[last].length + 1 + word.length <= WIDTH) lines[last] += ` ${word}`;
    else lines.push(word);
  }
  return [">-", ...lines.map((line) => " ".repeat(indent) + line)];
}

// The lines of `text` under a key of which `term` tells the meaning; lines after the first are indented by `indent`.
/** @type {(text: string, term: Term, indent: number, rules: Rules) => string[]} */
export function scalar(text, term, indent, rules) {
  const long = folded(text, indent, rules);
  if (long) return long;
  const bare = plain(text) && !flaw(text, rules) && (typed(text, term, rules) || !notText(text, rules));
  return [bare ? text : quoted(text, rules)];
}

// The lines of a key, whose own has no indent yet, with what it says.
/** @type {(key: string, draft: Draft, term: Term, indent: number, rules: Rules, termOf: (key: string) => Term) => string[]} */
export function entry(key, draft, term, indent, rules, termOf) {
  const name = scalar(key, { ...term, type: null }, 0, rules)[0];
  if (typeof draft === "string") {
    const [first, ...others] = scalar(draft, term, indent + 2, rules);
    return [`${name}: ${first}`, ...others];
  }
  return [`${name}:`, ...block(draft, term, indent + 2, rules, termOf)];
}

// The lines of a list or of a mapping, each with its indent.
/** @type {(draft: Draft[] | { [key: string]: Draft }, term: Term, indent: number, rules: Rules, termOf: (key: string) => Term) => string[]} */
function block(draft, term, indent, rules, termOf) {
  const space = " ".repeat(indent);
  if (Array.isArray(draft)) return draft.flatMap((item) => entryOfList(item, term, indent, rules, termOf));
  const languages = term.byLanguage;
  return Object.entries(draft).flatMap(([key, value]) => {
    const [first, ...others] = entry(key, value, languages ? { ...term, type: null } : termOf(key), indent, rules, termOf);
    return [space + first, ...others];
  });
}

// The lines of a member of a list.
/** @type {(item: Draft, term: Term, indent: number, rules: Rules, termOf: (key: string) => Term) => string[]} */
export function entryOfList(item, term, indent, rules, termOf) {
  const space = " ".repeat(indent);
  if (typeof item === "string") {
    const [first, ...others] = scalar(item, term, indent + 2, rules);
    return [`${space}- ${first}`, ...others];
  }
  const [first, ...others] = block(item, term, indent + 2, rules, termOf);
  return [`${space}- ${first.trimStart()}`, ...others];
}

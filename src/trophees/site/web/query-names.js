// Compact names as tables and pages print them, with `/` and `#` in them: where a query has one, and how SPARQL has it.
// The rules are told in `trophees/ask/compact_names.py`; a test asks both readers the same.
/** @import { Prefixes } from "./types.js" */

const BASE = "https://w3id.org/trophees-participation/";
const W = String.raw`\p{L}\p{N}_`;
const BEGIN = String.raw`[\p{L}\p{Nl}\p{No}]`;
const PART = String.raw`(?<!\.)/(?!a(?!\.*[${W}%-]))[${W}%-](?:[${W}.%-]*[${W}%-])?(?!\.*[${W}%:(\\-])`;
const FACT = String.raw`(?<![./])#[A-Za-z]+-(?:[A-Za-z]+-)*[0-9]+(?:-anchor)?(?!\.*[${W}%:#/\\-])`;
const READ = new RegExp(
  [
    String.raw`#[^\r\n]*|"{3}(?:[^"\\]|\\.|"{1,2}(?!"))*(?:"{3})?|'{3}(?:[^'\\]|\\.|'{1,2}(?!'))*(?:'{3})?`,
    String.raw`"(?:[^"\\\r\n]|\\.)*"?|'(?:[^'\\\r\n]|\\.)*'?|[?$][${W}]+|@[${W}-]+|_:[${W}.-]*`,
    String.raw`<(?<iri>[^<>"{}|^\x60\\\s]*)>`,
    String.raw`(?<prefix>(?:${BEGIN}(?:[${W}.·-]{0,99}[${W}·-])?)?):(?<local>(?:[${W}.:%-]|\\.)*)(?<more>(?:${PART})*(?:${FACT})?)`,
    `(?<word>[${W}.·-]+)`,
  ].join("|"),
  "gsu",
);

/** @type {(namespace: string | undefined) => boolean | undefined} */
const folder = (namespace) => namespace?.startsWith(BASE) && namespace.endsWith("/");

// The places in `text` of each `/` and `#` that is part of a name, though SPARQL wants a backslash before it; `prefixes`
// ({name: namespace}) need no declaration.
/** @type {(text: string, prefixes: Prefixes) => number[]} */
export function escapes(text, prefixes) {
  const spaces = new Map(Object.entries(prefixes));
  /** @type {number[]} */
  const found = [];
  /** @type {(Record<string, string | undefined>)[]} */
  let before = []; // the two last things, as they may declare a prefix
  for (const { 0: whole, index, groups = {} } of text.matchAll(READ)) {
    const { iri, prefix, local, more, word } = /** @type {Record<string, string | undefined>} */ (groups);
    if (iri !== undefined && before.length === 2 && !before[1].local) spaces.set(before[1].prefix ?? "", iri);
    else if (prefix !== undefined && local && more && folder(spaces.get(prefix))) {
      const start = index + whole.length - more.length;
      for (const { index: at } of more.matchAll(/[/#]/g)) found.push(start + at);
    }
    if (word !== undefined) before = word.toUpperCase() === "PREFIX" ? [groups] : [];
    else if (prefix !== undefined && before.length === 1) before.push(groups);
    else if (!whole.startsWith("#")) before = [];
  }
  return found;
}

// `text` with its names as SPARQL has them; what is so already stays.
/** @type {(text: string, prefixes: Prefixes) => string} */
export function escaped(text, prefixes) {
  const ends = [0, ...escapes(text, prefixes), text.length];
  return ends.slice(1).map((end, number) => text.slice(ends[number], end)).join("\\");
}

// Where a place of the `escaped` text is in the text as it was typed, whose `escapes` are `places`.
/** @type {(at: number, places: number[]) => number} */
export const typed = (at, places) => at - places.filter((place, number) => place + number < at).length;

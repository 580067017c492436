// YAML as every reader takes it: whatever two readers would read differently is refused, with its place, as
// `trophees/source/plain_yaml.py` has it.
/** @import { Document, Node, Pair } from "yaml" */
/** @import { MapNode, Path, Place, RecordNode, Rules, ScalarNode, Term } from "./record-types.js" */
/** @import { Refusals } from "./record-refusals.js" */
import { CST, isAlias, isMap, isScalar, isSeq, parseAllDocuments, Parser } from "yaml";
import { meant } from "./record-lexical.js";
import { expression, flaw, flawOfFile } from "./record-text.js";

/** @type {import("yaml").ParseOptions & import("yaml").DocumentOptions & import("yaml").SchemaOptions} */
export const PLAIN = { schema: "failsafe", uniqueKeys: false, merge: false, keepSourceTokens: true, logLevel: "silent", prettyErrors: false };

// Where each position of `text` is, lines and columns from 1, columns in characters.
/** @type {(text: string) => (position: number) => Place} */
function placing(text) {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return (position) => {
    let low = 0;
    for (let high = starts.length; high - low > 1; ) {
      const middle = (low + high) >> 1;
      if (starts[middle] <= position) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: [...text.slice(starts[low], position)].length + 1 };
  };
}

// The text of a file; null, and a refusal, if it is not UTF-8.
/** @type {(data: Uint8Array, refusals: Refusals) => string | null} */
function decoded(data, refusals) {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(data);
  } catch {
    let [good, bad] = [0, data.length + 1];
    while (bad - good > 1) {
      const middle = (good + bad) >> 1;
      if (middle <= data.length && readable(data.subarray(0, middle))) good = middle;
      else bad = middle;
    }
    const before = new TextDecoder("utf-8", { ignoreBOM: true }).decode(data.subarray(0, good), { stream: true });
    refusals.refuse(placing(before)(before.length), "utf-8");
    return null;
  }
}

/** @type {(data: Uint8Array) => boolean} */
function readable(data) {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(data, { stream: true }) !== null;
  } catch {
    return false;
  }
}

// What YAML readers take in different ways, however good YAML it may be.
/** @type {(text: string, rules: Rules) => import("./record-types.js").Flaw | null} */
function layout(text, rules) {
  const tab = text.indexOf("\t");
  if (tab >= 0) return flawOfFile([...text.slice(0, tab)].length, "tab", rules);
  const end = /^\.\.\.(?=[ \n])/m.exec(`${text}\n`);
  if (!end || !/[^ \n]/.test(text.slice(end.index + 3))) return null;
  return flawOfFile([...text.slice(0, end.index)].length, "one-record.end", rules);
}

// The only mapping at the top of a file; null, and a refusal, if that is not what is there, or cannot be read.
/** @type {(data: Uint8Array, rules: Rules, refusals: Refusals) => MapNode | null} */
export function rootOf(data, rules, refusals) {
  const text = decoded(data, refusals)?.replace(/\r\n?/g, "\n");
  if (text === undefined) return null;
  const place = placing(text);
  const found = flaw(text, rules) ?? layout(text, rules);
  if (found) {
    refusals.flaw(place([...text].slice(0, found.position).join("").length), found);
    return null;
  }
  const lines = text.split("\n");
  if (lines.length > 1 && lines.at(-1) === "") lines.pop();
  refusals.end = { line: lines.length, column: [...(lines.at(-1) ?? "")].length + 1 };
  try {
    const documents = parseAllDocuments(text, PLAIN);
    const told = guarded(text, place, rules, refusals);
    const errors = "empty" in documents ? [] : documents.flatMap(({ errors: some }) => some);
    if (errors.length) {
      const first = errors.reduce((a, b) => (b.pos[0] < a.pos[0] ? b : a));
      refusals.refuse(place(opening(documents, first) ?? colon(text, first) ?? first.pos[0]), "syntax", { detail: first.message });
      return null;
    }
    if (told) return null;
    const [document, another] = /** @type {Document[]} */ (documents);
    if (!document || another || !isMap(document.contents)) {
      refusals.refuse({ line: 1, column: 1 }, "one-record");
      return null;
    }
    return deep(document.contents, place, rules, refusals) ? null : /** @type {MapNode} */ (treeOf(document.contents, text, place));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error; // too deep for the parser
    refusals.refuse({ line: 1, column: 1 }, "syntax.levels", { most: rules.yaml.depth });
    return null;
  }
}

// Where the colon is that makes a key of a value.
/** @type {(text: string, error: { code: string, pos: [number, number] }) => number | undefined} */
function colon(text, { code, pos }) {
  const found = code === "BLOCK_AS_IMPLICIT_KEY" ? text.slice(pos[0]).search(/:(?=\s)/) : -1;
  return found < 0 ? undefined : pos[0] + found;
}

// Where the quoted text begins whose end is missing.
/** @type {(documents: ReturnType<typeof parseAllDocuments>, error: { code: string, message: string, pos: [number, number] }) => number | undefined} */
function opening(documents, { code, message, pos }) {
  if (code !== "MISSING_CHAR" || !message.includes("quote")) return undefined;
  /** @type {number | undefined} */
  let start;
  /** @type {(node: unknown) => void} */
  const walk = (node) => {
    if (isScalar(node) && /^QUOTE/.test(node.type ?? "") && node.range && node.range[0] <= pos[0]) start = node.range[0];
    if (isMap(node)) for (const { key, value } of node.items) walk(key), walk(value);
    if (isSeq(node)) node.items.forEach(walk);
  };
  if (!("empty" in documents)) for (const { contents } of documents) walk(contents);
  return start;
}

// Whether there is an anchor, an alias, a tag or a directive, each of which is refused.
/** @type {(text: string, place: (position: number) => Place, rules: Rules, refusals: Refusals) => boolean} */
function guarded(text, place, { yaml }, refusals) {
  const before = refusals.problems.length;
  /** @type {(tokens: CST.SourceToken[] | undefined) => void} */
  const properties = (tokens) => {
    const found = (tokens ?? []).filter(({ type }) => type === "anchor" || type === "tag");
    const at = found.length ? place(found[0].offset) : { line: 1, column: 1 };
    if (found.some(({ type }) => type === "anchor")) refusals.refuse(at, "alias");
    for (const { type, source } of found) if (type === "tag") refusals.refuse(at, "tag", { tag: shownTag(source) });
  };
  /** @type {(token: CST.Token | null | undefined, depth: number) => void} */
  const visit = (token, depth) => {
    if (!token || depth > yaml.depth + 2) return;
    if (token.type === "alias") refusals.refuse(place(token.offset), "alias");
    if (token.type === "directive") refusals.refuse(place(token.offset), "tag.directive");
    if (token.type === "document") properties(token.start), visit(token.value, depth);
    if (!("items" in token)) return;
    for (const { start, key, sep, value } of token.items) {
      properties(start);
      visit(key, depth + 1);
      properties(sep);
      visit(value, depth + 1);
    }
  };
  for (const token of new Parser().parse(text)) visit(token, 0);
  return refusals.problems.length > before;
}

/** @type {(source: string) => string} */
const shownTag = (source) => source.replace(/^!<(.*)>$/, "$1").replace("tag:yaml.org,2002:", "!!");

// Whether there are too many levels.
/** @type {(node: unknown, place: (position: number) => Place, rules: Rules, refusals: Refusals, depth?: number) => boolean} */
function deep(node, place, rules, refusals, depth = 1) {
  if (!isMap(node) && !isSeq(node)) return false;
  if (depth > rules.yaml.depth) {
    refusals.refuse(place(node.range?.[0] ?? 0), "syntax.levels", { most: rules.yaml.depth });
    return true;
  }
  const inner = isMap(node) ? node.items.flatMap(({ key, value }) => [key, value]) : node.items;
  return inner.some((one) => deep(one, place, rules, refusals, depth + 1));
}

/** @type {(node: Node | Pair | null, text: string, place: (position: number) => Place, path?: Path) => RecordNode} */
function treeOf(node, text, place, path = []) {
  const found = /** @type {Node} */ (node);
  const [start, end] = found.range ?? [0, 0];
  const common = { ...place(start), path };
  if (isMap(found)) {
    const pairs = found.items.map(({ key, value }, index) => {
      const name = isScalar(key) && found.items.findIndex((pair) => isScalar(pair.key) && pair.key.value === key.value) === index;
      const inside = [...path, name ? String(key.value) : index];
      return /** @type {[RecordNode, RecordNode]} */ ([treeOf(/** @type {Node} */ (key), text, place, path), treeOf(/** @type {Node} */ (value), text, place, inside)]);
    });
    return { kind: "map", ...common, pairs };
  }
  if (isSeq(found)) {
    return { kind: "list", ...common, items: found.items.map((item, index) => treeOf(/** @type {Node} */ (item), text, place, [...path, index])) };
  }
  if (isAlias(found) || !isScalar(found)) throw new TypeError("an alias is refused before");
  const lineEnd = text.indexOf("\n", end);
  const plain = found.type === undefined || found.type === "PLAIN";
  return { kind: "scalar", ...common, value: String(found.value ?? ""), plain, rest: text.slice(end, lineEnd < 0 ? undefined : lineEnd) };
}

// The keys of `mapping`, each once, with their values.
/** @type {(mapping: MapNode, rules: Rules, refusals: Refusals) => [ScalarNode, RecordNode][]} */
export function pairs(mapping, rules, refusals) {
  /** @type {Map<string, number>} */
  const lines = new Map();
  /** @type {[ScalarNode, RecordNode][]} */
  const found = [];
  for (const [key, value] of mapping.pairs) {
    if (key.kind !== "scalar" || !key.value || (key.plain && notText(key.value, rules))) refusals.refuse(key, "key.plain");
    else if (key.value.startsWith("@")) refusals.unknown(key);
    else if (lines.has(key.value)) refusals.refuse(key, "duplicate-key", { key: key.value, line: lines.get(key.value) ?? 0 });
    else {
      lines.set(key.value, key.line);
      found.push([key, value]);
    }
  }
  return found;
}

// Whether a plain YAML 1.2 reader, and the JSON-LD made of it, give this plain scalar the same value.
/** @type {(item: ScalarNode, term: Term, key: string, rules: Rules, refusals: Refusals) => boolean} */
export function faithful(item, term, key, rules, refusals) {
  const { value: text, rest } = item;
  if (rest.trimStart().startsWith("#") && (rest[0] !== "#" || !text)) {
    refusals.refuse(item, "cut", { key });
    return false;
  }
  if (!text) {
    refusals.refuse(item, "empty", { key });
    return false;
  }
  if (typed(text, term, rules) || !notText(text, rules)) return true;
  const right = term.type && meant(text, term.type, rules);
  const boolean = term.type === rules.lexical.types.boolean;
  const told = right ? written(right, term, rules) : boolean ? rules.sentences.either : `"${text}"`;
  refusals.refuse(item, "ambiguous", { key, text, right: told });
  return false;
}

// `value` as a record has to write it under the key of `term`: between quotes unless readers agree without.
/** @type {(value: string, term: Term, rules: Rules) => string} */
export const written = (value, term, rules) => (typed(value, term, rules) || !notText(value, rules) ? value : `"${value}"`);

// Whether readers that take this plain scalar for a number, a boolean or a date make the same value of it.
/** @type {(text: string, term: Term, rules: Rules) => boolean} */
export function typed(text, { type }, { yaml, lexical }) {
  if (type === lexical.types.boolean) return text === "true" || text === "false";
  if (type !== null && yaml.dates.includes(type) && expression(lexical.date, true).test(text)) return true;
  return type !== null && yaml.numeric.includes(type) && expression(yaml.exact, true).test(text);
}

// Whether some reader takes this plain scalar for a number, a boolean, a date or null.
/** @type {(text: string, rules: Rules) => boolean} */
export const notText = (text, { yaml }) => yaml.notText.some((kind) => expression(kind, true).test(text));

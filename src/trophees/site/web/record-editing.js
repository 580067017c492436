// Changes of the text of a record: what is not changed stays as it is, comments included.
/** @import { Node, Pair, Scalar, YAMLMap } from "yaml" */
/** @import { Draft, Path, Rules, Term } from "./record-types.js" */
/** @import { Context } from "./record-context.js" */
/** @import { Reading } from "./record-reading.js" */
import { isMap, isPair, isScalar, isSeq, parseDocument } from "yaml";
import { highest } from "./record-identity.js";
import { entry, entryOfList, scalar } from "./record-writing.js";
import { PLAIN } from "./record-yaml.js";

/** @type {(node: unknown) => [number, number]} */
const rangeOf = (node) => /** @type {[number, number]} */ (/** @type {Node} */ (node)?.range?.slice(0, 2) ?? [0, 0]);

// Where the content of a node ends, whatever stands after it.
/** @type {(node: unknown) => number} */
function endOf(node) {
  if ((isMap(node) || isSeq(node)) && !node.flow && node.items.length) {
    const last = /** @type {Pair | Node} */ (node.items.at(-1));
    return isPair(last) ? endOf(last.value ?? last.key) : endOf(last);
  }
  return rangeOf(node)[1];
}

export class Editing {
  /**
   * @param {string} text with line feeds alone, which can be read
   * @param {Rules} rules
   * @param {Context} context
   */
  constructor(text, rules, context) {
    this.text = text === "" || text.endsWith("\n") ? text : `${text}\n`;
    this.rules = rules;
    /** @type {{ text: string, contents: YAMLMap<Scalar<string>, Node> } | null} */
    this.parsed = null;
    this.termOf = (/** @type {string} */ key) => context.property(key);
  }

  /** @type {() => YAMLMap<Scalar<string>, Node>} */
  root() {
    if (this.parsed?.text !== this.text) {
      const contents = /** @type {YAMLMap<Scalar<string>, Node>} */ (parseDocument(this.text, PLAIN).contents);
      this.parsed = { text: this.text, contents };
    }
    return this.parsed.contents;
  }

  // What stands at `path`.
  /** @type {(path: Path) => Node | null} */
  at(path) {
    /** @type {Node | null} */
    let node = this.root();
    for (const step of path) node = isMap(node) ? (pairOf(node, step)?.value ?? null) : isSeq(node) ? /** @type {Node} */ (node.items[Number(step)] ?? null) : null;
    return node;
  }

  // How many values a key has.
  /** @type {(path: Path) => number} */
  count(path) {
    const node = this.at(path);
    return isSeq(node) ? node.items.length : node ? 1 : 0;
  }

  // Whether nothing stands beside what is at `path`.
  /** @type {(path: Path) => boolean} */
  isAlone(path) {
    const parent = this.at(path.slice(0, -1));
    return Boolean(this.at(path)) && (isMap(parent) || isSeq(parent)) && parent.items.length === 1;
  }

  // The meaning of the key that a path leads by.
  /** @type {(path: Path) => Term} */
  term(path) {
    const keys = path.filter((step) => typeof step === "string");
    const [last, before] = [keys.at(-1) ?? "", keys.at(-2) ?? ""];
    const above = before ? this.termOf(before) : null;
    return above?.byLanguage ? { ...above, type: null } : this.termOf(last);
  }

  // Make `path` say `draft`. A key that is not there yet is put after the last one there of those `before` it.
  /** @type {(path: Path, draft: Draft, before?: string[]) => void} */
  put(path, draft, before = []) {
    this.unflowed(path);
    const node = this.at(path);
    if (!node) this.insert(path, draft, before);
    else if (isScalar(node) && typeof draft === "string") {
      if (String(node.value) !== draft || !node.source) this.scalar(node, path, draft);
    } else if (isMap(node) && typeof draft === "object" && !Array.isArray(draft)) {
      for (const [key, value] of Object.entries(draft)) this.put([...path, key], value, Object.keys(draft));
      for (const { key } of node.items) if (isScalar(key) && !Object.hasOwn(draft, String(key.value))) this.remove([...path, String(key.value)]);
    } else if (isSeq(node) && Array.isArray(draft) && draft.length >= node.items.length) {
      for (const [index, item] of draft.entries()) index < node.items.length ? this.put([...path, index], item) : this.append(path, item);
    } else this.replace(path, draft);
  }

  // Write a mapping or a list in braces or brackets on the way to `path` in block style, as it is to be changed.
  /** @type {(path: Path) => void} */
  unflowed(path) {
    for (let length = 1; length <= path.length; length += 1) {
      const node = this.at(path.slice(0, length));
      if ((isMap(node) || isSeq(node)) && node.flow) this.replace(path.slice(0, length), draftOf(node));
    }
  }

  /** @type {(node: Scalar, path: Path, draft: string) => void} */
  scalar(node, path, draft) {
    const [start, end] = rangeOf(node);
    const old = this.text.slice(start, end);
    const written = scalar(draft, this.term(path), this.column(path) + 2, this.rules).join("\n");
    const before = /[\s]/.test(this.text[start - 1] ?? " ") ? "" : " ";
    const after = old.endsWith("\n") ? "\n" : this.text[end] === "#" ? " " : "";
    this.splice(start, end, before + written + after);
  }

  // The column of the keys, or of the dashes, among which a path ends.
  /** @type {(path: Path) => number} */
  column(path) {
    const parent = this.at(path.slice(0, -1));
    return this.columnOf(rangeOf(isMap(parent) ? parent.items[0]?.key : parent)[0]);
  }

  /** @type {(path: Path, draft: Draft) => void} */
  replace(path, draft) {
    const last = path.at(-1);
    const parent = this.at(path.slice(0, -1));
    if (isMap(parent) && typeof last === "string") {
      const pair = pairOf(parent, last);
      const [start] = rangeOf(pair?.key);
      const column = this.columnOf(start);
      const lines = entry(last, draft, this.term(path), column, this.rules, this.termOf);
      this.splice(start, this.lineEnd(pair), lines.join("\n"));
    } else if (isSeq(parent)) {
      const item = parent.items[Number(last)];
      const dash = this.text.lastIndexOf("-", rangeOf(item)[0] - 1);
      const lines = entryOfList(draft, this.term(path), this.columnOf(dash), this.rules, this.termOf);
      this.splice(dash, this.lineEnd(item), lines.join("\n").trimStart());
    }
  }

  // Add a key that is not there.
  /** @type {(path: Path, draft: Draft, before: string[]) => void} */
  insert(path, draft, before) {
    const parent = this.at(path.slice(0, -1));
    const key = path.at(-1);
    if (typeof key !== "string" || !isMap(parent)) return;
    const column = this.columnOf(rangeOf(parent.items[0]?.key)[0]);
    const lines = entry(key, draft, this.term(path), column, this.rules, this.termOf);
    const space = " ".repeat(column);
    const earlier = new Set(["id", "type", ...before.slice(0, before.indexOf(key))]);
    const after = parent.items.findLast(({ key: other }) => isScalar(other) && earlier.has(String(other.value)));
    if (after) return this.splice(this.lineEnd(after), this.lineEnd(after), `\n${space}${lines.join("\n")}`);
    const start = rangeOf(parent.items[0]?.key)[0];
    this.splice(start, start, `${lines.join("\n")}\n${space}`);
  }

  // Add a member to the list at `path`, or begin one.
  /** @type {(path: Path, draft: Draft, before?: string[]) => void} */
  append(path, draft, before = []) {
    this.unflowed(path);
    const list = this.at(path);
    if (!list) this.put(path, [draft], before);
    else if (!isSeq(list)) this.replace(path, [draftOf(list), draft]);
    else {
      const end = this.lineEnd(list.items.at(-1));
      const lines = entryOfList(draft, this.term(path), this.columnOf(rangeOf(list)[0]), this.rules, this.termOf);
      this.splice(end, end, `\n${lines.join("\n")}`);
    }
  }

  // Take away what stands at `path`, and the list or mapping that it leaves empty.
  /** @type {(path: Path) => void} */
  remove(path) {
    this.unflowed(path.slice(0, -1));
    const parent = this.at(path.slice(0, -1));
    const last = path.at(-1);
    if (path.length > 1 && (isMap(parent) || isSeq(parent)) && parent.items.length === 1) return this.remove(path.slice(0, -1));
    if (isMap(parent)) {
      const pair = typeof last === "string" ? pairOf(parent, last) : parent.items[Number(last)];
      const next = parent.items[parent.items.indexOf(/** @type {Pair} */ (pair)) + 1];
      const start = rangeOf(pair?.key)[0];
      const line = this.text.lastIndexOf("\n", start - 1) + 1;
      // the first key of a member of a list stands after its dash: the next one takes its place
      if (this.text.slice(line, start).trim() && next) this.splice(start, rangeOf(next.key)[0], "");
      else this.splice(line, this.lineEnd(pair) + 1, "");
    } else if (isSeq(parent)) {
      const item = parent.items[Number(last)];
      const dash = this.text.lastIndexOf("-", rangeOf(item)[0] - 1);
      this.splice(this.text.lastIndexOf("\n", dash) + 1, this.lineEnd(item) + 1, "");
    }
  }

  // The end of the line on which something ends.
  /** @type {(thing: unknown) => number} */
  lineEnd(thing) {
    const end = isPair(thing) ? endOf(thing.value ?? thing.key) : endOf(thing);
    const at = this.text[end - 1] === "\n" ? end - 1 : this.text.indexOf("\n", end);
    return at < 0 ? this.text.length : at;
  }

  /** @type {(position: number) => number} */
  columnOf(position) {
    return position - this.text.lastIndexOf("\n", position - 1) - 1;
  }

  /** @type {(start: number, end: number, written: string) => void} */
  splice(start, end, written) {
    this.text = this.text.slice(0, start) + written + this.text.slice(end);
  }
}

/** @type {(map: YAMLMap, step: string | number) => Pair<Scalar, Node> | undefined} */
const pairOf = (map, step) => /** @type {Pair<Scalar, Node> | undefined} */ (map.items.find(({ key }) => isScalar(key) && String(key.value) === step));

// What a node says, to be written anew.
/** @type {(node: unknown) => Draft} */
export function draftOf(node) {
  if (isMap(node)) return Object.fromEntries(node.items.map(({ key, value }) => [String(isScalar(key) ? key.value : ""), draftOf(value)]));
  if (isSeq(node)) return node.items.map(draftOf);
  return String(isScalar(node) ? (node.value ?? "") : "");
}

// The text of the record of `reading` with an `id` for each node that lacks one, as `trophees check --fix` writes it:
// no name that the record or `published` has is given. `published` are the greatest numbers that follow a beginning.
/** @type {(text: string, reading: Reading, published: Map<string, bigint>) => string} */
export function fixed(text, reading, published) {
  const { identities, context } = reading;
  const taken = new Map(published);
  /** @type {(iris: Iterable<string>) => void} */
  const take = (iris) => {
    for (const [start, number] of highest(iris)) if (number > (taken.get(start) ?? 0n)) taken.set(start, number);
  };
  take(identities.named.keys());
  /** @type {Map<string, string>} */
  const renamed = new Map();
  for (const { iri } of identities.unnamed) {
    const parent = [...renamed.keys()].reverse().find((other) => iri.startsWith(`${other}-`));
    const start = (parent ? renamed.get(parent) + iri.slice(parent.length) : iri).replace(/[0-9]+$/, "");
    const name = `${start}${(taken.get(start) ?? 0n) + 1n}`;
    take([name]);
    renamed.set(iri, name);
  }
  const lines = text.split("\n");
  const places = identities.unnamed.map(({ iri, node }) => ({ iri, line: node.line, column: node.column }));
  for (const { iri, line, column } of places.sort((a, b) => b.line - a.line || b.column - a.column)) {
    const signs = [...lines[line - 1]];
    const [before, after] = [signs.slice(0, column - 1).join(""), signs.slice(column - 1).join("")];
    const id = `id: ${context.compact(renamed.get(iri) ?? iri)}`;
    const rest = after.slice(1).replace(/^ +/, "");
    const inside = after.startsWith("{") ? `{${id}${rest.startsWith("}") ? "" : ", "}${rest}` : `${id}\n${" ".repeat(column - 1)}${after}`;
    lines[line - 1] = before + inside;
  }
  return lines.join("\n");
}

// The expressions of a query (SPARQL 1.1, rules 107 to 128), as `trophees/ask/explain/expressions.py` reads them.
import { words } from "./query-nearest.js";
import { Beyond, Mistake, Reader } from "./query-tokens.js";
/** @import { Expression, Group, Leaf } from "./query-types.js" */

export const AGGREGATES = new Set(["COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"]);
/** @type {[least: number, most: number, names: string][]} */
const BY_COUNT = [
  [0, 0, "RAND NOW UUID STRUUID"],
  [0, 1, "BNODE"],
  [1, 1, "STR LANG DATATYPE BOUND IRI URI ABS CEIL FLOOR ROUND STRLEN UCASE LCASE ENCODE_FOR_URI YEAR MONTH DAY HOURS MINUTES SECONDS TIMEZONE TZ MD5 SHA1 SHA256 SHA384 SHA512 ISIRI ISURI ISBLANK ISLITERAL ISNUMERIC LANGDIR HASLANG HASLANGDIR SUBJECT PREDICATE OBJECT ISTRIPLE"],
  [2, 2, "LANGMATCHES CONTAINS STRSTARTS STRENDS STRBEFORE STRAFTER STRLANG STRDT SAMETERM ADJUST"],
  [2, 3, "REGEX SUBSTR"],
  [3, 3, "IF STRLANGDIR TRIPLE"],
  [3, 4, "REPLACE"],
  [0, 99, "CONCAT COALESCE"],
];
/** @type {Map<string, [number, number]>} */
const COUNTS = new Map(BY_COUNT.flatMap(([least, most, names]) => names.split(" ").map((name) => [name, [least, most]])));
export const CALLED = new Set([...COUNTS.keys(), ...AGGREGATES]);
const TOLERANT = new Set(["BOUND", "COALESCE", "IF"]);
const DEEPEST = 60;

export class Expressions extends Reader {
  /** @type {Leaf[]} */
  leaves = [];
  /** @type {Group[]} */
  groups = [];
  /** @type {Set<string>} */
  tolerant = new Set();
  aggregate = false;
  depth = 0;

  /** @returns {Group} */
  group() {
    throw new Beyond();
  }

  /** @param {number} by */
  deeper(by) {
    this.depth += by;
    if (this.depth > DEEPEST) throw new Beyond();
  }

  // What follows FILTER or HAVING: an expression in brackets, or a call.
  /** @returns {Expression} */
  constraint() {
    if (!["word", "name", "iri"].includes(this.next.kind) || ["true", "false"].includes(this.next.text)) return this.bracketed();
    if (this.isIri() && this.tokens[this.at + 1].text !== "(") {
      this.iri();
      this.expect("(");
    }
    return this.whole(() => this.primary());
  }

  /** @returns {Expression} */
  bracketed() {
    this.expect("(");
    const found = this.expression();
    this.expect(")");
    return found;
  }

  /** @returns {Expression} */
  expression() {
    /** @type {Expression[]} */
    let parts = [];
    const found = this.whole(() => {
      this.#and(parts);
      while (this.sign("||")) {
        this.#and([]);
        parts = [];
      }
    });
    return { ...found, parts: parts.length > 1 ? parts : [] };
  }

  // What `read` reads, with what stands in it.
  /** @param {() => void} read @returns {Expression} */
  whole(read) {
    const { leaves, groups, tolerant, aggregate } = this;
    Object.assign(this, { leaves: [], groups: [], tolerant: new Set(), aggregate: false });
    this.deeper(1);
    const { start } = this.next;
    read();
    this.deeper(-1);
    /** @type {Expression} */
    const found = { start, end: this.tokens[this.at - 1].end, leaves: this.leaves, groups: this.groups, parts: [], tolerant: this.tolerant, aggregate: this.aggregate };
    this.leaves = [...leaves, ...found.leaves];
    this.groups = [...groups, ...found.groups];
    this.tolerant = new Set([...tolerant, ...found.tolerant]);
    this.aggregate = aggregate || found.aggregate;
    return found;
  }

  /** @param {Expression[]} parts */
  #and(parts) {
    do parts.push(this.whole(() => this.#relation()));
    while (this.sign("&&"));
  }

  #relation() {
    this.#sum();
    if (this.sign("=", "!=", "<", ">", "<=", ">=")) this.#sum();
    else if (this.isWord("IN", "NOT")) {
      if (this.word("NOT") && !this.isWord("IN")) this.fail();
      this.advance();
      this.expect("(");
      if (this.sign(")")) return;
      do this.expression();
      while (this.sign(","));
      this.expect(")");
    }
  }

  #sum() {
    do this.#product();
    while (this.sign("+", "-"));
  }

  #product() {
    do {
      while (this.sign("!"));
      this.sign("+", "-");
      this.primary();
    } while (this.sign("*", "/"));
  }

  primary() {
    if (this.sign("(")) {
      this.expression();
      this.expect(")");
      return;
    }
    const leaf = this.variable() ?? this.literal();
    if (leaf) this.leaves.push(leaf);
    else if (this.isIri()) {
      const found = this.iri();
      const call = this.next.text === "(";
      this.leaves.push({ ...found, call });
      if (call) {
        this.calls.push(found);
        this.#values();
      }
    } else if (this.isWord("EXISTS", "NOT")) {
      if (this.word("NOT") && !this.isWord("EXISTS")) this.fail();
      this.advance();
      const { leaves, groups, tolerant, aggregate } = this;
      Object.assign(this, { leaves: [], groups: [], tolerant: new Set(), aggregate: false });
      groups.push(this.group()); // what stands in its own expressions is theirs
      Object.assign(this, { leaves, groups, tolerant, aggregate });
    } else if (this.next.kind === "word") this.#call();
    else this.fail();
  }

  #call() {
    const name = this.next.text.toUpperCase();
    if (!CALLED.has(name)) {
      if (this.tokens[this.at + 1].text !== "(") {
        this.tried.push("EXISTS", "NOT");
        this.fail();
      }
      throw new Mistake("function", this.next.start, words(name, CALLED), { word: this.next.text });
    }
    const { start } = this.advance();
    if (AGGREGATES.has(name)) return this.#aggregated(name);
    const first = this.leaves.length;
    const [least, most] = COUNTS.get(name) ?? [0, 99];
    const found = name === "BOUND" ? this.#bound() : this.#values();
    if (found < least || found > most) throw new Mistake("arguments", start, [], { word: name, found, wanted: least === most ? least : `${least}–${most}` });
    if (!TOLERANT.has(name)) return;
    this.tolerant.add("");
    for (const { term } of this.leaves.slice(first)) if (term.type === "var") this.tolerant.add(term.value);
  }

  /** @param {string} name */
  #aggregated(name) {
    this.expect("(");
    this.word("DISTINCT");
    if (!(name === "COUNT" && this.sign("*"))) this.expression();
    if (name === "GROUP_CONCAT" && this.sign(";")) {
      if (!this.word("SEPARATOR")) this.fail();
      this.expect("=");
      if (this.next.kind !== "string") this.fail();
      this.advance();
    }
    this.expect(")");
    this.aggregate = true;
  }

  #bound() {
    this.expect("(");
    this.leaves.push(this.variable() ?? this.fail());
    this.expect(")");
    return 1;
  }

  // How many values a call has.
  #values() {
    this.expect("(");
    this.word("DISTINCT");
    if (this.sign(")")) return 0;
    let count = 0;
    do {
      this.expression();
      count += 1;
    } while (this.sign(","));
    this.expect(")");
    return count;
  }
}

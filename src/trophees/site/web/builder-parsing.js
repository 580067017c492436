// What a query of the kind that the builder writes says, whatever its spaces, comments and prefixes: triples, simple
// filters, OPTIONAL, MINUS, VALUES. Anything else is named with its place.
import { Mistake, Reader } from "./query-tokens.js";
/** @import { BuiltFilter, BuiltItem, BuiltQuery, How } from "./builder-types.js" */
/** @import { Leaf, QueryTerm } from "./query-types.js" */
/** @import { Prefixes } from "./types.js" */

const TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
const BROADER = "http://www.w3.org/2004/02/skos/core#broader";
const XSD = "http://www.w3.org/2001/XMLSchema#";
/** @type {Record<string, BuiltFilter["test"]>} */
const TURNED = { "=": "=", "<": ">", "<=": ">=", ">": "<", ">=": "<=" };

// A query, or a part of one, that the builder does not show.
export class Unshown extends Error {
  /** @param {number} at where it is */
  constructor(at) {
    super("unshown");
    this.at = at;
  }
}

class Parsing extends Reader {
  #fresh = 0;

  /** @param {string} text @param {Prefixes} prefixes @param {(iri: string) => string} written */
  constructor(text, prefixes, written) {
    super(text, prefixes);
    this.written = written;
  }

  /** @returns {never} */
  unshown(at = this.next.start) {
    throw new Unshown(at);
  }

  /** @param {string} sign */
  must(sign) {
    if (!this.sign(sign)) this.unshown();
  }

  /** @param {string} word */
  mustWord(word) {
    if (!this.word(word)) this.unshown();
  }

  /** @returns {string} */
  named() {
    const found = this.variable();
    return found ? `?${found.term.value}` : this.unshown();
  }

  // A term as the builder has it.
  /** @param {Leaf} leaf @returns {string} */
  shape({ term }) {
    return termOf(term, this.written);
  }

  /** @returns {string} */
  term() {
    if (this.next.kind === "var") return this.named();
    const leaf = this.literal() ?? (this.isIri() ? this.iri() : null);
    return leaf ? this.shape(leaf) : this.unshown();
  }

  query() {
    while (this.word("PREFIX")) {
      const name = this.advance();
      const iri = this.next.kind === "iri" ? this.absolute(this.advance()) : this.unshown();
      if (!name.text.endsWith(":")) this.unshown(name.start);
      this.prefixes[name.text.slice(0, -1)] = iri;
    }
    this.mustWord("SELECT");
    /** @type {BuiltQuery} */
    const found = { distinct: Boolean(this.word("DISTINCT")), shown: [], counted: null, items: [], grouped: [], order: [], limit: null };
    while (this.next.kind === "var" || this.next.text === "(") {
      const at = this.next.start;
      if (found.counted) this.unshown();
      if (this.sign("(")) found.counted = this.#counted();
      else found.shown.push({ variable: this.named(), at });
    }
    if (!found.shown.length && !found.counted) this.unshown();
    this.word("WHERE");
    found.items = this.group();
    if (this.word("GROUP")) {
      this.mustWord("BY");
      while (this.next.kind === "var") found.grouped.push(this.named());
    }
    if (this.word("ORDER")) {
      this.mustWord("BY");
      while (this.next.kind === "var" || this.isWord("ASC", "DESC")) {
        const at = this.next.start;
        const word = this.word("ASC", "DESC")?.text.toUpperCase();
        if (word) this.must("(");
        found.order.push({ variable: this.named(), desc: word === "DESC", at });
        if (word) this.must(")");
      }
    }
    if (this.word("LIMIT")) found.limit = this.next.kind === "number" && /^\d+$/.test(this.next.text) ? Number(this.advance().text) : this.unshown();
    return this.next.kind === "end" ? found : this.unshown();
  }

  #counted() {
    this.mustWord("COUNT");
    this.must("(");
    this.mustWord("DISTINCT");
    const variable = this.named();
    this.must(")");
    this.mustWord("AS");
    const as = this.named();
    this.must(")");
    return { variable, as };
  }

  group() {
    /** @type {BuiltItem[]} */
    const items = [];
    this.must("{");
    while (!this.sign("}")) {
      const at = this.next.start;
      if (this.sign(".")) continue;
      if (this.word("FILTER")) this.#filter(items);
      else if (this.word("OPTIONAL")) items.push({ kind: "optional", at, items: this.group() });
      else if (this.word("MINUS")) items.push({ kind: "minus", at, items: this.group() });
      else if (this.word("VALUES")) {
        const variable = this.named();
        /** @type {string[]} */
        const terms = [];
        this.must("{");
        while (!this.sign("}")) terms.push(this.term());
        items.push({ kind: "values", at, variable, terms });
      } else this.#triples(items);
    }
    return items;
  }

  /** @param {BuiltItem[]} items */
  #triples(items) {
    const subject = this.term();
    do {
      if ([".", "}"].includes(this.next.text)) break;
      const at = this.next.start;
      const steps = this.#path();
      do this.#along(subject, steps, this.term(), at, items);
      while (this.sign(","));
    } while (this.sign(";"));
  }

  // A path: properties one after the other, each maybe turned round, or any number of steps to what is broader.
  #path() {
    const steps = [];
    do {
      const at = this.next.start;
      const inverse = Boolean(this.sign("^"));
      const isA = this.next.kind === "word" && this.next.text === "a";
      const iri = isA ? TYPE : this.isIri() ? this.iri().term.value : this.unshown();
      if (isA) this.advance();
      const star = Boolean(this.sign("*"));
      if (star && (iri !== BROADER || inverse)) this.unshown(at);
      steps.push({ property: iri === TYPE ? "a" : this.written(iri), inverse, star });
    } while (this.sign("/"));
    if (["|", "+", "?"].includes(this.next.text)) this.unshown();
    return steps;
  }

  /** @param {string} subject @param {{ property: string, inverse: boolean, star: boolean }[]} steps @param {string} object @param {number} at @param {BuiltItem[]} items */
  #along(subject, steps, object, at, items) {
    let from = subject;
    for (let number = 0; number < steps.length; number += 1) {
      const { property, inverse, star } = steps[number];
      const wide = !inverse && !star && Boolean(steps[number + 1]?.star);
      if (wide) number += 1;
      this.#fresh += 1;
      const to = number === steps.length - 1 ? object : `?_${this.#fresh}`;
      const [one, other] = inverse ? [to, from] : [from, to];
      items.push({ kind: "triple", at, subject: one, property: star ? "skos:broader*" : property, wide, object: other });
      from = to;
    }
  }

  /** @param {BuiltItem[]} items */
  #filter(items) {
    this.must("(");
    do {
      const inner = Boolean(this.sign("("));
      items.push(this.#test());
      if (inner) this.must(")");
    } while (this.sign("&&"));
    this.must(")");
  }

  /** @returns {BuiltFilter} */
  #test() {
    const at = this.next.start;
    if (this.word("LANG")) {
      this.must("(");
      const variable = this.named();
      this.must(")");
      this.must("=");
      return { kind: "filter", at, variable, test: "lang", value: this.#text() };
    }
    const word = this.word("CONTAINS", "STRSTARTS")?.text.toUpperCase();
    if (word) {
      this.must("(");
      this.mustWord("LCASE");
      this.must("(");
      const cast = this.word("STR");
      if (cast) this.must("(");
      const variable = this.named();
      if (cast) this.must(")");
      this.must(")");
      this.must(",");
      const value = this.#text();
      this.must(")");
      return { kind: "filter", at, variable, test: word === "CONTAINS" ? "contains" : "begins", value };
    }
    const turned = this.next.kind !== "var";
    const one = this.term();
    const sign = this.sign("=", "<=", ">=", "<", ">")?.text ?? this.unshown();
    const other = this.term();
    const [variable, value] = turned ? [other, one] : [one, other];
    if (!variable.startsWith("?") || value.startsWith("?")) this.unshown(at);
    return { kind: "filter", at, variable, test: turned ? TURNED[sign] : /** @type {BuiltFilter["test"]} */ (sign), value };
  }

  #text() {
    const leaf = this.literal();
    return leaf?.term.type === "literal" && !leaf.term.language ? leaf.term.value : this.unshown();
  }
}

// A term as the builder has it: a compact name, a bare number or truth value, else as SPARQL has it.
/** @type {(term: QueryTerm, written: (iri: string) => string) => string} */
function termOf(term, written) {
  if (term.type === "iri") return written(term.value);
  if (term.type === "var") return `?${term.value}`;
  const { value, datatype, language } = term;
  if ([`${XSD}integer`, `${XSD}decimal`, `${XSD}boolean`].includes(datatype)) return value;
  const text = JSON.stringify(value);
  if (language) return `${text}@${language}`;
  return datatype === `${XSD}string` ? text : `${text}^^xsd:${datatype.slice(XSD.length)}`;
}

// A condition on a value that is no thing.
/** @type {(tests: BuiltFilter[], sort: string, at: number) => { how: How, values: string[] }} */
export function compared(tests, sort, at) {
  const plain = (/** @type {BuiltFilter} */ { test, value }) => {
    if (["contains", "begins"].includes(test)) return value;
    const [, text = ""] = /^"(.*?)"(?:\^\^xsd:(?:date|gYear))?$/.exec(value) ?? [];
    if (sort === "number") return /^[+-]?[0-9.]+$/.test(value) ? value : "";
    if (sort === "date") return value.endsWith("xsd:date") ? text : "";
    if (sort === "year") return value.endsWith("xsd:gYear") ? text : "";
    return value.startsWith('"') && value.endsWith('"') ? JSON.parse(value) : "";
  };
  if (!tests.length) return { how: "any", values: [] };
  const values = tests.map(plain);
  if (values.includes("")) throw new Unshown(at);
  if (tests.length === 1) return { how: /** @type {How} */ (tests[0].test), values };
  const low = tests.findIndex(({ test }) => test === ">=");
  const high = tests.findIndex(({ test }) => test === "<=");
  if (tests.length !== 2 || low < 0 || high < 0) throw new Unshown(tests[1].at);
  return { how: "between", values: [values[low], values[high]] };
}

// Unshown if it is no such query, or no SPARQL, with the place.
/** @type {(text: string, prefixes: Prefixes, written: (iri: string) => string) => BuiltQuery} */
export function parsed(text, prefixes, written) {
  try {
    return new Parsing(text, prefixes, written).query();
  } catch (error) {
    if (error instanceof Unshown) throw error;
    throw new Unshown(error instanceof Mistake ? error.at : 0); // Beyond has no place
  }
}

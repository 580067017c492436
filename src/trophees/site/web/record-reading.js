// YAML-LD to statements, each with its place, as `trophees/source/yaml_ld.py` has it.
/** @import { MapNode, RecordNode, Rules, ScalarNode, Statement, Term, Value } from "./record-types.js" */
import { Context, isIri, termOf } from "./record-context.js";
import { Identities } from "./record-identity.js";
import { isDay, meant, spelling } from "./record-lexical.js";
import { nearest } from "./record-nearest.js";
import { Refusals } from "./record-refusals.js";
import { brief, didYouMean } from "./record-sentences.js";
import { flawOfValue, loose } from "./record-text.js";
import { faithful, notText, pairs, rootOf, written } from "./record-yaml.js";

export const TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
const OTHER_NAME = "http://www.w3.org/2004/02/skos/core#altLabel";

/** @type {(iri: string) => Value} */
export const named = (iri) => ({ iri, value: iri, language: "", datatype: "", term: `<${iri}>` });

/** @type {(value: string, language?: string, datatype?: string) => Value} */
function literal(value, language = "", datatype = "") {
  const kind = language ? `@${language}` : datatype ? `^^<${datatype}>` : "";
  return { iri: "", value, language, datatype, term: `"${value}"${kind}` };
}

export const REFUSED = literal("…");

// The record in `data`, the content of the file at `path` (relative to the folder of records).
export class Reading {
  /**
   * @param {Uint8Array} data
   * @param {string} path
   * @param {Rules} rules
   */
  constructor(data, path, rules) {
    this.rules = rules;
    this.iri = rules.base + path.replace(/\.yaml$/, "");
    this.context = new Context(rules);
    this.refusals = new Refusals(rules, this.context);
    this.identities = new Identities(this.iri, rules, this.context, this.refusals);
    /** @type {Statement[]} */
    this.statements = [];
    this.root = rootOf(data, rules, this.refusals);
    if (this.root) {
      this.identities.root(this.root);
      this.node(this.root, this.iri);
    }
  }

  /** @type {(mapping: MapNode, subject: string) => void} */
  node(mapping, subject) {
    const { nodes } = this.identities;
    if (!nodes.has(subject)) nodes.set(subject, mapping);
    const keys = new Set();
    for (const [key, value] of pairs(mapping, this.rules, this.refusals)) {
      keys.add(key.value);
      const alias = this.context.aliases.get(key.value);
      if (alias === "@id") continue;
      if (alias === "@type") for (const item of items(value)) this.add(subject, TYPE, this.type(item), item);
      else this.entry(subject, key, value);
    }
    if (!keys.has("type") && !subject.includes("#")) this.refusals.refuse({ ...mapping, path: [...mapping.path, "type"] }, "type");
  }

  // The class that `item` names, one of the context's.
  /** @type {(item: RecordNode) => Value | null} */
  type(item) {
    const found = this.reference(item, "type", true);
    if (!found || this.context.classes.has(found.iri)) return found;
    const { value } = /** @type {ScalarNode} */ (item);
    const classes = [...this.context.terms].filter(([, { iri }]) => this.context.classes.has(iri)).map(([name]) => name);
    this.refusals.refuse(item, "type.unknown", { value, near: didYouMean(nearest(value, classes), this.rules) });
    return null;
  }

  /** @type {(subject: string, key: ScalarNode, value: RecordNode) => void} */
  entry(subject, key, value) {
    const known = this.context.terms.has(key.value);
    const term = this.context.property(key.value);
    if (!isIri(term.iri)) return this.refusals.unknown(key);
    const name = known ? null : this.context.termFor(term.iri);
    if (name) return this.refusals.unknown(key, name);
    if (term.byLanguage && (value.kind === "map" || !term.language)) return this.byLanguage(subject, key, value, term);
    const found = items(value);
    const nested = term.type === "@id" || term.reverse || !known;
    const children = nested ? this.identities.children(found, subject, term) : found.map(() => null);
    found.forEach((item, index) => {
      const child = children[index];
      if (item.kind === "map" && nested) {
        if (child === null) this.add(subject, term.iri, null, item);
        else {
          if (term.reverse) this.add(child, term.iri, named(subject), item);
          else this.add(subject, term.iri, named(child), item);
          this.node(item, child);
        }
      } else if (term.reverse) this.refusals.refuse(item, "entry", { key: key.value });
      else if (!known && item.kind === "scalar" && item.plain && notText(item.value, this.rules)) {
        this.refusals.unknown(key);
        this.add(subject, term.iri, null, item);
      } else this.add(subject, term.iri, this.value(item, term, key.value), item);
    });
  }

  // A text in several languages, that of a text which names none among them.
  /** @type {(subject: string, key: ScalarNode, value: RecordNode, term: Term) => void} */
  byLanguage(subject, { value: key }, value, { iri, language: own }) {
    if (value.kind !== "map") {
      this.refusals.refuse(value, "language-map", { key });
      this.add(subject, iri, null, value);
      return;
    }
    // a text is told in both languages, but no other name is the translation of another
    const told = iri !== OTHER_NAME;
    if (own && told && !value.pairs.some(([language]) => language.kind === "scalar" && language.value === own)) {
      this.refusals.refuse({ ...value, path: [...value.path, own] }, "language-map.own", { key, language: own });
    }
    for (const [language, text] of pairs(value, this.rules, this.refusals)) {
      if (!["fr", "en"].includes(language.value)) {
        this.refusals.refuse({ ...language, path: value.path }, "language", { key, language: language.value });
        continue;
      }
      for (const item of items(text)) this.add(subject, iri, this.value(item, termOf(iri, { language: language.value }), key), item);
    }
  }

  /** @type {(item: RecordNode, term: Term, key: string) => Value | null} */
  value(item, term, key) {
    if (item.kind !== "scalar") {
      this.refusals.refuse(item, "value", { key });
      return null;
    }
    if (item.plain && !faithful(item, term, key, this.rules, this.refusals)) return null;
    const flaw = flawOfValue(item.value, this.rules);
    if (flaw) {
      this.refusals.flaw(item, flaw, key);
      return null;
    }
    if (term.type === "@id" || term.type === "@vocab") return this.reference(item, key, term.type === "@vocab");
    if (term.type) return this.typed(item, term, term.type, key);
    if (!item.value.trim()) {
      this.refusals.refuse(item, "empty", { key });
      return null;
    }
    const space = loose(item.value, this.rules);
    if (space) {
      this.refusals.flaw(item, space, key);
      return null;
    }
    return literal(item.value, term.language ?? "");
  }

  // A value of `datatype` in the one spelling that it has.
  /** @type {(item: ScalarNode, term: Term, datatype: string, key: string) => Value | null} */
  typed(item, term, datatype, key) {
    const { value: text } = item;
    if (spelling(text, datatype, this.rules) === text) return literal(text, "", datatype);
    const { types } = this.rules.lexical;
    const value = brief(text);
    const right = meant(text, datatype, this.rules);
    const dated = datatype === types.date || datatype === types.EDTF;
    if (right !== null) this.refusals.refuse(item, "lexical.written", { key, value, right: written(right, term, this.rules) });
    else if (dated && isDay(text, this.rules)) this.refusals.refuse(item, "lexical.calendar", { key, value });
    else this.refusals.refuse(item, `lexical.${datatype.replace(/^.*[#/]/, "")}`, { key, value });
    return null;
  }

  /** @type {(item: RecordNode, key: string, vocab: boolean) => Value | null} */
  reference(item, key, vocab) {
    if (item.kind === "scalar" && !item.value.startsWith("@") && (vocab || item.value.includes(":"))) {
      const iri = this.context.expand(item.value, vocab);
      if (/^https?:\/\//.test(iri) && isIri(iri)) return named(iri);
    }
    const value = item.kind === "scalar" ? item.value : "…";
    const colon = value.indexOf(":");
    const names = vocab ? this.context.terms.keys() : [...this.context.prefixes.keys()].map((prefix) => `${prefix}:${value.slice(colon + 1)}`);
    const near = didYouMean(vocab || colon >= 0 ? nearest(value, names) : null, this.rules);
    this.refusals.refuse(item, vocab ? "reference.word" : "reference", { key, value, near });
    return null;
  }

  // State `value`; for a refused one, REFUSED, so that its key does not count as missing.
  /** @type {(subject: string, predicate: string, value: Value | null, node: RecordNode) => void} */
  add(subject, predicate, value, node) {
    this.statements.push({ subject, predicate, object: value ?? REFUSED, node });
  }
}

// The members of a list, or the value itself.
/** @type {(value: RecordNode) => RecordNode[]} */
const items = (value) => (value.kind === "list" ? value.items : [value]);

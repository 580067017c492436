// The JSON-LD context: French keys to IRIs, and back, as `trophees/base/context.py` has it.
/** @import { Rules, Term } from "./record-types.js" */

/** @type {(iri: string, kind?: Partial<Term>) => Term} */
export const termOf = (iri, kind = {}) => ({ iri, type: null, language: null, byLanguage: false, reverse: false, ...kind });

const CLASS = /[#/][A-Z][\p{L}\p{N}_]*$/u;

export class Context {
  /** @param {Rules} rules */
  constructor({ context: whole, base }) {
    this.base = base;
    /** @type {string} */
    this.vocabulary = whole["@vocab"];
    /** @type {Record<string, any>[]} */
    const own = [];
    /** @type {[string, any][]} */
    const entries = [];
    for (const [key, value] of Object.entries(whole)) {
      if (key.startsWith("@")) continue;
      const scoped = typeof value === "object" && "@context" in value;
      if (scoped) own.push(value["@context"]);
      entries.push([key, scoped ? value["@id"] : value]);
    }
    const named = new Map(entries.filter(([, value]) => typeof value === "string" && /[/#]$/.test(value)));
    /** @type {Map<string, string>} */
    this.prefixes = new Map([...named].map(([key, value]) => [key, absolute(value, named)]));
    /** @type {Map<string, string>} */
    this.aliases = new Map(entries.filter(([, value]) => value === "@id" || value === "@type"));
    const others = entries.filter(([key]) => !this.aliases.has(key));
    /** @type {Map<string, Term>} */
    this.terms = new Map(others.map(([key, value]) => [key, this.term(value)]));
    /** @type {Map<string, Term>} */
    this.scoped = new Map(own.flatMap((context) => Object.entries(context).map(([key, value]) => [key, this.term(value)])));
    this.keys = [...this.aliases.keys(), ...others.filter(([, value]) => typeof value === "object").map(([key]) => key), ...this.scoped.keys()];
    this.classes = new Set([...this.terms.values()].map(({ iri }) => iri).filter((iri) => CLASS.test(iri)));
    /** @type {Map<string, string>} */
    this.names = new Map([...this.terms].filter(([key]) => !this.prefixes.has(key)).reverse().map(([key, { iri }]) => [iri, key]));
  }

  /** @type {(value: any) => Term} */
  term(value) {
    if (typeof value === "string") return termOf(this.absolute(value));
    if ("@reverse" in value) return termOf(this.absolute(value["@reverse"]), { reverse: true });
    const kind = value["@type"] ?? null;
    return termOf(this.absolute(value["@id"]), {
      type: kind === null || kind.startsWith("@") ? kind : this.absolute(kind),
      language: value["@language"] ?? null,
      byLanguage: value["@container"] === "@language",
    });
  }

  /** @type {(text: string) => string} */
  absolute(text) {
    return absolute(text, this.prefixes);
  }

  // The term of `key`; an unknown key falls under `@vocab`, so that a closed shape can refuse it.
  /** @type {(key: string) => Term} */
  property(key) {
    return this.scoped.get(key) ?? this.terms.get(key) ?? termOf(this.expand(key));
  }

  // `text` as an absolute IRI.
  /** @type {(text: string, vocab?: boolean) => string} */
  expand(text, vocab = true) {
    const term = vocab && this.terms.get(text);
    if (term) return term.iri;
    const found = this.absolute(text);
    return found !== text || text.includes(":") ? found : (vocab ? this.vocabulary : this.base) + text;
  }

  /** @type {(iri: string) => string | null} */
  termFor(iri) {
    return this.names.get(iri) ?? [...this.scoped].find(([, term]) => term.iri === iri)?.[0] ?? null;
  }

  // The shortest way to write `iri`: a term (with `vocab`), a compact IRI, or the IRI itself.
  /** @type {(iri: string, vocab?: boolean) => string} */
  compact(iri, vocab = false) {
    const name = vocab && this.names.get(iri);
    if (name) return name;
    let best = iri;
    for (const [prefix, namespace] of this.prefixes) {
      const rest = iri.slice(namespace.length);
      if (!iri.startsWith(namespace) || !rest || rest.startsWith("//")) continue;
      if (prefix.length + 1 + rest.length < best.length) best = `${prefix}:${rest}`;
    }
    return best;
  }
}

/** @type {(text: string, prefixes: Map<string, string>) => string} */
function absolute(text, prefixes) {
  const colon = text.indexOf(":");
  const namespace = colon < 0 ? undefined : prefixes.get(text.slice(0, colon));
  const rest = text.slice(colon + 1);
  return namespace === undefined || rest.startsWith("//") ? text : absolute(namespace, prefixes) + rest;
}

// Whether the engine would take `text` for an IRI (RFC 3987), which has a scheme and no character that it forbids.
/** @type {(text: string) => boolean} */
export const isIri = (text) =>
  /^[A-Za-z][A-Za-z0-9+.-]*:[^\p{Cc} <>"{}|\\^`]*$/u.test(text) &&
  !/%(?![0-9A-Fa-f]{2})/.test(text) &&
  !/#.*#/.test(text) &&
  !/[[\]]/.test(text.replace(/^[^/]*:\/\/\[[0-9A-Fa-f:.]+\]/, ""));

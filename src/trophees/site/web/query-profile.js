// What the graph has, asked of the graph itself and never twice, as `trophees/ask/explain/profile.py` asks it.
import { escaped } from "./query-names.js";
import { OFFERED, distance, nearest } from "./query-nearest.js";
/** @import { Known, QueryTerm } from "./query-types.js" */
/** @import { Prefixes } from "./types.js" */

export const XSD = "http://www.w3.org/2001/XMLSchema#";
const RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
const RDFS = "http://www.w3.org/2000/01/rdf-schema#";
const OWL = "http://www.w3.org/2002/07/owl#";
export const TYPE = `${RDF}type`;
export const LANG_STRING = `${RDF}langString`;
const MOST = 50000;
const PROPERTIES = [`${OWL}ObjectProperty`, `${OWL}DatatypeProperty`, `${OWL}AnnotationProperty`, `${RDF}Property`].map((iri) => `<${iri}>`).join(" ");
const CLASSES = `<${OWL}Class> <${RDFS}Class>`;
const DATATYPES =
  "string boolean decimal integer double float date time dateTime dateTimeStamp gYear gMonth gDay gYearMonth gMonthDay duration yearMonthDuration dayTimeDuration byte short int long unsignedByte unsignedShort unsignedInt unsignedLong positiveInteger nonNegativeInteger negativeInteger nonPositiveInteger hexBinary base64Binary anyURI language normalizedString token NMTOKEN Name NCName".split(" ");
export const CASTS = "string boolean integer decimal float double date dateTime time".split(" "); // of XML Schema

// There is no more time to ask.
export class TooLong extends Error {}

export const compare = (/** @type {string} */ a, /** @type {string} */ b) => (a < b ? -1 : a > b ? 1 : 0);

/** @type {Record<string, string>} */
const ESCAPES = { "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f" };
const code = (/** @type {string} */ c) => `\\u${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;

// A text as N-Triples have it.
/** @type {(text: string) => string} */
export const quoted = (text) => `"${text.replace(/[\\"]|\p{Cc}/gu, (c) => ESCAPES[c] ?? (c < " " || c === "\x7f" ? code(c) : c))}"`;

// A term as N-Triples have it, a variable as SPARQL does.
/** @type {(term: QueryTerm) => string} */
export function n3(term) {
  if (term.type === "iri") return `<${term.value}>`;
  if (term.type === "var") return `?${term.value}`;
  if (term.language) return `${quoted(term.value)}@${term.language}`;
  return term.datatype === `${XSD}string` ? quoted(term.value) : `${quoted(term.value)}^^<${term.datatype}>`;
}

// A number or a truth value as SPARQL takes it without quotes; empty if it is none.
/** @type {(value: string, datatype: string) => string} */
function plain(value, datatype) {
  switch (datatype.startsWith(XSD) ? datatype.slice(XSD.length) : "") {
    case "boolean":
      return ["true", "false"].includes(value) ? value : "";
    case "integer":
      return /^[+-]?[0-9]+$/.test(value) ? value : "";
    case "decimal":
      return /^[+-]?[0-9]+(\.[0-9]+)?$/.test(value) ? (value.includes(".") ? value : `${value}.0`) : "";
    case "double":
      return /^[+-]?[0-9]+(\.[0-9]+)?[eE][+-]?[0-9]+$/.test(value) ? value : "";
    default:
      return "";
  }
}

export class Profile {
  /** @type {Map<string, any>} */
  #known = new Map();
  /** @type {Map<string, { prefix: string, order: number }>} */
  #byNamespace = new Map();

  // `ask` answers a query in SPARQL's JSON, as an object; it is asked until `ms` have gone
  /** @param {(query: string) => any} ask @param {Prefixes} prefixes @param {number} ms */
  constructor(ask, prefixes, ms) {
    this.ask = ask;
    this.prefixes = prefixes;
    this.until = performance.now() + ms;
    for (const [order, [prefix, namespace]] of Object.entries(prefixes).entries()) {
      const one = this.#byNamespace.get(namespace);
      if (!one || prefix.length < one.prefix.length) this.#byNamespace.set(namespace, { prefix, order });
    }
  }

  /** @param {string} query */
  #asked(query) {
    if (!this.#known.has(query)) {
      if (performance.now() >= this.until) throw new TooLong();
      this.#known.set(query, this.ask(query));
    }
    return this.#known.get(query);
  }

  // Whether `patterns` match anywhere.
  /** @param {string} patterns @param {string} head @returns {boolean} */
  any(patterns, head = "") {
    return this.#asked(`${head}ASK { ${patterns} }`).boolean;
  }

  // The values of the columns of SELECT, in their order.
  /** @param {string} what @param {string} patterns @param {string} rest @returns {(Known | null)[][]} */
  rows(what, patterns, rest = "") {
    return this.#select(`SELECT ${what} { ${patterns} } ${rest}`);
  }

  /** @param {string} query @returns {(Known | null)[][]} */
  #select(query) {
    const { head, results } = this.#asked(query);
    return results.bindings.map((/** @type {any} */ row) => head.vars.map((/** @type {string} */ name) => termOf(row[name])));
  }

  /** @param {string} query */
  #listed(query) {
    return this.#select(`${query} LIMIT ${MOST}`).flatMap(([term]) => (term?.type === "iri" ? [term.value] : []));
  }

  /** @param {Prefixes} declared */
  head(declared) {
    return Object.entries({ ...this.prefixes, ...declared }).map(([name, iri]) => `PREFIX ${name}: <${iri}> `).join("");
  }

  get properties() {
    return this.#listed(`SELECT DISTINCT ?p { { ?s ?p ?o } UNION { VALUES ?t { ${PROPERTIES} } ?p a ?t } }`);
  }
  get classes() {
    return this.#listed(`SELECT DISTINCT ?c { { ?s a ?c } UNION { VALUES ?t { ${CLASSES} } ?c a ?t } }`);
  }
  get graphs() {
    return this.#listed("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }");
  }
  get things() {
    return this.#listed("SELECT DISTINCT ?x { { ?x ?p ?o } UNION { ?s ?p ?x } FILTER(isIRI(?x)) }");
  }
  get datatypes() {
    const used = this.rows("DISTINCT ?d", "?s ?p ?o BIND(DATATYPE(?o) AS ?d)");
    return [...used.flatMap(([term]) => (term?.type === "iri" ? [term.value] : [])), ...DATATYPES.map((name) => XSD + name)];
  }

  isProperty(/** @type {string} */ iri) {
    return this.any(`?s <${iri}> ?o`);
  }
  isDeclaredProperty(/** @type {string} */ iri) {
    return this.any(`VALUES ?t { ${PROPERTIES} } <${iri}> a ?t`);
  }
  isClass(/** @type {string} */ iri) {
    return this.any(`?s a <${iri}>`);
  }
  isDeclaredClass(/** @type {string} */ iri) {
    return this.any(`VALUES ?t { ${CLASSES} } <${iri}> a ?t`);
  }
  isGraph(/** @type {string} */ iri) {
    return this.any(`GRAPH <${iri}> { ?s ?p ?o }`);
  }
  isAnything(/** @type {string} */ iri) {
    return [`<${iri}> ?p ?o`, `?s ?p <${iri}>`, `?s <${iri}> ?o`].some((place) => this.any(place)) || this.isGraph(iri);
  }
  has(/** @type {string} */ iri) {
    return /^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>"{}|^`\\]*$/.test(iri) && this.isAnything(iri);
  }

  // The `names` most like `iri`, as they are written; of those equally like it, those that the graph uses most.
  /** @param {string} iri @param {string[]} names */
  near(iri, names) {
    const said = new Map(names.map((name) => [this.compact(name), name]));
    const iriOf = (/** @type {string} */ name) => said.get(name) ?? name;
    const wanted = this.compact(iri);
    const found = nearest(wanted, said.keys(), (name) => this.#said(iriOf(name)));
    const local = iri.replace(/.*[/#]/s, "");
    const same = [...said.keys()].filter((name) => local && name !== wanted && iriOf(name).replace(/.*[/#]/s, "") === local);
    const weighed = same.map((name) => ({ name, said: this.#said(iriOf(name)) })).sort((a, b) => b.said - a.said || compare(a.name, b.name));
    const close = found.filter((name) => distance(wanted, name, 2) <= 2);
    const ranked = [...new Set([...close, ...weighed.map(({ name }) => name), ...found])];
    return ranked.slice(0, OFFERED).map((name) => this.written({ type: "iri", value: iriOf(name) }));
  }

  /** @param {string} iri */
  #said(iri) {
    const [[count]] = this.rows("(COUNT(*) AS ?n)", `{ ?s ?p <${iri}> } UNION { ?s <${iri}> ?o }`);
    return Number(count?.value);
  }

  // The shortest way to write an IRI.
  /** @param {string} iri */
  compact(iri) {
    let best = { size: iri.length, order: -1, name: iri };
    for (const { index } of iri.slice(0, -1).matchAll(/[/#]/g)) {
      const found = this.#byNamespace.get(iri.slice(0, index + 1));
      const rest = iri.slice(index + 1);
      if (!found || rest.startsWith("//")) continue;
      const name = `${found.prefix}:${rest}`;
      if (name.length < best.size || (name.length === best.size && found.order < best.order)) best = { size: name.length, order: found.order, name };
    }
    return best.name;
  }

  // `term` as one writes it in a query that declares our prefixes: as tables print it, wherever that is taken.
  /** @param {QueryTerm} term @returns {string} */
  written(term) {
    if (term.type !== "literal") {
      const compact = this.compact(term.value);
      if (compact === term.value) return n3(term);
      const colon = compact.indexOf(":") + 1;
      const exact = compact.slice(0, colon) + compact.slice(colon).replace(/[~!$&'()*+,;=/?#@%]|\.$/g, "\\$&");
      return escaped(compact, this.prefixes) === exact ? compact : exact;
    }
    const bare = plain(term.value, term.datatype);
    if (bare) return bare;
    const letters = [...quoted(term.value)];
    const shown = letters.length <= 60 ? letters.join("") : `${letters.slice(0, 58).join("")}…"`;
    if (term.language) return `${shown}@${term.language}`;
    return term.datatype === `${XSD}string` ? shown : `${shown}^^${this.written({ type: "iri", value: term.datatype })}`;
  }
}

/** @type {(found: any) => Known | null} */
function termOf(found) {
  if (!found || found.type === "bnode" || found.type === "triple") return null;
  if (found.type === "uri") return { type: "iri", value: found.value };
  const language = found["xml:lang"] ?? "";
  return { type: "literal", value: found.value, language, datatype: found.datatype ?? (language ? LANG_STRING : `${XSD}string`) };
}

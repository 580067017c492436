// Results as files: SPARQL 1.1 CSV and TSV, and Turtle. Terms are those of SPARQL's JSON.
/** @import { Prefixes, Rows, Term, Triple } from "./types.js" */
const XSD = "http://www.w3.org/2001/XMLSchema#";
const TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
/** @type {Record<string, string>} */
const ESCAPES = { "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t" };
// what Turtle and TSV write without quotes
/** @type {Record<string, RegExp>} */
const BARE = { boolean: /^(?:true|false)$/, integer: /^[+-]?\d+$/, decimal: /^[+-]?\d*\.\d+$/, double: /^[+-]?(?:\d+\.?\d*|\.\d+)[eE][+-]?\d+$/ };

/** @type {(iri: string) => string} */
const whole = (iri) => `<${iri}>`;

// A term in the syntax of Turtle, its IRIs written by `iri`.
/** @type {(term: Term, iri?: (text: string) => string) => string} */
export function written(term, iri = whole) {
  if (term.type === "triple") {
    const { subject, predicate, object } = term.value;
    return `<<( ${[subject, predicate, object].map((part) => written(part, iri)).join(" ")} )>>`;
  }
  const { type, value, datatype } = term;
  if (type === "uri") return iri(value);
  if (type === "bnode") return `_:${value}`;
  if (datatype?.startsWith(XSD) && BARE[datatype.slice(XSD.length)]?.test(value)) return value;
  const quoted = `"${value.replace(/[\\"\n\r\t]/g, (character) => ESCAPES[character])}"`;
  return term["xml:lang"] ? `${quoted}@${term["xml:lang"]}` : datatype ? `${quoted}^^${iri(datatype)}` : quoted;
}

// A cell of CSV (RFC 4180).
/** @type {(text: string) => string} */
const field = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

// Whether a spreadsheet would run what is a text: a number with its sign is none.
/** @type {(text: string) => boolean} */
export const formula = (text) => /^(?![+-]\d+(?:[.,]\d+)?$)[=+\-@\t\r]/.test(text);

// A table as CSV, for people: a text that a spreadsheet would take for a formula has an apostrophe before it.
/** @type {(rows: (string | number)[][]) => string} */
export const tableCsv = (rows) => {
  const safe = (/** @type {string | number} */ cell) => (typeof cell === "string" && formula(cell) ? `'${cell}` : String(cell));
  return rows.map((line) => `${line.map((cell) => field(safe(cell))).join(",")}\r\n`).join("");
};

// SPARQL 1.1 CSV, for programs: the values as they are.
/** @type {(result: Rows) => string} */
export function csv({ head, results }) {
  /** @type {(term: Term | undefined) => string} */
  const plain = (term) => (!term ? "" : term.type === "uri" || term.type === "literal" ? term.value : written(term));
  const lines = [head.vars, ...results.bindings.map((row) => head.vars.map((name) => field(plain(row[name]))))];
  return lines.map((line) => `${line.join(",")}\r\n`).join("");
}

/** @type {(term: Term | undefined) => string} */
const lined = (term) => (term ? written(term) : "");

/** @type {(result: Rows) => string} */
export function tsv({ head, results }) {
  const lines = [head.vars.map((name) => `?${name}`), ...results.bindings.map((row) => head.vars.map((name) => lined(row[name])))];
  return lines.map((line) => `${line.join("\t")}\n`).join("");
}

// `triples`: rows of subject, predicate and object, in the order of the subjects; `prefixes`: {name: namespace}.
/** @type {(triples: Triple[], prefixes: Prefixes) => string} */
export function turtle(triples, prefixes) {
  /** @type {Set<string>} */
  const used = new Set();
  /** @type {(text: string) => string} */
  const iri = (text) => {
    const [name, local] = shortest(text, prefixes);
    if (!name) return whole(text);
    used.add(name);
    return `${name}:${local}`;
  };
  const text = [...grouped(triples, ({ subject }) => written(subject, iri))].map(([subject, rows]) => {
    const facts = grouped(rows, ({ predicate }) => (predicate.value === TYPE ? "a" : written(predicate, iri)));
    const sorted = [...facts].sort(([one], [other]) => Number(other === "a") - Number(one === "a"));
    return `\n${subject}\n${sorted.map(([predicate, found]) => `  ${predicate} ${found.map(({ object }) => written(object, iri)).join(", ")}`).join(" ;\n")} .\n`;
  });
  return [...used].sort().map((name) => `@prefix ${name}: <${prefixes[name]}> .\n`).join("") + text.join("");
}

/** @type {(rows: Triple[], key: (row: Triple) => string) => Map<string, Triple[]>} */
function grouped(rows, key) {
  /** @type {Map<string, Triple[]>} */
  const groups = new Map();
  for (const row of rows) {
    const name = key(row);
    const group = groups.get(name);
    if (group) group.push(row);
    else groups.set(name, [row]);
  }
  return groups;
}

const LOCAL = /^[\wÀ-ÖØ-öø-˿](?:[\wÀ-ÖØ-öø-˿./-]*[\wÀ-ÖØ-öø-˿-])?$/;

// [prefix, escaped rest] of an IRI that can be written so.
/** @type {(iri: string, prefixes: Prefixes) => [name: string, local: string] | []} */
function shortest(iri, prefixes) {
  /** @type {[name: string, local: string] | []} */
  let best = [];
  for (const [name, namespace] of Object.entries(prefixes)) {
    const local = iri.slice(namespace.length);
    if (iri.startsWith(namespace) && LOCAL.test(local) && (best[1] === undefined || local.length < best[1].length)) best = [name, local];
  }
  const [name, local] = best;
  return name === undefined || local === undefined ? [] : [name, local.replaceAll("/", "\\/")];
}

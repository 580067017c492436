// Results as files: SPARQL 1.1 CSV and TSV, and Turtle. Terms are those of SPARQL's JSON.
const XSD = "http://www.w3.org/2001/XMLSchema#";
const TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
const ESCAPES = { "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t" };
// what Turtle and TSV write without quotes
const BARE = { boolean: /^(?:true|false)$/, integer: /^[+-]?\d+$/, decimal: /^[+-]?\d*\.\d+$/, double: /^[+-]?(?:\d+\.?\d*|\.\d+)[eE][+-]?\d+$/ };

const whole = (iri) => `<${iri}>`;

// A term in the syntax of Turtle, its IRIs written by `iri`.
export function written(term, iri = whole) {
  const { type, value, datatype } = term;
  if (type === "uri") return iri(value);
  if (type === "bnode") return `_:${value}`;
  if (type === "triple") return `<<( ${["subject", "predicate", "object"].map((part) => written(value[part], iri)).join(" ")} )>>`;
  if (datatype?.startsWith(XSD) && BARE[datatype.slice(XSD.length)]?.test(value)) return value;
  const quoted = `"${value.replace(/[\\"\n\r\t]/g, (character) => ESCAPES[character])}"`;
  return term["xml:lang"] ? `${quoted}@${term["xml:lang"]}` : datatype ? `${quoted}^^${iri(datatype)}` : quoted;
}

export function csv({ head, results }) {
  const field = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const plain = (term) => (!term ? "" : term.type === "uri" || term.type === "literal" ? term.value : written(term));
  const lines = [head.vars, ...results.bindings.map((row) => head.vars.map((name) => field(plain(row[name]))))];
  return lines.map((line) => `${line.join(",")}\r\n`).join("");
}

export function tsv({ head, results }) {
  const lines = [head.vars.map((name) => `?${name}`), ...results.bindings.map((row) => head.vars.map((name) => (row[name] ? written(row[name]) : "")))];
  return lines.map((line) => `${line.join("\t")}\n`).join("");
}

// `triples`: rows of subject, predicate and object, in the order of the subjects; `prefixes`: {name: namespace}.
export function turtle(triples, prefixes) {
  const used = new Set();
  const iri = (text) => {
    const [name, local] = shortest(text, prefixes);
    if (!name) return whole(text);
    used.add(name);
    return `${name}:${local}`;
  };
  const text = [...grouped(triples, ({ subject }) => written(subject, iri))].map(([subject, rows]) => {
    const facts = grouped(rows, ({ predicate }) => (predicate.value === TYPE ? "a" : iri(predicate.value)));
    const sorted = [...facts].sort(([one], [other]) => (other === "a") - (one === "a"));
    return `\n${subject}\n${sorted.map(([predicate, found]) => `  ${predicate} ${found.map(({ object }) => written(object, iri)).join(", ")}`).join(" ;\n")} .\n`;
  });
  return [...used].sort().map((name) => `@prefix ${name}: <${prefixes[name]}> .\n`).join("") + text.join("");
}

function grouped(rows, key) {
  const groups = new Map();
  for (const row of rows) {
    const name = key(row);
    if (!groups.has(name)) groups.set(name, []);
    groups.get(name).push(row);
  }
  return groups;
}

const LOCAL = /^[\wÀ-ÖØ-öø-˿](?:[\wÀ-ÖØ-öø-˿./-]*[\wÀ-ÖØ-öø-˿-])?$/;

// [prefix, escaped rest] of an IRI that can be written so.
function shortest(iri, prefixes) {
  let best = [];
  for (const [name, namespace] of Object.entries(prefixes)) {
    const local = iri.slice(namespace.length);
    if (iri.startsWith(namespace) && LOCAL.test(local) && (!best.length || local.length < best[1].length)) best = [name, local];
  }
  return best.length ? [best[0], best[1].replaceAll("/", "\\/")] : [];
}

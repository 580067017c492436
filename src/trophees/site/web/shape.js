// Rows made easier to read: labels beside their IRIs, and compact names instead of them. The rules are those of
// `trophees/ask/shape.py`; a test asks both the same.
import { written } from "./written.js";
/** @import { Rows, Row, Term } from "./types.js" */

const KINDS = ["http://www.w3.org/2004/02/skos/core#prefLabel", "http://www.w3.org/2000/01/rdf-schema#label", "https://w3id.org/trophees-participation/ontology#title", "http://purl.org/dc/terms/title"];
const AT_ONCE = 500; // things whose labels are asked for

// `rows`, and beside each column that has IRIs one called after it, `…_label`, that has what the graph, of which `ask` is
// asked, calls them: in `language`, or in the one it has.
/** @type {(rows: Rows, ask: (query: string) => Rows, language: string) => Rows} */
export function labelled({ head, results }, ask, language) {
  const having = head.vars.filter((name) => results.bindings.some((row) => row[name]?.type === "uri"));
  const known = labels([...new Set(having.flatMap((name) => results.bindings.flatMap((row) => (row[name]?.type === "uri" ? [String(row[name]?.value)] : []))))].sort(), ask, language);
  const beside = new Map(having.map((name) => {
    let label = `${name}_label`;
    while (head.vars.includes(label)) label += "_";
    return [name, label];
  }));
  const bindings = results.bindings.map((row) => {
    /** @type {Row} */
    const found = { ...row };
    for (const [name, label] of beside) {
      const term = row[name]?.type === "uri" && known.get(String(row[name]?.value));
      if (term) found[label] = term;
    }
    return found;
  });
  return { head: { vars: head.vars.flatMap((name) => [name, beside.get(name) ?? []].flat()) }, results: { bindings } };
}

/** @type {(iris: string[], ask: (query: string) => Rows, language: string) => Map<string, Term>} */
function labels(iris, ask, language) {
  /** @type {Map<string, [rank: string, term: Term]>} */
  const best = new Map();
  for (let start = 0; start < iris.length; start += AT_ONCE) {
    const things = iris.slice(start, start + AT_ONCE).map((iri) => `<${iri}>`).join(" ");
    const { results } = ask(`SELECT ?x ?p ?l { VALUES ?x { ${things} } VALUES ?p { ${KINDS.map((kind) => `<${kind}>`).join(" ")} } ?x ?p ?l FILTER(isLiteral(?l)) }`);
    for (const { x, p, l } of results.bindings) {
      if (!x || !p || l?.type !== "literal") continue;
      const rank = `${Number(![language, undefined].includes(l["xml:lang"]))}${KINDS.indexOf(String(p.value))}${written(l)}`;
      const iri = String(x.value);
      const before = best.get(iri);
      if (!before || rank < before[0]) best.set(iri, [rank, { type: "literal", value: l.value, ...(l["xml:lang"] ? { "xml:lang": l["xml:lang"] } : {}) }]);
    }
  }
  return new Map([...best].map(([iri, [, term]]) => [iri, term]));
}

// `rows` with their IRIs as plain strings, as `compact` has them, where that is another way to write them.
/** @type {(rows: Rows, compact: (iri: string) => string) => Rows} */
export function compacted({ head, results }, compact) {
  /** @type {(term: Term | undefined) => Term | undefined} */
  const short = (term) => (term?.type === "uri" && compact(term.value) !== term.value ? { type: "literal", value: compact(term.value) } : term);
  return { head, results: { bindings: results.bindings.map((row) => Object.fromEntries(Object.entries(row).map(([name, term]) => [name, short(term)]))) } };
}

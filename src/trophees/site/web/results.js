// What the terms of a result stand for.
/** @import { Config, Names } from "./playground-types.js" */
/** @import { Found, Prefixes, Reader, Term } from "./types.js" */

const NUMBER = /#(?:integer|decimal|double|float|int|long|short|byte|(?:nonNegative|positive|nonPositive|negative)Integer|unsigned\w+)$/;

/** @type {(term: Term) => boolean} */
export const isNumber = (term) => term.type === "literal" && NUMBER.test(term.datatype ?? "");

// Which page of ours, or address, a term of a result stands for.
/** @type {(site: Pick<Config, "base" | "root" | "lang"> & { names: Names, prefixes: Prefixes }) => Reader} */
export function reader({ base, root, names, prefixes, lang }) {
  /** @type {Map<string, { label: string, path: string }>} */
  const byIri = new Map();
  // by kind and each end of an IRI (`cachan`, `2020/cachan`); undefined where several end so
  /** @type {Map<string, string | undefined>} */
  const byEnd = new Map();
  for (const [name, label, kind, path] of [...names.entities, ...names.terms.map(([n, l, , , p]) => /** @type {const} */ ([n, l, "term", p]))]) {
    const iri = expand(name, prefixes);
    byIri.set(iri, { label, path });
    const steps = iri.replace(base, "").split(/[/#]/);
    for (const at of steps.keys()) {
      const end = `${kind}/${steps.slice(at).join("/")}`;
      byEnd.set(end, byEnd.has(end) ? undefined : iri);
    }
  }
  const file = lang === "fr" ? "index.html" : "en/index.html";
  /** @type {(iri: string) => Found | null} */
  const page = (iri) => {
    const whole = byIri.get(iri);
    if (whole) return { href: `${root}${whole.path}/${file}`, label: whole.label, ours: true };
    const [document, fragment] = iri.split("#");
    const part = fragment && byIri.get(document);
    return part ? { href: `${root}${part.path}/${file}#${fragment}`, label: "", ours: true } : null;
  };
  return {
    base,
    expand: (name) => expand(name, prefixes),
    label: (iri) => byIri.get(iri)?.label,
    page,
    // a literal such as “2020/cachan” in the column “laureate” is the end of an IRI
    find(column, term) {
      if (term.type === "uri") {
        if (term.value.startsWith(base)) return page(term.value);
        return /^https?:\/\//.test(term.value) ? { href: term.value, label: "", ours: false } : null;
      }
      const iri = term.type === "literal" && byEnd.get(`${column}/${term.value}`);
      return iri ? page(iri) : null;
    },
    compact(iri) {
      let best = iri;
      for (const [name, namespace] of Object.entries(prefixes)) {
        if (iri.startsWith(namespace) && iri.length > namespace.length) {
          const short = `${name}:${iri.slice(namespace.length)}`;
          if (short.length < best.length) best = short;
        }
      }
      return best;
    },
  };
}

/** @type {(name: string, prefixes: Prefixes) => string} */
export function expand(name, prefixes) {
  if (name.startsWith("<")) return name.slice(1, -1);
  const colon = name.indexOf(":");
  return prefixes[name.slice(0, colon)] + name.slice(colon + 1).replaceAll("\\", "");
}

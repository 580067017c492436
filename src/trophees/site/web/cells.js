// The cells of an answer as people read them: a thing by its name and with its page, an address as a link, numbers and
// dates as the language writes them. The rules are those of `trophees/site/thing/cells.py`; a test asks both the same.
import { written } from "./written.js";
/** @import { CellRules, Cells, Shown } from "./answer-types.js" */
/** @import { Names } from "./playground-types.js" */
/** @import { Reader, Term } from "./types.js" */

const XSD = "http://www.w3.org/2001/XMLSchema#";
const EDTF = "http://id.loc.gov/datatypes/edtf/EDTF";
const DATES = new Set([EDTF, `${XSD}date`, `${XSD}gYear`, `${XSD}gYearMonth`]);
const ADDRESS = /^https?:\/\/[\w.-]+(?:\/[\w./~-]*)?(?:#[\w-]*)?$/;
const WEBSITE = /^(?:https?:\/\/)?([a-z0-9-]+(?:\.[a-z0-9-]+)+(?:\/[^\s<>"]*)?)$/;
const NARROW = "\u202f";

// The value of a literal in no language and of no other datatype; else empty.
/** @type {(term: Term | undefined) => string} */
const plain = (term) => (term?.type === "literal" && !term.datatype && !term["xml:lang"] ? term.value : "");

/** @type {(site: { names: Names, reader: Reader, base: string, lang: "fr" | "en" }) => Cells} */
export function cells({ names, reader, base, lang }) {
  const rules = names.cells;
  /** @type {Map<string, string[]>} */
  const kinds = new Map([["term", names.terms.filter(([, , , , path]) => path).map(([name]) => reader.expand(name))]]);
  for (const [name, , kind] of names.entities) {
    if (!kinds.has(kind)) kinds.set(kind, []);
    kinds.get(kind)?.push(reader.expand(name));
  }
  /** @type {Map<string, Map<string, string[]>>} */
  const known = new Map();

  // The things of a kind, by each end of their IRIs.
  /** @type {(kind: string) => Map<string, string[]>} */
  const ends = (kind) => {
    const found = known.get(kind) ?? new Map();
    if (!known.has(kind)) {
      known.set(kind, found);
      for (const iri of kinds.get(kind) ?? []) {
        const steps = iri.replace(base, "").split(/[/#]/);
        for (const at of steps.keys()) {
          const end = steps.slice(at).join("/");
          found.set(end, [...(found.get(end) ?? []), iri]);
        }
      }
    }
    return found;
  };

  // The IRIs that the values of the column are the ends of: of one thing each, or of one of the only kind that has them all.
  /** @type {(name: string, values: Set<string>) => Map<string, string>} */
  const things = (name, values) => {
    let every = kindsOf(name, [...kinds.keys()], rules, names).map(ends);
    const whole = every.filter((found) => [...values].every((value) => found.get(value)?.length === 1));
    if (whole.length === 1) every = whole;
    return new Map([...values].flatMap((value) => {
      const found = every.flatMap((end) => end.get(value) ?? []);
      return found.length === 1 ? [[value, found[0]]] : [];
    }));
  };

  /** @type {(iri: string) => Shown} */
  const link = (iri) => {
    if (iri.startsWith(base)) {
      const found = reader.page(iri);
      return { text: found?.label || last(iri), href: found?.href ?? "" };
    }
    const named = reader.label(iri);
    return named ? { text: named, href: iri } : elsewhere(iri, rules.said);
  };

  /** @type {(name: string, term: Term | undefined, named: Map<string, string>) => Shown} */
  const cell = (name, term, named) => {
    if (!term) return { text: "" };
    if (term.type === "triple") return { text: written(term) };
    if (term.type === "bnode") return { text: `_:${term.value}` };
    if (term.type === "uri") return link(term.value);
    if (term["xml:lang"]) return { text: term.value, lang: term["xml:lang"] === lang ? "" : term["xml:lang"] };
    const text = plain(term);
    if (!text) return { text: typed(term.value, term.datatype ?? "", rules.said, lang) };
    const iri = named.get(text);
    if (iri) return { ...link(iri), code: text };
    const site = name === "website" && WEBSITE.exec(text);
    if (site) return { text, href: text.includes("://") ? text : `https://${site[1]}` };
    if (name === "fact") return { text, href: reader.page(base + text)?.href ?? "" };
    if (ADDRESS.test(text)) return { ...link(text), code: text };
    return { text, lang: rules.printed.includes(name) && lang !== "fr" ? "fr" : "" };
  };

  return {
    heading: (name) => rules.said[`column.${name}`],
    column(name, terms) {
      const named = things(name, new Set(terms.map(plain).filter(Boolean)));
      return (term) => cell(name, term, named);
    },
  };
}

// The kinds of things that a column called `name` may hold.
/** @type {(name: string, every: string[], rules: CellRules, names: Names) => string[]} */
function kindsOf(name, every, rules, names) {
  if (name === "subject") return every;
  if (name === "kind") return every.filter((kind) => kind.endsWith("-kind"));
  if (name === "concept" || name === "broader") return rules.concepts;
  if (name === "territory") return [...new Set(names.entities.filter(([, , , path]) => path.startsWith("territory/")).map(([, , kind]) => kind))];
  const kind = rules.kinds[name] ?? name;
  return every.includes(kind) ? [kind] : [];
}

// Something that is not ours, by the name of its site and its own end.
/** @type {(iri: string, said: Record<string, string>) => Shown} */
function elsewhere(iri, said) {
  const parts = /^(https?):\/\/([^/?#]*)([^?#]*)(?:\?[^#]*)?(?:#(.*))?$/.exec(iri);
  if (!parts) return { text: iri };
  const [, , host, path, fragment = ""] = parts;
  const told = said[`elsewhere.${host.replace(/^www\./, "").replaceAll(".", "-")}`];
  const steps = fragment || path.replace(/\/+$/, "").split("/").at(-1) || "";
  return { text: told ? told.replace("{name}", steps) : `${host} : ${last(iri)}`, href: iri };
}

/** @type {(iri: string) => string} */
const last = (iri) => iri.replace(/[/#]+$/, "").split(/[/#]/).at(-1) ?? iri;

/** @type {(value: string, datatype: string, said: Record<string, string>, lang: "fr" | "en") => string} */
function typed(value, datatype, said, lang) {
  if (DATES.has(datatype)) return date(value, said, lang);
  if (datatype === `${XSD}boolean`) return said[value === "true" || value === "1" ? "yes" : "no"];
  return datatype === `${XSD}integer` || datatype === `${XSD}decimal` ? number(value, lang) : value;
}

// 1234.5 as « 1 234,5 » or “1,234.5”; what is no decimal number is left as it is.
/** @type {(value: string, lang: "fr" | "en") => string} */
function number(value, lang) {
  const [, sign, whole, rest = ""] = /^([+-]?)(\d+)(?:\.(\d+))?$/.exec(value) ?? [];
  if (whole === undefined) return value;
  const [separator, point] = lang === "fr" ? [NARROW, ","] : [",", "."];
  const decimals = rest.replace(/0+$/, "");
  return `${sign.replace("-", "−")}${whole.replace(/(?<=\d)(?=(?:\d{3})+$)/g, separator)}${decimals ? point + decimals : ""}`;
}

// A date or a season in words; else as it is.
/** @type {(edtf: string, said: Record<string, string>, lang: "fr" | "en") => string} */
function date(edtf, said, lang) {
  const [, year, month, day] = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(edtf) ?? [];
  if (!month) return year ?? edtf;
  const name = said[`date.${month}`];
  if (!name) return edtf;
  if (!day) return `${name} ${year}`;
  return `${lang === "fr" && Number(day) === 1 ? "1er" : Number(day)} ${name} ${year}`;
}

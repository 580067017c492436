// A table beside the graph: what its rows say once their territories are known, how it is asked, and how it is taken away. Pure
// functions.
import { formula, tableCsv } from "./written.js";
/** @import { ShownColumn } from "./answer-types.js" */
/** @import { Statement, Table } from "./file-types.js" */
/** @import { LinkedPlace } from "./place-types.js" */

const COLUMNS = ["code", "kind", "official_name", "iri", "outcome", "candidates", "why"];
const SHOWN = 6; // columns of the reader's that the first query asks for

/** @typedef {{ table: Table, links: (LinkedPlace | null)[], base: string, lang: "fr" | "en" }} Joined a row with nothing in it has no link */

/** @type {(base: string, link: LinkedPlace | null) => string} */
const iri = (base, link) => (link?.place ? `${base}territory/${link.place.kind}/${link.place.code}` : "");

// What is said of each row of the file: the territory that it means, whether it means one, and why.
/** @type {(joined: Joined, file: string) => Statement[]} */
export function statements({ table, links, base, lang }, file) {
  return links.flatMap((link, at) => {
    if (!link) return [];
    const row = `${file}#row-${table.rows[at].line}`;
    /** @type {Statement[]} */
    const said = [[row, "my:outcome", { value: link.outcome }], [row, "my:why", { value: link.why[lang] }]];
    if (link.place) said.push([row, "my:territory", { iri: iri(base, link) }], [row, "my:territory_code", { value: link.place.code }]);
    return said;
  });
}

// The rows as a CSV with the columns that `trophees link` would add, of which these are some.
/** @type {(joined: Joined) => string} */
export function asCsv({ table, links, base, lang }) {
  /** @type {string[]} */
  const added = [];
  for (let name of COLUMNS) {
    while (table.columns.includes(name) || added.includes(name)) name = `linked_${name}`;
    added.push(name);
  }
  const rows = table.rows.map(({ cells }, at) => {
    const link = links[at];
    const own = table.columns.map((_, place) => cells[place] ?? "");
    return [...own, ...(link ? [link.place?.code ?? "", link.place?.kind ?? "", link.place?.name ?? "", iri(base, link), link.outcome, candidates(link), link.why[lang]] : COLUMNS.map(() => ""))];
  });
  return tableCsv([[...table.columns, ...added], ...rows]);
}

// Whether a cell of the reader's would be run by a spreadsheet, and therefore is not as it was in that CSV.
/** @type {(table: Table) => boolean} */
export const guarded = ({ columns, rows }) => [columns, ...rows.map(({ cells }) => cells)].some((line) => line.some(formula));

/** @type {(link: LinkedPlace) => string} */
const candidates = ({ candidates }) => candidates.slice(0, 50).map(({ code, name, kind }) => `${code} ${name} (${kind})`).join(" | ");

// The query that joins the table with the laureates of its territories.
/** @type {(table: Table, properties: string[], file: string) => string} */
export function query(table, properties, file) {
  const own = properties.slice(0, SHOWN).map((property, at) => ({ name: `c${at + 1}`, property, title: table.columns[at].replace(/\s+/g, " ") }));
  const lines = own.map(({ name, property, title }) => `    OPTIONAL { ?row ${/^my:[a-z][a-z0-9_]*$/.test(property) ? property : `<${property}>`} ?${name} }  # ${title}`);
  const names = own.map(({ name }) => `?${name}`).join(" ");
  return `SELECT ${names} ?territory (COUNT(DISTINCT ?laureate) AS ?laureates)\nWHERE {\n  GRAPH <${file}> {\n    ?row a my:Row .\n${lines.join("\n")}\n  }\n  OPTIONAL {\n    GRAPH <${file}> { ?row my:territory ?territory }\n    OPTIONAL { ?laureate a tp:Laureate ; tp:covers|tp:inDepartement|tp:inRegion ?territory }\n  }\n}\nGROUP BY ?row ${names} ?territory\nORDER BY DESC(?laureates) ?row\n`;
}

// The columns of the table as they are shown, after what was found of each row.
/** @type {(joined: Joined, said: { territory: string, outcome: string, why: string, outcomes: Record<string, string>, href: (iri: string) => string }) => ShownColumn[]} */
export function columns({ table, links, base, lang }, said) {
  /** @type {(name: string, heading: string, cells: ShownColumn["cells"]) => ShownColumn} */
  const column = (name, heading, cells) => ({ name, heading, numeric: false, cells, terms: cells.map(({ text }) => (text ? { type: "literal", value: text } : undefined)) });
  return [
    column("outcome", said.outcome, links.map((link) => ({ text: link ? said.outcomes[link.outcome] : "" }))),
    column("territory", said.territory, links.map((link) => (link?.place ? { text: `${link.place.name} (${link.place.code})`, href: said.href(iri(base, link)) } : { text: link ? candidates(link) : "" }))),
    ...table.columns.map((heading, place) => column(`column_${place + 1}`, heading || String(place + 1), table.rows.map(({ cells }) => ({ text: cells[place] ?? "" })))),
    column("why", said.why, links.map((link) => ({ text: link?.why[lang] ?? "" }))),
  ];
}

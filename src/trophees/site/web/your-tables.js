// The reader's tables beside the graph: the territory that each row means, with why, joined, asked, mapped and taken away. Nothing
// of them leaves the page.
import { desk } from "./desk.js";
import { asCsv, columns, guarded, query, statements } from "./joined.js";
import { places } from "./places-asked.js";
import { node, save } from "./elements.js";
import { usualView } from "./view-state.js";
import { fill } from "./words.js";
/** @import { Engine } from "./engine.js" */
/** @import { Table } from "./file-types.js" */
/** @import { LinkedPlace } from "./place-types.js" */
/** @import { Part, Urls } from "./playground-types.js" */
/** @import { Reader, Words } from "./types.js" */

const AT_ONCE = 250; // rows that are asked of the worker at once
const MOST = 50000; // rows that are linked

/**
 * @typedef {object} Page
 * @property {Part} part
 * @property {Words} words
 * @property {Reader} reader
 * @property {"fr" | "en"} lang
 * @property {Urls} urls
 * @property {Engine} engine
 * @property {(text: string, view: string) => void} ask a query, and see its answer so
 */

/** @type {(page: Page) => { add: (name: string, label: string, table: Table) => Promise<void>, remove: (name: string) => void }} */
export function yourTables({ part, words, reader, lang, urls, engine, ask }) {
  const assets = urls.linker?.replace(/[^/]*$/, "");
  const { base } = reader;

  /** @type {(name: string) => HTMLElement | null} */
  const sectionOf = (name) => part("tables").querySelector(`[data-table="${CSS.escape(name)}"]`);

  /** @type {(name: string, label: string, table: Table) => Promise<void>} */
  async function add(name, label, table) {
    sectionOf(name)?.remove();
    const said = node("p", { class: "pg-said", role: "status" });
    const place = node("div");
    const section = node("section", { "data-table": name, class: "pg-table" }, node("h3", {}, label), said, place);
    part("tables").append(section);
    if (assets === undefined) {
      said.textContent = words.noPlaces;
      return show(name, label, { table, links: table.rows.map(() => null), base, lang }, place);
    }
    try {
      said.textContent = words.placesComing;
      const rows = table.rows.map(({ cells }) => cells);
      const reference = await places(assets);
      /** @type {Record<string, number> | null} */
      const roles = await reference("columns", { columns: table.columns, rows });
      if (!roles) {
        said.textContent = words.noPlaceColumn;
        return show(name, label, { table, links: table.rows.map(() => null), base, lang }, place);
      }
      /** @type {(LinkedPlace | null)[]} */
      const links = [];
      for (let from = 0; from < Math.min(rows.length, MOST); from += AT_ONCE) {
        said.textContent = fill(words.placesSought, { n: words.number(from), all: words.number(rows.length) });
        links.push(...await reference("table", { roles, rows: rows.slice(from, Math.min(from + AT_ONCE, MOST)) }));
      }
      while (links.length < rows.length) links.push(null);
      if (!section.isConnected) return; // it was taken out meanwhile
      const joined = { table, links, base, lang };
      await engine.join(name, statements(joined, name));
      const counts = ["linked", "ambiguous", "unknown"].map((outcome) => fill(words[`outcome_${outcome}_n`], { n: words.number(links.filter((link) => link?.outcome === outcome).length) }));
      const used = Object.entries(roles).map(([role, at]) => fill(words.roleOf, { role: words[`role_${role}`], column: table.columns[at] || String(at + 1) }));
      const few = rows.length > MOST ? ` ${fill(words.placesMost, { n: words.number(MOST) })}` : "";
      said.textContent = `${counts.join(", ")}. ${fill(words.columnsUsed, { columns: used.join(", ") })}${few}`;
      show(name, label, joined, place);
    } catch (error) {
      said.textContent = `${words.placesBroken} ${error instanceof Error ? error.message : error}`;
    }
  }

  /** @type {(name: string, label: string, joined: import("./joined.js").Joined, place: HTMLElement) => void} */
  function show(name, label, joined, place) {
    const { table, links } = joined;
    const text = query(table, table.properties ?? [], name);
    const some = links.some((link) => link?.place);
    /** @type {(label: string, act: () => void) => HTMLElement} */
    const button = (label, act) => {
      const made = node("button", { type: "button", class: "quiet" }, label);
      made.onclick = act;
      return node("li", {}, made);
    };
    const outcomes = { linked: words.outcome_linked, ambiguous: words.outcome_ambiguous, unknown: words.outcome_unknown };
    const href = (/** @type {string} */ iri) => reader.page(iri)?.href ?? "";
    const shown = columns(joined, { territory: words.territory, outcome: words.outcome, why: words.why, outcomes, href });
    place.replaceChildren(
      node("ul", { class: "pg-actions" },
        button(words.askTable, () => ask(text, "table")),
        ...(some ? [button(words.mapTable, () => ask(text, "map")), button(words.takeTable, () => save(`${label.replace(/\.[^.]*$/, "")}-${words.joinedFile}.csv`, new Blob([asCsv(joined)], { type: "text/csv;charset=utf-8" })))] : [])),
      ...(some && guarded(table) ? [node("p", { class: "pg-note" }, words.guarded)] : []),
      ...desk(some || links.some(Boolean) ? shown : shown.slice(2, -1), { state: usualView(), words, lang, changed: () => {}, called: label }));
  }

  return { add, remove: (name) => sectionOf(name)?.remove() };
}

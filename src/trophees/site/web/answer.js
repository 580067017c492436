// What came of a query: how many rows, the ways to see them, the files and programs that take them away.
import { chart } from "./charts.js";
import { charted, settings } from "./axes.js";
import { ordered, shownColumns, tabled, taken } from "./columns.js";
import { desk } from "./desk.js";
import { map } from "./france-map.js";
import { onDrawing, places } from "./places.js";
import { node, save } from "./elements.js";
import { compacted } from "./shape.js";
import { snippets } from "./snippets.js";
import { namesItsGraphs } from "./sparql.js";
import { usualView } from "./view-state.js";
import { fill } from "./words.js";
import { csv, formula, tsv, turtle } from "./written.js";
/** @import { Cells, ChartSettings, Drawing, Located, ShownColumn, ViewState } from "./answer-types.js" */
/** @import { Table } from "./take-table.js" */
/** @import { Answer, Asked, Content, Names, Part } from "./playground-types.js" */
/** @import { Reader, Rows, Words } from "./types.js" */

/**
 * @typedef {object} Page
 * @property {Part} part
 * @property {Words} words
 * @property {Names} names
 * @property {Reader} reader
 * @property {Cells} cells
 * @property {string} lang
 * @property {string} endpoint
 * @property {() => Promise<Drawing | null>} drawing of France
 * @property {() => void} changed the reader has chosen another way to see the answer
 */

/** @typedef {{ name: string, label: string, make: () => (Node | string)[], table: () => Table }} View */

/** @type {(page: Page) => { state: ViewState, show: (asked: Asked, answer: Answer, of?: string) => Promise<void>, stale: (is: boolean) => void }} */
export function answers({ part, words, names, reader, cells, lang, endpoint, drawing, changed }) {
  const page = {
    state: usualView(),
    /** @type {(asked: Asked, answer: Answer, of?: string) => Promise<void>} */
    async show({ text, graph }, answer, of = "") {
      const { result, triples, ms } = answer;
      const count = (triples ?? result)?.results?.bindings.length ?? 0;
      const summary = triples ? words.count("triples", count) : result?.boolean !== undefined ? (result.boolean ? words.yes : words.no) : count ? words.count("rows", count) : words.none;
      const { views, files } = triples ? ofTriples(answer) : result?.results ? await ofRows(answer) : { views: [], files: answer.files };
      part("results").hidden = false;
      page.stale(false);
      const time = of ? fill(words.of_release, { version: of }) : fill(words.time, { ms: words.number(Math.max(1, Math.round(ms))) });
      part("status").textContent = [summary, time, ...(graph && namesItsGraphs(text) ? [words.from] : [])].join(" ");
      if (control) control.hidden = !views.length;
      offer(views);
      part("downloads").replaceChildren(...Object.entries(files).map(([extension, content]) => {
        const button = node("button", { type: "button", class: "quiet" }, words[`as_${extension}`]);
        button.onclick = () => save(`${words.file}.${extension}`, new Blob([typeof content === "function" ? content() : content], { type: "application/octet-stream" }));
        return node("li", {}, button);
      }));
      part("formulas").hidden = !result?.results?.bindings.some((row) => Object.values(row).some((term) => term?.type === "literal" && formula(term.value)));
      part("snippets").replaceChildren(...programs(text));
    },
    // Whether what is shown is the answer to another query than the one that is written.
    /** @type {(is: boolean) => void} */
    stale(is) {
      part("results").classList.toggle("pg-old", is && !part("results").hidden);
      part("stale").hidden = !is || part("results").hidden;
    },
  };

  // What is shown, as the control under it takes it away: the rows of the table, the points of the chart, what is on the map.
  /** @type {() => Table} */
  let table = () => ({ columns: [], rows: [] });
  const control = /** @type {HTMLElement | null} */ (document.querySelector(".pg-take .take")); // the page in one file has none
  control?.addEventListener("take", (event) => {
    const { detail } = /** @type {CustomEvent} */ (event);
    Object.assign(detail, { table: table(), title: part("asked").textContent?.trim() || detail.title, address: location.href });
  });

  /** @type {(answer: Answer) => { views: View[], files: Record<string, Content> }} */
  function ofTriples({ triples, files }) {
    if (!triples) return { views: [], files };
    const ttl = () => turtle(triples.results.bindings, names.prefixes);
    const titles = { subject: words.subject, predicate: words.predicate, object: words.object };
    const columns = () => shownColumns(triples, { cells, reader, raw: page.state.raw, titles });
    const whole = () => tabled(columns(), page.state, lang);
    /** @type {View[]} */
    const views = [
      { name: "table", label: words.viewTable, make: () => desk(columns(), { state: page.state, words, lang, changed }), table: whole },
      { name: "text", label: words.viewText, make: () => [node("pre", { tabindex: "0" }, ttl())], table: whole },
    ];
    return { views: triples.results.bindings.length ? views : [], files: { ttl, ...files } };
  }

  /** @type {(answer: Answer) => Promise<{ views: View[], files: Record<string, Content> }>} */
  async function ofRows({ result, shaped, files }) {
    const shown = shaped ?? result;
    if (!result || !shown) return { views: [], files };
    /** @type {Map<boolean, ReturnType<typeof shownColumns>>} */
    const made = new Map();
    const columns = () => {
      const raw = page.state.raw;
      const found = made.get(raw) ?? shownColumns(shown, { cells, reader, raw });
      made.set(raw, found);
      return found;
    };
    const left = () => ordered(columns(), page.state, lang);
    const rows = () => {
      const seen = taken(shown, left(), page.state.hide);
      return part("compact").checked ? compacted(seen, reader.compact) : seen;
    };
    const whole = () => !shaped && !part("compact").checked && !page.state.filter && !page.state.sort && !page.state.hide?.length;
    /** @type {View[]} */
    const views = [];
    if (result.results.bindings.length) {
      const told = { state: page.state, words, lang, changed };
      views.push({ name: "table", label: words.viewTable, make: () => desk(columns(), told), table: () => tabled(columns(), page.state, lang) });
      const chosen = () => settings(columns(), page.state);
      if (chosen()) {
        const points = () => charted(columns(), /** @type {ChartSettings} */ (chosen()), page.state, { lang, rows: words.rowCount });
        views.push({ name: "chart", label: words.viewChart, make: () => [...narrowed(columns()), ...chart(columns(), told)], table: points });
      }
      const geometry = await drawing().catch(() => null);
      if (geometry && places(result, geometry)) {
        const located = () => /** @type {Located} */ (places(result, geometry, left()));
        const drawn = () => located().found.filter(({ at }) => !at || onDrawing(at, geometry).length).map(({ index }) => index);
        views.push({ name: "map", label: words.viewMap, make: () => [...narrowed(columns()), ...onMap(result, located(), geometry, columns())], table: () => tabled(columns(), page.state, lang, drawn()) });
      }
    }
    return { views, files: { json: () => (whole() ? String(files.json) : JSON.stringify(rows())), csv: () => csv(rows()), tsv: () => tsv(rows()) } };
  }

  // Of a chart and a map: how many of the rows a filter has left, as the box that holds it is above the table.
  /** @type {(columns: ShownColumn[]) => HTMLElement[]} */
  function narrowed(columns) {
    const [left, all] = [ordered(columns, page.state, lang).length, columns[0]?.cells.length ?? 0];
    return left < all ? [node("p", { class: "pg-note pg-shown" }, fill(words.shownOf, { n: words.number(left), all: words.number(all) }))] : [];
  }

  /** @type {(result: Rows, located: Located, geometry: Drawing, columns: ShownColumn[]) => HTMLElement[]} */
  function onMap(result, located, geometry, columns) {
    /** @type {(name: string) => string} */
    const heading = (name) => columns.find((column) => column.name === name)?.heading ?? name;
    /** @type {(row: Rows["results"]["bindings"][number]) => string} */
    const text = (row) => [...new Set(columns.map((column) => column.cells[result.results.bindings.indexOf(row)]?.text).filter(Boolean))].join(" · ");
    return map(located, geometry, { names: reader, words, state: page.state, changed, heading, text });
  }

  // The ways to see the answer, the one that was chosen first.
  /** @type {(views: View[]) => void} */
  function offer(views) {
    const draw = () => {
      const chosen = views.find(({ name }) => name === page.state.view) ?? views[0];
      for (const button of part("views").children) button.setAttribute("aria-pressed", String(button.getAttribute("data-view") === chosen.name));
      part("output").replaceChildren(...(chosen?.make() ?? []));
      table = chosen?.table ?? table;
    };
    part("views").replaceChildren(...(views.length > 1 ? views.map(({ name, label }) => {
      const button = node("button", { type: "button", class: "quiet", "data-view": name }, label);
      button.onclick = () => {
        page.state.view = name;
        changed();
        draw();
      };
      return button;
    }) : []));
    part("raw-switch").hidden = !views.length;
    part("raw").checked = page.state.raw;
    part("raw").onchange = () => {
      page.state.raw = part("raw").checked;
      changed();
      draw();
    };
    if (views.length) draw();
    else part("output").replaceChildren();
  }

  /** @type {(text: string) => HTMLElement[]} */
  function programs(text) {
    const found = snippets(text, endpoint || words.endpoint);
    return found.map(({ name, code }) => {
      const copy = node("button", { type: "button", class: "quiet", "aria-label": fill(words.copyOf, { name }) }, words.copy);
      copy.onclick = async () => {
        await navigator.clipboard.writeText(code).then(() => { copy.textContent = words.copiedCode; }, () => {});
      };
      return node("details", { "data-snippet": name }, node("summary", {}, name), node("pre", { tabindex: "0" }, node("code", {}, code)), copy);
    });
  }
  return page;
}

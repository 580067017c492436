// The reader's own files, RDF and tables, loaded beside the graph; they stay in the browser.
/** @import { Engine } from "./engine.js" */
import { ofFile } from "./mistakes.js";
import { node } from "./elements.js";
import { fill } from "./words.js";
/** @import { Beside, Table } from "./file-types.js" */
/** @import { Names, Part } from "./playground-types.js" */
/** @import { Words } from "./types.js" */

/** @type {Record<string, string>} */
const FORMATS = {
  ttl: "ttl", turtle: "ttl", nt: "nt", ntriples: "nt", nq: "nq", nquads: "nq", trig: "trig", n3: "n3",
  jsonld: "jsonld", "json-ld": "jsonld", json: "jsonld", rdf: "rdf", rdfs: "rdf", owl: "rdf", xml: "rdf",
  csv: "table", tsv: "table", tab: "table", xlsx: "table", xlsm: "table", ods: "table",
  jsonl: "table", ndjson: "table",
};
const PACKED = /\.(?:gz|bz2|xz|zst|zstd)$/;
const LARGEST = 1 << 27; // bytes of a file that is read at all
const CONTEXT = 1 << 20; // bytes of a file that may be a context

/** @type {(page: { engine: Engine, part: Part, words: Words, lang: string, names: Names, tables: { add: (name: string, label: string, table: Table) => Promise<void>, remove: (name: string) => void }, added: (label: string) => void }) => void} */
export function own({ engine, part, words, lang, names, tables, added: told }) {
  /** @type {(text: string, values?: Record<string, unknown>) => void} */
  const say = (text, values = {}) => {
    part("own-said").textContent = fill(text, values);
  };

  /** @type {Beside} */
  const beside = {};

  part("own").onchange = async () => {
    await take([...(part("own").files ?? [])]);
    part("own").value = "";
  };
  part("drop").ondragover = (event) => {
    event.preventDefault();
    part("drop").classList.add("pg-over");
  };
  part("drop").ondragleave = () => part("drop").classList.remove("pg-over");
  part("drop").ondrop = (event) => {
    event.preventDefault();
    part("drop").classList.remove("pg-over");
    take([...(event.dataTransfer?.files ?? [])]);
  };

  /** @type {(files: File[]) => Promise<void>} */
  async function take(files) {
    for (const file of files) if (/\.json(?:-?ld)?$/i.test(file.name) && file.size <= CONTEXT) beside[file.name] = await file.text();
    for (const file of files) await load(file);
  }

  /** @type {(file: File) => Promise<void>} */
  async function load(file) {
    const label = file.name;
    let plain = label.toLowerCase();
    while (PACKED.test(plain)) plain = plain.replace(PACKED, "");
    const extension = plain.split(".").at(-1) ?? "";
    const format = FORMATS[extension];
    if (!format) return say(words[`left_${extension}`] ?? words.unknownFormat, { name: label });
    if (file.size > LARGEST) return say(`${fill(words.unreadable, { name: label, format: words[`as_${format}`] })} ${fill(words.larger, { n: LARGEST >> 20 })}`);
    const name = `file:///${encodeURIComponent(label)}`;
    say(words.reading, { name: label });
    try {
      if (optionsOf(name).length) await remove(name);
      const { added, graphs, notes, table } = await engine.add({ data: await file.arrayBuffer(), format, extension, name, beside: format === "jsonld" ? { ...beside } : {} });
      list(name, label, graphs);
      if (format === "table") names.prefixes.my ??= "my:";
      say([words.count("added", added, { name: label }), ...notes.map(([key, values]) => fill(words[`note_${key}`], values))].join(" "));
      Promise.resolve(table && tables.add(name, label, table)).then(() => told(label)); // what is joined may be asked for
    } catch (error) {
      say(`${fill(words.unreadable, { name: label, format: words[`as_${format}`] })} ${ofFile(/** @type {any} */ (error), words, lang)}`.trim());
    }
  }

  /** @type {(name: string) => HTMLOptionElement[]} */
  const optionsOf = (name) => [...part("graph").options].filter(({ value, dataset }) => value === name || dataset.file === name);

  // The whole file may be asked, and each graph that it names.
  /** @type {(name: string, label: string, graphs: string[]) => void} */
  function list(name, label, graphs) {
    const known = new Set([...part("graph").options].map(({ value }) => value));
    part("graph").append(node("option", { value: name }, label));
    for (const graph of graphs) {
      if (!known.has(graph)) part("graph").append(node("option", { value: graph, "data-file": name }, `${label} › ${graph}`));
    }
    const button = node("button", { type: "button", class: "quiet" }, fill(words.remove, { name: label }));
    const item = node("li", { "data-graph": name, "data-name": label }, label, " ", button);
    button.onclick = async () => {
      await remove(name);
      say(words.removed, { name: label });
      part("own").focus();
    };
    part("own-list").append(item);
  }

  /** @type {(name: string) => Promise<void>} */
  async function remove(name) {
    part("own-list").querySelector(`[data-graph="${CSS.escape(name)}"]`)?.remove();
    for (const option of optionsOf(name)) option.remove();
    tables.remove(name);
    await engine.remove(name);
  }
}

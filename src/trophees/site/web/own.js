// The reader's own RDF files, loaded beside the graph; they stay in the browser.
/** @import { Engine } from "./engine.js" */
import { ofFile } from "./mistakes.js";
import { node } from "./results.js";
import { fill } from "./words.js";
/** @import { Part, Words } from "./types.js" */

/** @type {Record<string, string>} */
const FORMATS = {
  ttl: "ttl", turtle: "ttl", nt: "nt", ntriples: "nt", nq: "nq", nquads: "nq", trig: "trig", n3: "n3",
  jsonld: "jsonld", "json-ld": "jsonld", json: "jsonld", rdf: "rdf", rdfs: "rdf", owl: "rdf", xml: "rdf",
};

/** @type {(page: { engine: Engine, part: Part, words: Words, lang: string }) => void} */
export function own({ engine, part, words, lang }) {
  /** @type {(text: string, values?: Record<string, unknown>) => void} */
  const say = (text, values = {}) => {
    part("own-said").textContent = fill(text, values);
  };

  part("own").onchange = async () => {
    for (const file of part("own").files ?? []) await load(file);
    part("own").value = "";
  };

  /** @type {(file: File) => Promise<void>} */
  async function load(file) {
    const label = file.name;
    const format = FORMATS[label.toLowerCase().replace(/\.gz$/, "").split(".").at(-1) ?? ""];
    if (!format) return say(words.unknownFormat, { name: label });
    const name = `file:///${encodeURIComponent(label)}`;
    say(words.reading, { name: label });
    try {
      if (optionsOf(name).length) await remove(name);
      const { added, graphs } = await engine.add({ data: await file.arrayBuffer(), format, name });
      list(name, label, graphs);
      say(words.count("added", added, { name: label }));
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
    const item = node("li", { "data-graph": name }, label, " ", button);
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
    await engine.remove(name);
  }
}

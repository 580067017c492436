// The reader's own RDF files, loaded beside the graph; they stay in the browser.
import { node } from "./results.js";

const FORMATS = { ttl: "ttl", nt: "nt", nq: "nq", trig: "trig", jsonld: "jsonld", json: "jsonld", rdf: "rdf", owl: "rdf", xml: "rdf", n3: "n3" };

export function own({ engine, part, words, say }) {
  part("own").onchange = async () => {
    for (const file of part("own").files) await load(file);
    part("own").value = "";
  };

  async function load(file) {
    const format = FORMATS[file.name.toLowerCase().replace(/\.gz$/, "").split(".").at(-1)];
    if (!format) return say(words.unknownFormat.replace("{name}", file.name));
    const name = `file:///${encodeURIComponent(file.name)}`;
    say(words.reading.replace("{name}", file.name));
    try {
      if (known(name)) await remove(name);
      const added = await engine.add({ data: await file.arrayBuffer(), format, name });
      list(name, file.name);
      say(words.added.replace("{n}", added).replace("{name}", file.name));
    } catch (error) {
      say(`${words.unreadable.replace("{name}", file.name)} ${error.message}`);
    }
  }

  const known = (name) => [...part("graph").options].some(({ value }) => value === name);

  function list(name, label) {
    part("graph").append(node("option", { value: name }, label));
    const button = node("button", { type: "button", class: "quiet" }, words.remove.replace("{name}", label));
    const item = node("li", { "data-graph": name }, label, " ", button);
    button.onclick = async () => {
      await remove(name);
      say(words.removed.replace("{name}", label));
      part("own").focus();
    };
    part("own-list").append(item);
  }

  async function remove(name) {
    part("own-list").querySelector(`[data-graph="${CSS.escape(name)}"]`)?.remove();
    [...part("graph").options].find(({ value }) => value === name)?.remove();
    await engine.remove(name);
  }
}

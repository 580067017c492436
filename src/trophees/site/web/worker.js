// The engine's worker: Oxigraph with the whole graph, and the reader's own files beside it.
// Takes {id, type, …}, answers {id, value} or {id, error: {message, line, column}} (both counted from 1).
import init, { Store, namedNode } from "oxigraph/web.js";
import { namesItsGraphs } from "./sparql.js";

let store;

const requests = {
  // `wasm` and `graph` are bytes, gzipped or not, or addresses to fetch
  async open({ wasm, graph }) {
    const start = performance.now();
    const [code, data] = await Promise.all([bytes(wasm), bytes(graph)]);
    await init({ module_or_path: code });
    store = new Store();
    store.load(data, { format: "trig" });
    return { size: store.size, ms: performance.now() - start };
  },

  // A file without named graphs goes into the graph `name`.
  async add({ data, format, name }) {
    const before = store.size;
    const dataset = format === "trig" || format === "nq" || format === "jsonld";
    store.load(await bytes(data), { format, base_iri: name, ...(dataset ? {} : { to_graph_name: namedNode(name) }) });
    return { added: store.size - before };
  },

  query({ text, graph }) {
    const start = performance.now();
    const json = write(text, graph, "json");
    const ms = performance.now() - start;
    if (!json.startsWith("[")) return { result: JSON.parse(json), files: { json }, ms };
    // an array is JSON-LD: the query was CONSTRUCT or DESCRIBE
    return { files: { jsonld: json, ttl: write(text, graph, "ttl"), nt: write(text, graph, "nt") }, ms };
  },

  // The answer as a file of another format.
  file: ({ text, graph, format }) => write(text, graph, format),
};

// Without `graph` the query is about the union of the graphs, unless it names its own (FROM).
function write(text, graph, format) {
  const about = graph ? { default_graph: namedNode(graph) } : { use_default_graph_as_union: !namesItsGraphs(text) };
  return store.query(text, { ...about, results_format: format });
}

async function bytes(source) {
  let data = source;
  if (typeof source === "string") {
    const response = await fetch(source);
    if (!response.ok) throw new Error(`${response.status} ${source}`);
    data = await response.arrayBuffer();
  }
  data = new Uint8Array(data);
  if (data[0] !== 0x1f || data[1] !== 0x8b) return data; // the host has decompressed it already
  const plain = new Blob([data]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(plain).arrayBuffer());
}

self.onmessage = async ({ data: { id, type, ...rest } }) => {
  try {
    self.postMessage({ id, value: await requests[type](rest) });
  } catch (error) {
    const message = String(error?.message ?? error);
    const place = /(?:error at|line) (\d+)(?::| column )(\d+)/.exec(message);
    self.postMessage({ id, error: { message, line: place ? +place[1] : 0, column: place ? +place[2] : 0 } });
  }
};

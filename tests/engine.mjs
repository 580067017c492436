// Runs queries in the bundled worker, as the page does, but under Node.js. Reads {worker, wasm, graph, sparql, prefixes,
// queries} from its input, where the first four are paths; writes the SPARQL JSON of each query, in order.
import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { pathToFileURL } from "node:url";
import { runInThisContext } from "node:vm";

const { worker, wasm, graph, sparql, prefixes, queries } = JSON.parse(await text(process.stdin));
const { withPrefixes } = await import(pathToFileURL(sparql).href);

const waiting = new Map();
// what a worker finds under the name of `self`
const self = {
  postMessage: (/** @type {{ id: string | number }} */ { id, ...answer }) => waiting.get(id)(answer),
  onmessage: (/** @type {{ data: object }} */ _event) => {},
};
Object.assign(globalThis, { self });
runInThisContext(await readFile(worker, "utf8"));
/** @type {(id: string | number, type: string, rest: object) => Promise<any>} */
const ask = (id, type, rest) => new Promise((resolve) => {
  waiting.set(id, resolve);
  self.onmessage({ data: { id, type, ...rest } });
});

const opened = await ask("open", "open", { wasm: await readFile(wasm), graph: await readFile(graph) });
if (opened.error) throw new Error(opened.error.message);
const answers = [];
for (const [number, query] of queries.entries()) {
  const filled = withPrefixes(query, prefixes);
  const { value, error } = await ask(number, "query", { text: filled });
  answers.push(error ? { error } : { ...value.result, text: filled, ms: value.ms });
}
process.stdout.write(JSON.stringify(answers));

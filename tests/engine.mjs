// Runs queries in the bundled worker, as the page does, but under Node.js. Reads {worker, wasm, graph, sparql, prefixes,
// queries} from its input, where the first four are paths; writes the SPARQL JSON of each query, in order.
import { text } from "node:stream/consumers";
import { pathToFileURL } from "node:url";
import { opened } from "./worker.mjs";

const { worker, wasm, graph, sparql, prefixes, queries } = JSON.parse(await text(process.stdin));
const { withPrefixes } = await import(pathToFileURL(sparql).href);

const ask = await opened({ worker, wasm, graph });
const answers = [];
for (const [number, query] of queries.entries()) {
  const filled = withPrefixes(query, prefixes);
  const { value, error } = await ask(number, "query", { text: filled });
  answers.push(error ? { error } : { ...value.result, text: filled, ms: value.ms });
}
process.stdout.write(JSON.stringify(answers));

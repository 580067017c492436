// Asks the bundled worker, under Node.js, what it says of queries. Reads {worker, wasm, graph, prefixes, sentences, asked}
// from its input, where the first three are paths; writes, for each of `asked`, [place, message] of all that is said.
import { text } from "node:stream/consumers";
import { opened } from "./worker.mjs";

const { worker, wasm, graph, prefixes, sentences, asked } = JSON.parse(await text(process.stdin));

const ask = await opened({ worker, wasm, graph });
const answers = [];
for (const [number, one] of asked.entries()) {
  const { value, error } = await ask(number, "check", { prefixes, sentences, near: null, empty: false, ms: 60000, ...one });
  if (error) throw new Error(`${error.message}: ${one.text}`);
  const said = Array.isArray(value) ? value : value ? [value] : [];
  answers.push(said.map(({ at, message }) => [at === null ? null : [...one.text.slice(0, at)].length, message]));
}
process.stdout.write(JSON.stringify(answers));

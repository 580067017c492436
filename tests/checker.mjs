// Asks the bundled worker, under Node.js, what it says of queries. Reads {worker, wasm, graph, prefixes, sentences, asked}
// from its input, where the first three are paths; writes, for each of `asked`, [place, message] of all that is said.
import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { runInThisContext } from "node:vm";

const { worker, wasm, graph, prefixes, sentences, asked } = JSON.parse(await text(process.stdin));

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
for (const [number, one] of asked.entries()) {
  const { value, error } = await ask(number, "check", { prefixes, sentences, near: null, empty: false, ms: 60000, ...one });
  if (error) throw new Error(`${error.message}: ${one.text}`);
  const said = Array.isArray(value) ? value : value ? [value] : [];
  answers.push(said.map(({ at, message }) => [at === null ? null : [...one.text.slice(0, at)].length, message]));
}
process.stdout.write(JSON.stringify(answers));

// Asks the bundled worker, under Node.js, questions in words. Reads {worker, wasm, graph, data, prefixes, cookbook, asked}
// from its input, where the first four are paths and `asked` is [language, question]; writes what comes of each.
import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { opened } from "./worker.mjs";

const { worker, wasm, graph, data, prefixes, cookbook, asked } = JSON.parse(await text(process.stdin));

const ask = await opened({ worker, wasm, graph });
const bytes = await readFile(data);
const answers = [];
for (const [number, [lang, question]] of asked.entries()) {
  const { value, error } = await ask(number, "inWords", { data: bytes, prefixes, cookbook: cookbook[lang], lang, question });
  if (error) throw new Error(`${error.message}: ${question}`);
  answers.push(value);
}
process.stdout.write(JSON.stringify(answers));

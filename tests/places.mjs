// Asks the bundled worker of places, under Node.js. Reads {worker, data, asked, shared} from its input: two paths, the
// questions, each {type, …}, and what is given with each of them; writes what comes of each.
import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { runInThisContext } from "node:vm";

const { worker, data, asked, shared = {} } = JSON.parse(await text(process.stdin));

const waiting = new Map();
// what a worker finds under the name of `self`
const self = {
  postMessage: (/** @type {{ id: number }} */ { id, ...answer }) => waiting.get(id)(answer),
  onmessage: (/** @type {{ data: object }} */ _event) => {},
};
Object.assign(globalThis, { self });
runInThisContext(await readFile(worker, "utf8"));
const answers = [];
for (const [id, question] of [{ type: "open", data: await readFile(data) }, ...asked].entries()) {
  const { value, error } = await new Promise((resolve) => {
    waiting.set(id, resolve);
    self.onmessage({ data: { id, ...shared, ...question } });
  });
  if (error) throw new Error(`${error.message}: ${question.type}`);
  answers.push(value);
}
process.stdout.write(JSON.stringify(answers));

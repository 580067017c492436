// The bundled worker of the playground, under Node.js.
import { readFile } from "node:fs/promises";
import { runInThisContext } from "node:vm";

/**
 * What asks the worker, once it has opened the graph: a question of a type, answered with `value` or `error`.
 * @param {{ worker: string, wasm: string, graph: string }} paths
 * @returns {Promise<(id: string | number, type: string, rest: object) => Promise<any>>}
 */
export async function opened({ worker, wasm, graph }) {
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
  const { error } = await ask("open", "open", { wasm: await readFile(wasm), graph: await readFile(graph) });
  if (error) throw new Error(error.message);
  return ask;
}

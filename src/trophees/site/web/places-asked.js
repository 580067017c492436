// Asks the reference of places, which is loaded at the first question: in a worker, so that typing never waits; in the page
// itself where it is of a disk, as there neither workers nor reading are allowed, only scripts.
import { run } from "./elements.js";
import { once } from "./once.js";

/** @typedef {(type: string, given?: Record<string, unknown>) => Promise<any>} Ask */

// What the address of a territory says: the code alone of a commune or municipal arrondissement, else its kind, too.
/** @type {(place: { kind: string, code: string }) => string} */
export const inAddress = ({ kind, code }) => (kind === "commune" || kind === "arrondissement-municipal" ? code : `${kind}-${code}`);

/** @type {(assets: string) => Promise<Ask>} */
async function inPage(assets) {
  await Promise.all([run(`${assets}places.js`), run(`${assets}linker.js`)]);
  const data = Uint8Array.from(atob(window.tropheesPlaces), (letter) => letter.charCodeAt(0)).buffer;
  await window.tropheesLinker.open({ data });
  return async (type, given) => window.tropheesLinker[type](given);
}

/** @type {(assets: string) => Promise<Ask>} */
async function inWorker(assets) {
  const worker = new Worker(`${assets}linker.js`);
  /** @type {Map<number, { resolve: (value: unknown) => void, reject: (error: Error) => void }>} */
  const waiting = new Map();
  let number = 0;
  worker.onmessage = ({ data: { id, value, error } }) => {
    const { resolve, reject } = waiting.get(id) ?? {};
    waiting.delete(id);
    if (error) reject?.(new Error(error.message));
    else resolve?.(value);
  };
  worker.onerror = () => {
    for (const { reject } of waiting.values()) reject(new Error("linker.js"));
    waiting.clear();
  };
  /** @type {Ask} */
  const ask = (type, given = {}) =>
    new Promise((resolve, reject) => {
      number += 1;
      waiting.set(number, { resolve, reject });
      worker.postMessage({ id: number, type, ...given });
    });
  await ask("open", { data: new URL(`${assets}places.json.gz`, document.baseURI).href });
  return ask;
}

// What asks; `assets` is the folder of the scripts.
/** @type {(assets: string) => Promise<Ask>} */
export const places = once((assets) => (location.protocol === "file:" ? inPage(assets) : inWorker(assets)));

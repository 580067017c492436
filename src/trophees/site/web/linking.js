// The worker of places, seen from the page: it is started, and its reference fetched, with the first table.
/** @import { LinkedPlace, Urls } from "./types.js" */

/** @typedef {(type: string, rest: object) => Promise<any>} Ask */

// What links rows of tables to territories; null where the page has no reference of places.
/** @type {(urls: Urls) => { columns: (columns: string[], rows: string[][]) => Promise<Record<string, number> | null>, table: (roles: Record<string, number>, rows: string[][]) => Promise<LinkedPlace[]> } | null} */
export function linking(urls) {
  if (!urls.linker || !urls.places) return null;
  /** @type {Promise<Ask> | undefined} */
  let started;
  const start = () => {
    started ??= begun(urls).catch((error) => {
      started = undefined; // another table may find the network again
      throw error;
    });
    return started;
  };
  return {
    columns: async (columns, rows) => (await start())("columns", { columns, rows }),
    table: async (roles, rows) => (await start())("table", { roles, rows }),
  };
}

/** @type {(urls: Urls) => Promise<Ask>} */
async function begun(urls) {
  const worker = new Worker(new URL(urls.linker, document.baseURI));
  let next = 0;
  /** @type {Map<number, { resolve: (value: any) => void, reject: (error: Error) => void }>} */
  const waiting = new Map();
  worker.onmessage = ({ data: { id, value, error } }) => {
    const asked = waiting.get(id);
    waiting.delete(id);
    if (error) asked?.reject(new Error(error.message));
    else asked?.resolve(value);
  };
  worker.onerror = (event) => {
    for (const { reject } of waiting.values()) reject(new Error(event.message || "worker"));
    waiting.clear();
  };
  /** @type {Ask} */
  const ask = (type, rest) => new Promise((resolve, reject) => {
    waiting.set(next, { resolve, reject });
    worker.postMessage({ id: next, type, ...rest });
    next += 1;
  });
  await ask("open", { data: new URL(urls.places, document.baseURI).href });
  return ask;
}

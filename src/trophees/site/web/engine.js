// The worker of the engine, seen from the page: one query at a time, ended by the reader or by the time limit.
export const LIMIT = 30000;

export class Engine {
  #config;
  #state;
  #worker;
  #opened;
  #next = 0;
  #waiting = new Map();
  #files = new Map();
  busy = false;

  // `state` is told in words what the engine is doing
  constructor(config, { state }) {
    this.#config = config;
    this.#state = state;
  }

  // Ready once the whole graph, and the reader's files, are loaded. It is started at most once.
  open() {
    this.#opened ??= this.#open().catch((error) => {
      this.#opened = undefined;
      this.#state(`${this.#config.words.broken} ${error.message}`);
      throw error;
    });
    return this.#opened;
  }

  async #open() {
    const { words, urls } = this.#config;
    this.#state(words.loading);
    this.#worker = new Worker(workerAddress(urls.worker));
    this.#worker.onmessage = ({ data: { id, value, error } }) => {
      const { resolve, reject } = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (error) reject(Object.assign(new Error(error.message), error));
      else resolve(value);
    };
    this.#worker.onerror = (event) => this.#fail(new Error(event.message || "worker"));
    const { size, ms } = await this.#ask("open", { wasm: source("wasm", urls), graph: source("graph", urls) });
    for (const file of this.#files.values()) await this.#ask("add", file);
    const number = new Intl.NumberFormat(this.#config.lang).format(size);
    this.#state(words.ready.replace("{n}", number).replace("{ms}", Math.round(ms)));
  }

  #ask(type, rest) {
    return new Promise((resolve, reject) => {
      const id = this.#next++;
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, type, ...rest });
    });
  }

  #fail(error) {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }

  // The time limit counts from when the engine is ready.
  async query(asked) {
    this.busy = true;
    let timer;
    try {
      await this.open();
      timer = setTimeout(() => this.stop("limit"), LIMIT);
      return await this.#ask("query", asked);
    } finally {
      clearTimeout(timer);
      this.busy = false;
    }
  }

  // The answer to `asked`, which a query gave, as a file of a format.
  async file(asked) {
    await this.open();
    return this.#ask("file", asked);
  }

  // Nothing can interrupt the engine, so the worker is ended and another one started.
  stop(reason) {
    if (!this.busy) return;
    this.#worker?.terminate();
    this.#opened = undefined;
    this.#fail(Object.assign(new Error(reason), { stopped: reason }));
    this.open().catch(() => {});
  }

  async add(file) {
    await this.open();
    const { added } = await this.#ask("add", file);
    this.#files.set(file.name, file);
    return added;
  }

  // Take the reader's file out: the graph is loaded anew without it.
  async remove(name) {
    this.#files.delete(name);
    this.#worker?.terminate();
    this.#fail(Object.assign(new Error("reader"), { stopped: "reader" }));
    this.#opened = undefined;
    await this.open();
  }
}

const inline = (name) => document.getElementById(`pg-data-${name}`)?.textContent;

const bytes = (base64) => Uint8Array.from(atob(base64.trim()), (character) => character.charCodeAt(0)).buffer;

// The bytes that stand in the page, else an address that the worker can fetch.
function source(name, urls) {
  const text = inline(name);
  return text ? bytes(text) : new URL(urls[name], document.baseURI).href;
}

function workerAddress(url) {
  const text = inline("worker");
  return text ? URL.createObjectURL(new Blob([bytes(text)], { type: "text/javascript" })) : new URL(url, document.baseURI);
}

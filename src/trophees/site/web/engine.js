// The worker of the engine, seen from the page: one query at a time, ended by the reader or by the time limit.
import { fill } from "./words.js";

export const LIMIT = 30000;

// Why a request has no answer, though nothing is wrong with it: "reader" or "limit".
const stopped = (reason) => Object.assign(new Error(reason), { stopped: reason });

export class Engine {
  #config;
  #words;
  #state;
  #worker;
  #opened;
  #leave;
  #next = 0;
  #waiting = new Map();
  #files = new Map();
  busy = false;

  // `state` is told in words what the engine is doing
  constructor(config, { words, state }) {
    this.#config = config;
    this.#words = words;
    this.#state = state;
  }

  // Ready once the whole graph, and the reader's files, are loaded. It is started at most once.
  open() {
    if (!this.#opened) {
      const opened = this.#open().catch((error) => {
        if (this.#opened === opened) {
          this.#opened = undefined;
          this.#state(`${this.#words.broken} ${error.message}`);
        }
        throw error;
      });
      this.#opened = opened;
    }
    return this.#opened;
  }

  async #open() {
    const { urls } = this.#config;
    this.#state(this.#words.loading);
    this.#worker = new Worker(workerAddress(urls.worker));
    this.#worker.onmessage = ({ data }) => this.#answered(data);
    this.#worker.onerror = (event) => this.#fail(new Error(event.message || "worker"));
    const { size, ms } = await this.#ask("open", { wasm: source("wasm", urls), graph: source("graph", urls) });
    for (const file of this.#files.values()) await this.#ask("add", file);
    this.#state(fill(this.#words.ready, { n: this.#words.number(size), ms: this.#words.number(Math.round(ms)) }));
  }

  #ask(type, rest) {
    return new Promise((resolve, reject) => {
      const id = this.#next++;
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, type, ...rest });
    });
  }

  // After a fatal error the engine is of no more use.
  async #use(type, rest) {
    try {
      return await this.#ask(type, rest);
    } catch (error) {
      if (error.fatal) this.#restart(stopped("reader")).catch(() => {});
      throw error;
    }
  }

  #answered({ id, value, error }) {
    const asked = this.#waiting.get(id);
    if (!asked) return;
    this.#waiting.delete(id);
    if (error) asked.reject(Object.assign(new Error(error.message), error));
    else asked.resolve(value);
  }

  #fail(error) {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }

  // Nothing can interrupt the engine, and nothing can mend it: the worker is ended and another one started.
  #restart(error) {
    this.#worker?.terminate();
    this.#opened = undefined;
    this.#fail(error);
    return this.open();
  }

  // The time limit counts from when the engine is ready.
  async query(asked) {
    this.busy = true;
    let timer;
    try {
      await Promise.race([this.open(), new Promise((_, reject) => (this.#leave = reject))]);
      this.#leave = undefined;
      timer = setTimeout(() => this.stop("limit"), LIMIT);
      return await this.#use("query", asked);
    } finally {
      clearTimeout(timer);
      this.#leave = undefined;
      this.busy = false;
    }
  }

  // An engine that still loads goes on loading, for the next query.
  stop(reason) {
    if (!this.busy) return;
    if (this.#leave) this.#leave(stopped(reason));
    else this.#restart(stopped(reason)).catch(() => {});
  }

  // What the file brought: {added, graphs}. A query that is stopped does not stop it.
  async add(file) {
    for (;;) {
      try {
        await this.open();
        const found = await this.#use("add", file);
        this.#files.set(file.name, file);
        return found;
      } catch (error) {
        if (!error.stopped) throw error;
      }
    }
  }

  // Take the reader's file out: the graph is loaded anew without it.
  async remove(name) {
    this.#files.delete(name);
    await this.#restart(stopped("reader"));
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

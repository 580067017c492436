// The worker of the engine, seen from the page: one query at a time, ended by the reader or by the time limit.
import { fill } from "./words.js";
/** @import { Statement } from "./file-types.js" */
/** @import { Added, Answer, Asked, Checked, Config, Failure, Own, Urls } from "./playground-types.js" */
/** @import { Remark } from "./query-types.js" */
/** @import { AskedInWords, InWords } from "./question-types.js" */
/** @import { Words } from "./types.js" */

export const LIMIT = 30000;
const LONG = 1000; // milliseconds that a count may hold up the next

// Why a request has no answer, though nothing is wrong with it: "reader" or "limit".
/** @type {(reason: string) => Error} */
const stopped = (reason) => Object.assign(new Error(reason), { stopped: reason });

export class Engine {
  /** @type {Pick<Config, "urls" | "bytes">} */
  #config;
  /** @type {Words} */
  #words;
  /** @type {(text: string) => void} */
  #state;
  /** @type {Worker | undefined} */
  #worker;
  /** @type {Promise<void> | undefined} */
  #opened;
  /** @type {((reason: Error) => void) | undefined} */
  #leave;
  #next = 0;
  /** @type {Map<number, { resolve: (value: any) => void, reject: (error: Error) => void }>} */
  #waiting = new Map();
  /** @type {Map<string, Own>} */
  #files = new Map();
  /** @type {(share: number) => void} */
  #progress;
  busy = false;
  ready = false;
  #counting = 0;
  /** @type {Promise<void> | undefined} */
  #counted;

  // `state` is told in words what the engine is doing, `progress` how much of what it needs has come, from 0 to 1
  /**
   * @param {Pick<Config, "urls" | "bytes">} config
   * @param {{ words: Words, state: (text: string) => void, progress?: (share: number) => void }} told
   */
  constructor(config, { words, state, progress = () => {} }) {
    this.#config = config;
    this.#words = words;
    this.#state = state;
    this.#progress = progress;
  }

  // Ready once the whole graph, and the reader's files, are loaded. It is started at most once.
  /** @type {() => Promise<void>} */
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

  /** @type {() => Promise<void>} */
  async #open() {
    const { urls } = this.#config;
    this.#state(this.#words.loading);
    this.#progress(0);
    const worker = new Worker(workerAddress(urls.worker));
    this.#worker = worker;
    worker.onmessage = ({ data }) => this.#answered(data);
    worker.onerror = (event) => this.#fail(new Error(event.message || "worker"));
    const { size, ms } = await this.#ask("open", { wasm: source("wasm", urls), graph: source("graph", urls) });
    for (const file of this.#files.values()) await this.#ask("add", this.#whole(file));
    this.ready = true;
    this.#progress(1);
    this.#state(fill(this.#words.ready, { n: this.#words.number(size), ms: this.#words.number(Math.round(ms)) }));
  }

  /** @type {(type: string, rest: object) => Promise<any>} */
  #ask(type, rest) {
    return new Promise((resolve, reject) => {
      const id = this.#next++;
      this.#waiting.set(id, { resolve, reject });
      this.#worker?.postMessage({ id, type, ...rest });
    });
  }

  // After a fatal error the engine is of no more use.
  /** @type {(type: string, rest: object) => Promise<any>} */
  async #use(type, rest) {
    try {
      return await this.#ask(type, rest);
    } catch (error) {
      if (/** @type {Failure} */ (error).fatal) this.#restart(stopped("reader")).catch(() => {});
      throw error;
    }
  }

  /** @type {(answer: { id: number, value?: unknown, error?: Error, come?: number }) => void} */
  #answered({ id, value, error, come }) {
    if (come !== undefined) return this.#progress(Math.min(0.99, come / (this.#config.bytes || Number.POSITIVE_INFINITY)));
    const asked = this.#waiting.get(id);
    if (!asked) return;
    this.#waiting.delete(id);
    if (error) asked.reject(Object.assign(new Error(error.message), error));
    else asked.resolve(value);
  }

  /** @type {(error: Error) => void} */
  #fail(error) {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }

  // Nothing can interrupt the engine, and nothing can mend it: the worker is ended and another one started.
  /** @type {(error: Error) => Promise<void>} */
  #restart(error) {
    this.#worker?.terminate();
    this.#opened = undefined;
    this.ready = false;
    this.#fail(error);
    return this.open();
  }

  // The time limit counts from when the engine is ready.
  /** @type {(asked: Asked) => Promise<Answer>} */
  query(asked) {
    return this.#timed("query", asked);
  }

  // How many things and rows a query of the page's own counts, beside what the reader runs; nothing if a newer one is to
  // be counted, which waits for this one and no longer than LONG.
  /** @type {(text: string) => Promise<{ things: number, rows: number } | null>} */
  async count(text) {
    this.#counting += 1;
    const turn = this.#counting;
    if (this.#counted && !this.busy) await Promise.race([this.#counted, new Promise((done) => setTimeout(done, LONG))]);
    if (turn !== this.#counting) return null;
    if (this.#counted && !this.busy) this.#restart(stopped("reader")).catch(() => {});
    await this.open();
    const counted = this.#use("query", { text, graph: "" }).finally(() => {
      if (this.#counted === settled) this.#counted = undefined;
    });
    const settled = counted.then(() => {}, () => {});
    this.#counted = settled;
    const { result } = /** @type {Answer} */ (await counted);
    const [row] = result?.results.bindings ?? [];
    return turn === this.#counting ? { things: Number(row?.things?.value), rows: Number(row?.rows?.value) } : null;
  }

  // What in a query never matches, or what is wrong with it.
  /** @type {(asked: Checked) => Promise<Remark[]>} */
  check(asked) {
    return this.#timed("check", asked);
  }

  // What comes of a question in words. What reads them is loaded with the first.
  /** @type {(asked: AskedInWords) => Promise<InWords>} */
  inWords(asked) {
    return this.#timed("inWords", { ...asked, data: source("words", this.#config.urls) });
  }

  /** @type {(type: string, asked: object) => Promise<any>} */
  async #timed(type, asked) {
    this.busy = true;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;
    try {
      await Promise.race([this.open(), new Promise((_, reject) => (this.#leave = reject))]);
      this.#leave = undefined;
      timer = setTimeout(() => this.stop("limit"), LIMIT);
      return await this.#use(type, asked);
    } finally {
      clearTimeout(timer);
      this.#leave = undefined;
      this.busy = false;
    }
  }

  // An engine that still loads goes on loading, for the next query.
  /** @type {(reason: string) => void} */
  stop(reason) {
    if (!this.busy) return;
    if (this.#leave) this.#leave(stopped(reason));
    else this.#restart(stopped(reason)).catch(() => {});
  }

  // With what may be needed to read it.
  /** @type {(file: Own) => object} */
  #whole(file) {
    const { urls } = this.#config;
    return { ...file, code: source("files", urls), context: source("context", urls) };
  }

  // What the file brought. A query that is stopped does not stop it.
  /** @type {(file: Own) => Promise<Added>} */
  async add(file) {
    for (;;) {
      try {
        await this.open();
        const found = await this.#use("add", this.#whole(file));
        this.#files.set(file.name, file);
        return found;
      } catch (error) {
        if (!(/** @type {Failure} */ (error).stopped)) throw error;
      }
    }
  }

  // More that is said in the graph of a file, also if it is loaded anew.
  /** @type {(name: string, said: Statement[]) => Promise<void>} */
  async join(name, said) {
    const file = this.#files.get(name);
    if (!file) return;
    this.#files.set(name, { ...file, more: said });
    for (;;) {
      try {
        await this.open();
        await this.#use("join", { name, said });
        return;
      } catch (error) {
        if (!(/** @type {Failure} */ (error).stopped)) throw error;
      }
    }
  }

  // Take the reader's file out: the graph is loaded anew without it.
  /** @type {(name: string) => Promise<void>} */
  async remove(name) {
    this.#files.delete(name);
    await this.#restart(stopped("reader"));
  }
}

/** @type {(name: string) => string | null | undefined} */
const inline = (name) => document.getElementById(`pg-data-${name}`)?.textContent;

/** @type {(base64: string) => ArrayBuffer} */
const bytes = (base64) => Uint8Array.from(atob(base64.trim()), (character) => character.charCodeAt(0)).buffer;

// The bytes that stand in the page, else an address that the worker can fetch.
/** @type {(name: string, urls: Urls) => ArrayBuffer | string} */
function source(name, urls) {
  const text = inline(name);
  return text ? bytes(text) : new URL(urls[name], document.baseURI).href;
}

/** @type {(url: string) => string | URL} */
function workerAddress(url) {
  const text = inline("worker");
  return text ? URL.createObjectURL(new Blob([bytes(text)], { type: "text/javascript" })) : new URL(url, document.baseURI);
}

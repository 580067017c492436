// JSON-LD whose contexts are elsewhere: in a file that came with it, or ours. Nothing is ever fetched but ours, from the site.
// And what the engine lacks: maps of types (JSON-LD 1.1, section 4.6.4). By the rules of `trophees/reading/json_ld.py`.
import { Refusal } from "./refusal.js";
/** @import { Beside } from "./file-types.js" */

const LARGEST = 1 << 20; // bytes of a context
const DEEPEST = 10; // contexts that lead to one another
const MANY = 100000; // keys of contexts that are put in
const OURS = /^https?:\/\/w3id\.org\/trophees-participation\/context(?:\.jsonld)?(?:[?#].*)?$/;

/** @typedef {Record<string, any>} Node */

/**
 * @param {unknown} value
 * @returns {value is Node}
 */
const isNode = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
/** @type {(value: any) => any[]} */
const listed = (value) => (Array.isArray(value) ? value : [value]);
const brief = (/** @type {string} */ text) => (text.length <= 80 ? text : `${text.slice(0, 79)}…`);

// The JSON-LD `text` with its contexts in it: those of `beside`, by their names, and ours, which `ours` gives.
/** @type {(text: string, beside: Beside, ours: () => Promise<string>) => Promise<string>} */
export async function withContexts(text, beside, ours) {
  if (!text.includes("@context") && !text.includes("@import")) return text;
  /** @type {unknown} */
  let document;
  try {
    document = JSON.parse(text);
  } catch {
    return text; // for the engine to tell, with its line
  }
  try {
    const reading = new Reading(beside, /trophees-participation\/context/.test(text + Object.values(beside).join("")) ? await ours() : "");
    const found = reading.node(document);
    return reading.changed ? JSON.stringify(found) : text;
  } catch (error) {
    if (error instanceof RangeError) return text; // too deep
    throw error;
  }
}

class Reading {
  changed = false;
  /** @type {Map<string, boolean>} */
  #typed = new Map(); // the terms whose values are maps of types: whether texts in them are terms
  /** @type {Map<string, any>} */
  #terms = new Map(); // what contexts say of terms, as far as they are active
  #putIn = 0;
  #beside;
  #ours;

  /** @param {Beside} beside @param {string} ours */
  constructor(beside, ours) {
    this.#beside = beside;
    this.#ours = ours;
  }

  // `value`, a part of the document, with what it needs; contexts come first in what they are about.
  /** @param {any} value @returns {any} */
  node(value) {
    if (Array.isArray(value)) return value.map((item) => this.node(item));
    if (!isNode(value)) return value;
    /** @type {Node} */
    const found = {};
    const outside = this.#terms;
    if (Object.hasOwn(value, "@context")) {
      this.#terms = new Map(outside);
      found["@context"] = this.context(value["@context"], 0);
    }
    for (const [key, part] of Object.entries(value)) {
      if (key === "@context") continue;
      const made = this.node(part);
      Object.defineProperty(found, key, { value: this.#typed.has(key) && isNode(part) ? this.#types(made, this.#typed.get(key) === true) : made, enumerable: true, configurable: true, writable: true });
    }
    this.#terms = outside;
    return found;
  }

  // The context `said` with what it names by address in place of it.
  /** @param {any} said @param {number} depth @returns {any} */
  context(said, depth) {
    if (said === null) this.#terms.clear();
    if (typeof said === "string") {
      this.changed = true;
      return this.context(this.#loaded(said, depth), depth + 1);
    }
    if (Array.isArray(said)) return said.flatMap((part) => this.context(part, depth));
    if (!isNode(said)) return said;
    let found = { ...said };
    const imported = found["@import"];
    delete found["@import"];
    if (typeof imported === "string") {
      this.changed = true;
      const base = this.context(this.#loaded(imported, depth), depth + 1);
      if (!isNode(base)) throw new Refusal("contextMap", { address: brief(imported) });
      found = { ...base, ...found };
    }
    for (const [term, meaning] of Object.entries(found)) this.#terms.set(term, meaning);
    for (let [term, meaning] of Object.entries(found)) {
      if (!isNode(meaning)) continue;
      const container = listed(meaning["@container"] ?? []);
      if (container.includes("@type")) {
        this.#typed.set(term, meaning["@type"] === "@vocab");
        this.changed = true;
        const kept = container.filter((one) => one !== "@type");
        const { "@container": _, ...rest } = meaning;
        meaning = { ...rest, ...(kept.length ? { "@container": kept } : {}) };
        found[term] = meaning;
      }
      if (Object.hasOwn(meaning, "@context")) {
        const outside = this.#terms;
        this.#terms = new Map(); // it holds within this term alone
        found[term] = { ...meaning, "@context": this.context(meaning["@context"], depth) };
        this.#terms = outside;
      }
    }
    return found;
  }

  // The context at `address`.
  /** @param {string} address @param {number} depth @returns {any} */
  #loaded(address, depth) {
    if (depth >= DEEPEST) throw new Refusal("contextsDeep", { n: DEEPEST });
    const shown = brief(address);
    if (OURS.test(address)) return this.#contextOf(this.#ours, shown);
    const path = address.replace(/[?#].*$/s, "");
    if (/^[A-Za-z][A-Za-z0-9+.-]*:/.test(path) || path.startsWith("/") || !path) throw new Refusal("contextFetched", { address: shown });
    let name = path.split("/").at(-1) ?? "";
    try {
      name = decodeURIComponent(name);
    } catch {
      // as it is written
    }
    if (!Object.hasOwn(this.#beside, name)) throw new Refusal("contextBeside", { address: shown });
    const text = this.#beside[name];
    if (text.length > LARGEST) throw new Refusal("contextLarge", { address: shown, n: LARGEST >> 20 });
    return this.#contextOf(text, shown);
  }

  /** @param {string} text @param {string} shown @returns {any} */
  #contextOf(text, shown) {
    /** @type {any} */
    let document = null;
    try {
      document = JSON.parse(text);
    } catch {
      // none
    }
    if (!isNode(document) || !Object.hasOwn(document, "@context")) throw new Refusal("contextNone", { address: shown });
    const said = document["@context"];
    this.#putIn += Array.isArray(said) ? said.length : isNode(said) ? Object.keys(said).length : 1;
    if (this.#putIn > MANY) throw new Refusal("contextsLarge");
    return said;
  }

  // The nodes of a map of types, each with its own; a text is the IRI of one, or a term if `vocab`.
  /** @type {(byType: Node, vocab: boolean) => any[]} */
  #types(byType, vocab) {
    return Object.entries(byType).flatMap(([name, nodes]) =>
      listed(nodes).map((node) => {
        const own = typeof node === "string" ? { "@id": vocab ? this.#iri(node, 0) : node } : node;
        if (name === "@none" || !isNode(own)) return own;
        const { "@type": more, ...rest } = own;
        return { "@type": [name, ...listed(more ?? [])], ...rest };
      }));
  }

  // `said`, a term, a compact IRI or a name in the vocabulary, as the IRI that it stands for (section 5.2).
  /** @type {(said: string, depth: number) => string} */
  #iri(said, depth) {
    const meaning = this.#terms.get(said);
    const meant = isNode(meaning) ? meaning["@id"] : meaning;
    if (typeof meant === "string" && meant !== said && depth < DEEPEST) return this.#iri(meant, depth + 1);
    const colon = said.indexOf(":");
    if (colon >= 0) {
      const [prefix, rest] = [said.slice(0, colon), said.slice(colon + 1)];
      return this.#terms.has(prefix) && !rest.startsWith("//") && depth < DEEPEST ? this.#iri(prefix, depth + 1) + rest : said;
    }
    const vocabulary = this.#terms.get("@vocab");
    return typeof vocabulary === "string" && depth < DEEPEST ? this.#iri(vocabulary, depth + 1) + said : said;
  }
}

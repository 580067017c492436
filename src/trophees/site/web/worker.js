// The engine's worker: Oxigraph with the whole graph, and the reader's own files beside it.
// Takes {id, type, …}, answers {id, value} or {id, error: {message, line, column, fatal}}: places are counted from 1, and
// after a fatal error this worker is of no more use.
import init, { Store, defaultGraph, literal, namedNode, parse, quad } from "oxigraph/web.js";
import { bytes } from "./bytes.js";
import { withContexts } from "./json-ld.js";
import { keptValues } from "./kept-values.js";
import { mistake, remarks, saying } from "./query-checker.js";
import { escaped, escapes, typed } from "./query-names.js";
import { Profile } from "./query-profile.js";
import { mended } from "./query-standard.js";
import { Mistake } from "./query-tokens.js";
import { Answering } from "./question-answering.js";
import { NO_LANGUAGE, ready } from "./reading.js";
import { labelled } from "./shape.js";
import { columns, namesItsGraphs, offset, placeOf, withPrefixes } from "./sparql.js";
/** @import { Refusal } from "./refusal.js" */
/** @import { FileReading, Noted, Statement } from "./file-types.js" */
/** @import { Answer, Asked, Checked, Own } from "./playground-types.js" */
/** @import { Remark } from "./query-types.js" */
/** @import { AskedInWords, InWords, WordsData } from "./question-types.js" */
/** @import { Rows } from "./types.js" */

const PATIENCE = 2000; // milliseconds that a check takes at most, or little more
// how files begin that are compressed: gzip, bzip2, xz, Zstandard
const PACKED = [[0x1f, 0x8b], [0x42, 0x5a, 0x68], [0xfd, 0x37, 0x7a, 0x58, 0x5a], [0x28, 0xb5, 0x2f, 0xfd]];
const LOOKED_AT = 1 << 24; // characters of a file whose numbers are looked at
const DATASETS = ["jsonld", "nq", "trig"];
// the literals of a file that are in no language
const UNSPOKEN = `DELETE { GRAPH ?g { ?s ?p ?o } } INSERT { GRAPH ?g { ?s ?p ?text } }
  WHERE { GRAPH ?g { ?s ?p ?o FILTER(LANG(?o) = "${NO_LANGUAGE}") BIND(STR(?o) AS ?text) } }`;
const TRIPLES = "SELECT ?subject ?predicate ?object { ?subject ?predicate ?object } ORDER BY ?subject ?predicate ?object";

/** @type {Store} */
let store;
/** @type {Answering | undefined} */
let answering; // once it was asked in words
/** @type {Map<string, string[]>} */
const graphs = new Map(); // of each file, which may name graphs of its own

const requests = {
  // `wasm` and `graph` are bytes, gzipped or not, or addresses to fetch
  /** @param {{ wasm: string | ArrayBuffer, graph: string | ArrayBuffer }} sources */
  async open({ wasm, graph }) {
    const start = performance.now();
    let come = 0;
    const tell = (/** @type {number} */ more) => self.postMessage({ come: (come += more) });
    const [code, data] = await Promise.all([bytes(wasm, tell), bytes(graph, tell)]);
    await init({ module_or_path: code });
    store = new Store();
    store.load(data, { format: "trig" });
    return { size: store.size, ms: performance.now() - start };
  },

  // What stands in no graph of the file goes into the graph `name`; the file is all of its graphs.
  /** @param {Own & { code: string | ArrayBuffer, context: string | ArrayBuffer }} file */
  async add({ data, format, extension, name, beside = {}, more = [], code, context }) {
    const before = store.size;
    const packed = new Uint8Array(data);
    const table = format === "table";
    const plain = table || PACKED.some((begins) => begins.every((byte, place) => packed[place] === byte)) ? await (await filesReading(code)).unpacked(packed) : packed;
    if (table) {
      const { said, notes, table } = (await filesReading(code)).statements(plain, extension, name);
      say(name, [...said, ...more]);
      graphs.set(name, [name]);
      return { added: store.size - before, graphs: [], notes, table };
    }
    let content = ready(plain, format);
    const unspoken = content.includes(NO_LANGUAGE);
    if (format === "jsonld") content = await withContexts(content, beside, async () => new TextDecoder().decode(await bytes(context)));
    /** @type {Set<string>} */
    const named = new Set();
    /** @type {number | undefined} */
    let read;
    if (DATASETS.includes(format)) {
      const file = new Store();
      file.load(content, { format, base_iri: name });
      read = file.size;
      for (const { subject, predicate, object, graph } of file.match()) {
        if (graph.termType === "NamedNode") named.add(graph.value);
        store.add(quad(subject, predicate, object, graph.termType === "DefaultGraph" ? namedNode(name) : graph));
      }
    } else store.load(content, { format, base_iri: name, to_graph_name: namedNode(name) });
    if (unspoken) store.update(UNSPOKEN);
    graphs.set(name, [name, ...named]);
    return { added: store.size - before, graphs: [...named].sort(), notes: read ?? store.size - before ? kept(content, format, name) : noted() };
  },

  // More that is said in the graph of a file.
  /** @param {{ name: string, said: Statement[] }} more */
  join({ name, said }) {
    say(name, said);
    return said.length;
  },

  /**
   * @param {Asked} asked
   * @returns {Answer}
   */
  query({ text, graph, labels }) {
    const start = performance.now();
    const asked = escaped(text, {}); // it declares its prefixes
    let json = String(store.query(mended(asked, sound), { ...dataset(asked, graph), results_format: "json" }));
    const ms = performance.now() - start;
    const head = /^\{"head":\{"vars":(\[[^\]]*\])/.exec(json);
    if (head) json = `{"head":{"vars":${JSON.stringify(columns(asked, JSON.parse(head[1])))}${json.slice(head[0].length)}`;
    if (!json.startsWith("[")) {
      const result = JSON.parse(json);
      return { result, ...(labels && result.results ? { shaped: labelled(result, union, labels) } : {}), files: { json }, ms };
    }
    // an array is JSON-LD: the query was CONSTRUCT or DESCRIBE
    const found = new Store();
    found.load(json, { format: "jsonld" });
    const file = (/** @type {string} */ format) => found.dump({ format, from_graph_name: defaultGraph() });
    return { triples: JSON.parse(String(found.query(TRIPLES, { results_format: "json" }))), files: { nt: file("nt"), jsonld: file("jsonld") }, ms };
  },

  // What in a query never matches, or what is wrong with one that was refused with `message` at the place `near`.
  /**
   * @param {Checked} asked
   * @returns {Remark[]}
   */
  check({ text, prefixes, sentences, empty, hollow = {}, message, near, ms = PATIENCE }) {
    const ask = (/** @type {string} */ query) => union(escaped(query, {}));
    const profile = new Profile(ask, prefixes, ms);
    if (message === undefined) return remarks(text, profile, sentences, empty, hollow);
    try {
      mended(escaped(text, {}), sound);
    } catch (error) {
      if (!(error instanceof Mistake)) throw error;
      return [{ at: typed(error.at, escapes(text, {})), message: saying(sentences).fill(error.key, error.values) }];
    }
    const told = mistake(text, message, near, profile, sentences);
    return told ? [told] : [];
  },

  // What comes of a question in words, over the whole graph; `data` is what reads it, as bytes or an address.
  /**
   * @param {AskedInWords & { data: string | ArrayBuffer }} asked
   * @returns {Promise<InWords>}
   */
  async inWords({ data, question, lang, prefixes, cookbook }) {
    const read = async () => /** @type {WordsData} */ (JSON.parse(new TextDecoder().decode(await bytes(data))));
    /** @type {(query: string) => Rows} */
    const ask = (query) => union(withPrefixes(query, prefixes));
    answering ??= new Answering(await read(), ask);
    return answering.answer(question, lang, cookbook);
  },
};

// The rows of a query of ours, over the union of the graphs.
/** @type {(query: string) => Rows} */
const union = (query) => JSON.parse(String(store.query(query, { use_default_graph_as_union: true, results_format: "json" })));

// Whether the engine knows the regular expression that is `written` so.
/** @type {(written: string) => boolean} */
const sound = (written) => String(store.query(`SELECT (REGEX("", ${written}) AS ?x) {}`, { results_format: "json" })).includes('"x":{');

// What reads tables and compressed files, whose `code` is loaded with the first of them.
/** @type {(code: string | ArrayBuffer) => Promise<FileReading>} */
async function filesReading(code) {
  const scope = /** @type {{ tropheesFiles?: FileReading }} */ (/** @type {unknown} */ (self));
  if (!scope.tropheesFiles) importScripts(typeof code === "string" ? code : URL.createObjectURL(new Blob([code], { type: "text/javascript" })));
  if (!scope.tropheesFiles) throw new Error("files.js");
  return scope.tropheesFiles;
}

// What a query is about: the graphs that it names itself (FROM), else those of `graph`, else the union of all.
/** @type {(text: string, graph: string) => object} */
function dataset(text, graph) {
  if (namesItsGraphs(text)) return {};
  return graph ? { default_graph: (graphs.get(graph) ?? [graph]).map((name) => namedNode(name)) } : { use_default_graph_as_union: true };
}

// Where a place that the engine tells is in a query as it was typed.
/** @type {(line: number, column: number, text: string) => { line: number, column: number }} */
function placed(line, column, text) {
  const long = escapes(text, {});
  return long.length ? placeOf(text, typed(offset(escaped(text, {}), line, column), long)) : { line, column };
}

/** @type {(name: string, said: Statement[]) => void} */
function say(name, said) {
  for (const [subject, predicate, object] of said) store.add(quad(namedNode(subject), namedNode(predicate), "iri" in object ? namedNode(object.iri) : object.datatype ? literal(object.value, namedNode(object.datatype)) : literal(object.value), namedNode(name)));
}

// Which values of a file the engine writes otherwise.
/** @type {(content: string, format: string, name: string) => Noted[]} */
function kept(content, format, name) {
  if (content.length > LOOKED_AT) return [];
  const scratch = new Store();
  const node = namedNode("urn:x");
  return keptValues(literals(content, format, name), ({ value, datatype }) => {
    const one = quad(node, node, literal(value, namedNode(datatype)));
    scratch.add(one);
    const [{ object }] = scratch.match();
    scratch.delete(one);
    return object.value;
  });
}

/** @type {(content: string, format: string, name: string) => Generator<{ value: string, datatype: string }>} */
function* literals(content, format, name) {
  for (const { object } of parse(content, { format, base_iri: name })) {
    if (object.termType === "Literal" && !object.language) yield { value: object.value, datatype: object.datatype.value };
  }
}

// That nothing is said in a file.
/** @type {() => Noted[]} */
function noted() {
  /** @type {Noted[]} */
  const notes = [];
  notes.push(["nothing", {}]);
  return notes;
}

// The sentence, by its key, with which a file was refused. That of files.js is another class of the same.
/** @type {(error: unknown) => Partial<Refusal>} */
function refused(error) {
  const { key, values } = /** @type {Partial<Refusal>} */ (error ?? {});
  return key && values ? { key, values } : {};
}

self.onmessage = async ({ data: { id, type, ...rest } }) => {
  const answer = /** @type {Record<string, (given: any) => unknown>} */ (requests)[type];
  try {
    self.postMessage({ id, value: await answer(rest) });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const told = /(?:error at|line) (\d+)(?::| column | between columns )(\d+)/.exec(message);
    const { line, column } = told ? placed(+told[1], +told[2], type === "query" ? rest.text : "") : { line: 0, column: 0 };
    // no more memory: for the engine, for a text, or for what is sent
    const fatal = error instanceof WebAssembly.RuntimeError || error instanceof RangeError || (error instanceof DOMException && error.name === "DataCloneError");
    self.postMessage({ id, error: { message, line, column, fatal, ...refused(error) } });
  }
};

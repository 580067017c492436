// The reader's own files as the engine reads them: in UTF-8, whole, and no other format than they are taken for.
// The rules are those of `trophees/reading/`; mistakes have keys of `words`, which `mistakes.js` finds.

import { Refusal } from "./refusal.js";

/** @type {[mark: number[], encoding: string][]} those of 32 bits first, which begin like one of 16 */
const MARKS = [[[0xff, 0xfe, 0, 0], "utf-32le"], [[0, 0, 0xfe, 0xff], "utf-32be"], [[0xef, 0xbb, 0xbf], "utf-8"], [[0xff, 0xfe], "utf-16le"], [[0xfe, 0xff], "utf-16be"]];
const DECLARED = /^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z][\w.:-]*)["']/;
const UNTYPED = /\s[\w.-]+:datatype\s*=\s*(["'])http:\/\/www\.w3\.org\/1999\/02\/22-rdf-syntax-ns#langString\1/g;
const UNSPOKEN = /(\sxml:lang\s*=\s*["'])(["'])/g;
const RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
// an end tag, or an element that is all of the document
const END = /<\/(?:[\w.-]+:)?[\w.-]+\s*>(?:\s|<!--.*?-->)*$/s;
const ALONE = /^[^<]*(?:<\?[^>]*>\s*)?<[^<>]*\/>(?:\s|<!--.*?-->)*$/s;

// What `data` says, in UTF-8. It throws what is wrong with it.
/** @type {(data: Uint8Array<ArrayBuffer>, format: string) => string} */
export function ready(data, format) {
  const text = decoded(data, format === "rdf");
  if (format === "rdf") return whole(text);
  if (format === "jsonld" && isRdfJson(text)) throw new Error("RDF/JSON, not JSON-LD");
  return text;
}

/** @type {(data: Uint8Array<ArrayBuffer>) => string | undefined} */
const markOf = (data) => MARKS.find(([mark]) => mark.every((byte, place) => data[place] === byte))?.[1];

// UTF-32 with its mark, which browsers do not read.
/** @type {(data: Uint8Array<ArrayBuffer>, little: boolean) => string} */
function wide(data, little) {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  let text = "";
  for (let at = 4; at < data.byteLength; at += 4) text += String.fromCodePoint(view.getUint32(at, little));
  return text;
}

// `data`, a text that is UTF-8, or has a byte order mark, or else is Windows-1252.
/** @type {(data: Uint8Array<ArrayBuffer>) => string} */
export function textOf(data) {
  try {
    return decoded(data, false);
  } catch {
    const read = markOf(data) ? "\x81" : new TextDecoder("windows-1252").decode(data);
    if (/[\x81\x8d\x8f\x90\x9d]/.test(read)) throw new Refusal("encoding"); // nothing stands for these
    return read;
  }
}

/** @type {(data: Uint8Array<ArrayBuffer>, xml: boolean) => string} */
function decoded(data, xml) {
  const marked = markOf(data);
  if (marked?.startsWith("utf-32")) return wide(data, marked === "utf-32le");
  const declared = xml && !marked ? DECLARED.exec(new TextDecoder("latin1").decode(data.subarray(0, 1000)))?.[1] : undefined;
  const text = new TextDecoder(marked ?? declared ?? "utf-8", { fatal: true }).decode(data);
  return xml ? text.replace(DECLARED, (head) => head.replace(/\sencoding\s*=\s*["'][^"']*["']/, "")) : text;
}

// For what is in no language (XML 1.0, section 2.12, says it by an empty tag), as engines have no word for that.
export const NO_LANGUAGE = "x-none";

/** @type {(text: string) => string} */
function whole(text) {
  const root = /<((?:[\w.-]+:)?[\w.-]+)(?=[\s/>])/.exec(text.replace(/<!--.*?-->/gs, ""))?.[1];
  const last = END.exec(text)?.[0].match(/^<\/([^\s>]+)/)?.[1];
  if (!ALONE.test(text) && (root === undefined || last !== root)) throw new Error("Unexpected end of file: the document is cut off");
  if (!text.includes(RDF)) throw new Refusal("notRdf");
  return text.replace(UNTYPED, (found) => " ".repeat(found.length)).replace(UNSPOKEN, `$1${NO_LANGUAGE}$2`);
}

/** @type {(text: string) => boolean} */
function isRdfJson(text) {
  if (!text.includes('"value"')) return false;
  /** @type {unknown} */
  let document;
  try {
    document = JSON.parse(text);
  } catch {
    return false; // for the engine to tell, with its line
  }
  if (!isObject(document) || !Object.keys(document).length || Object.keys(document).some((key) => key.startsWith("@"))) return false;
  return Object.values(document).every((properties) => isObject(properties) && Object.keys(properties).length > 0 &&
    Object.values(properties).every((values) => Array.isArray(values) && values.every((value) => isObject(value) && "type" in value && "value" in value)));
}

/**
 * @param {unknown} value
 * @returns {value is Record<string, unknown>}
 */
function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

// The SHA-256 of an answer, in the form of `ask/fingerprint.py`: it depends on nothing but what the answer says.
/** @import { Answer } from "./playground-types.js" */
/** @import { Rows, Term } from "./types.js" */

const ESCAPES = new Map([["\b", "\\b"], ["\t", "\\t"], ["\n", "\\n"], ["\f", "\\f"], ["\r", "\\r"], ['"', '\\"'], ["\\", "\\\\"]]);

// The text to sum; undefined if there are blank nodes in it, which are named at random.
/** @type {(answer: Answer) => string | undefined} */
export function canonical({ result, triples }) {
  if (triples) {
    const lines = triples.results.bindings.map(({ subject, predicate, object }) => `${term(subject)} ${term(predicate)} ${term(object)} .\n`);
    return whole(lines);
  }
  if (result && "boolean" in result) return `${result.boolean}\n`;
  const { head: { vars }, results: { bindings } } = /** @type {Rows} */ (result);
  const head = `${vars.map((name) => `?${name}`).join("\t")}\n`;
  const rows = whole(bindings.map((row) => `${vars.map((name) => term(row[name])).join("\t")}\n`), true);
  return rows === undefined ? undefined : head + rows;
}

// In the order of bytes, each once unless rows may be said twice.
/** @type {(lines: string[], twice?: boolean) => string | undefined} */
function whole(lines, twice = false) {
  if (lines.some((line) => line.includes("\0"))) return undefined;
  const encoder = new TextEncoder();
  const kept = twice ? lines : [...new Set(lines)];
  return kept.map((line) => ({ line, bytes: encoder.encode(line) })).sort((a, b) => order(a.bytes, b.bytes)).map(({ line }) => line).join("");
}

/** @type {(a: Uint8Array, b: Uint8Array) => number} */
function order(a, b) {
  const least = Math.min(a.length, b.length);
  for (let place = 0; place < least; place++) if (a[place] !== b[place]) return a[place] - b[place];
  return a.length - b.length;
}

// A term of N-Triples; a null character stands for what has no lasting name.
/** @type {(it: Term | undefined) => string} */
function term(it) {
  if (!it) return "";
  if (it.type === "triple" || it.type === "bnode") return "\0";
  if (it.type === "uri") return `<${it.value}>`;
  const language = it["xml:lang"];
  const text = `"${it.value.replace(/["\\\p{Cc}]/gu, escaped)}"`;
  return language ? `${text}@${language}` : it.datatype && !it.datatype.endsWith("#string") ? `${text}^^<${it.datatype}>` : text;
}

/** @type {(character: string) => string} */
const escaped = (character) => ESCAPES.get(character) ?? (character > "\x7f" ? character : `\\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`);

// In hexadecimal; browsers sum on https and on their own machine only.
/** @type {(text: string) => Promise<string>} */
export async function sum(text) {
  const found = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return [...new Uint8Array(found)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

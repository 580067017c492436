// What is wrong with a query or a file, and where, in the reader's language: the engine tells it in English, at a place
// that is only near, and mostly as what its grammar could have gone on with.
import { fill } from "./words.js";
import { offset, undeclared } from "./sparql.js";
/** @import { Failure, Messages } from "./types.js" */

// the sentences among what the engine says, and the name of ours
/** @type {[key: string, pattern: RegExp][]} */
const SENTENCES = [
  ["service", /^The service .* is not supported/],
  ["function", /custom function .* is not supported/],
  ["unbound", /variable that is unbound/],
  ["star", /SELECT \* is not authorized with GROUP BY/],
  ["twice", /Duplicated variable name in SELECT|overrides an existing variable/],
  ["prefix", /Prefix not found/],
  ["iri", /IRI parsing failed|IRIs are (?:not|only) allowed/],
  ["languageTag", /language tag parsing failed/],
  ["blankNode", /Already used blank node id/],
  ["values", /VALUES clause rows should have/],
  ["aggregate", /Unexpected aggregate/],
];
const UPDATE = /^(?:INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|ADD|MOVE|COPY|WITH)$/i;
const WORD = /^(?:[\w?$:\p{L}-]+|\S)/u;

// `mistaken`: where the editor's grammar finds the first mistake, -1 if it finds none, undefined if there is no editor.
// {from, message}, where `from` is null if no place is better than another.
/** @type {(failure: Failure, text: string, mistaken: number | undefined, words: Messages) => { from: number | null, message: string }} */
export function ofQuery({ message, line, column }, text, mistaken, words) {
  const sentence = SENTENCES.find(([, pattern]) => pattern.test(message))?.[0];
  const near = line ? offset(text, line, column) : null;
  if (sentence === "prefix") {
    const [first] = undeclared(text);
    return first ? { from: first.from, message: fill(words.prefix, first) } : { from: near, message: fill(words.prefix, { name: "" }) };
  }
  if (sentence === "iri") return { from: Math.max(0, text.lastIndexOf("<", (near ?? 0) - 1)), message: words.iri };
  if (sentence === "languageTag" || sentence === "blankNode") return { from: wordAt(text, (near ?? 0) - 1), message: words[sentence] };
  if (sentence) return { from: null, message: words[sentence] };
  if (near === null) return { from: null, message };
  const told = mistaken !== undefined && mistaken >= 0 && mistaken <= near;
  const from = skipped(text, told ? mistaken : tried(message, text, near));
  const word = WORD.exec(text.slice(from))?.[0];
  if (!word) return { from, message: text.trim() ? words.ended : words.empty };
  if (UPDATE.test(word)) return { from, message: words.update };
  return { from, message: told || mistaken === undefined ? fill(words.unexpected, { word }) : words.refused };
}

// Where the engine began to try what it says that it expected: a keyword moved its place on by its length, any
// character ([_]) by one; signs that it names did not.
/** @type {(message: string, text: string, near: number) => number} */
function tried(message, text, near) {
  const listed = message.replace(/^.*?expected (?:one of )?/s, "");
  const moved = /["']/.test(listed) ? 0 : listed.includes("[_]") ? 1 : (/^[A-Z_]+/.exec(listed)?.[0].length ?? 0);
  return wordAt(text, Math.max(0, near - moved));
}

// The beginning of the word that `at` is inside of.
/** @type {(text: string, at: number) => number} */
function wordAt(text, at) {
  return at - (/[\w?$:\p{L}-]*$/u.exec(/^[\w?$:\p{L}-]/u.test(text.slice(at)) ? text.slice(0, at) : "")?.[0].length ?? 0);
}

// `from`, or where the first word after it begins.
/** @type {(text: string, from: number) => number} */
const skipped = (text, from) => from + (/^(?:\s+|#[^\n]*)*/.exec(text.slice(from))?.[0].length ?? 0);

/** @type {[key: string, pattern: RegExp][]} */
const IN_FILES = [
  ["remoteContext", /LoadDocumentCallback/],
  ["prefix", /The prefix (?<name>\S*?):? has not been declared/],
  ["fileEnded", /Unexpected end|before end of input|not closed/],
  ["dot", /dot is expected|followed by a dot/],
  ["iri", /IRI/],
];

// Why a file cannot be read; what has no words of ours is told in English only.
/** @type {(failure: Failure, words: Messages, lang: string) => string} */
export function ofFile({ message, line, column, fatal }, words, lang) {
  if (fatal) return words.tooLarge;
  const place = line ? fill(words.place, { line, column }).toLowerCase() : "";
  const [key, pattern] = IN_FILES.find(([, found]) => found.test(message)) ?? [];
  const english = lang === "en" ? `${message.replace(/^Parser error at [^:]*: /, "").replace(/\.?$/, ".")}` : "";
  return `${place}${key ? fill(words[key], pattern?.exec(message)?.groups ?? {}) : english || words.syntax}`;
}

// What is wrong with a file, and where, in the reader's language: the engine tells it in English.
import { fill } from "./words.js";
/** @import { Failure } from "./playground-types.js" */
/** @import { Messages } from "./types.js" */

/** @type {[key: string, pattern: RegExp][]} */
const IN_FILES = [
  ["contextFetched", /LoadDocumentCallback/],
  ["prefix", /The prefix (?<name>\S*?):? has not been declared/],
  ["fileEnded", /Unexpected end|before end of input|not closed/],
  ["dot", /dot is expected|followed by a dot/],
  ["iri", /IRI/],
];

// Why a file cannot be read; what has no words of ours is told in English only.
/** @type {(failure: Failure, words: Messages, lang: string) => string} */
export function ofFile({ message, line, column, fatal, key: refused, values = {} }, words, lang) {
  if (refused && words[refused]) return fill(words[refused], values);
  if (fatal) return words.tooLarge;
  const place = line ? fill(words.place, { line, column }).toLowerCase() : "";
  const [key, pattern] = IN_FILES.find(([, found]) => found.test(message)) ?? [];
  const english = lang === "en" ? `${message.replace(/^Parser error at [^:]*: /, "").replace(/\.?$/, ".")}` : "";
  return `${place}${key ? fill(words[key], pattern?.exec(message)?.groups ?? {}) : english || words.syntax}`;
}

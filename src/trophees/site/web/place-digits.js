// Codes, postal codes and ordinals among the words of a cell, by the rules of `trophees/places/digits.py`.
/** @import { PlaceGrammar } from "./place-types.js" */

// a zero too much is what some files write before the code of a département: « 094 », « 02B »
export const DEPARTEMENT = /^(?:0{0,2}[1-9]|0?(?:[1-8][0-9]|9[0-5]|2[ab])|9[78]|97[1-8]|98[4-9])$/;
const NUMBER = /^(?:(?:fr?)?([0-9]{5}|2[ab][0-9]{3})|([1-9][0-9]{3}))$/;
const COUNTRY = new Set(["f", "fr"]);
export const LARGE = new Set(["paris", "lyon", "marseille"]);
const ENDINGS = new Set(["e", "er", "eme", "ere", "me", "o"]);
const ORDINAL = /^0*(20|1[0-9]|[1-9])(?:ier|er|ere|i?e?me|e|o|nd|nde)?$/;
const GLUED = /^(paris|lyon|marseille)([0-9]{1,2}[a-z]*)$/; // « Paris10e »
const DIGITS = /^\p{Nd}+$/u;

// The INSEE or postal code that a word is, but for its lost zero: « F35000 » is 35000, « 1000 » itself; or "".
/** @type {(word: string) => string} */
function codeOf(word) {
  const found = NUMBER.exec(word);
  return found?.[1] ?? found?.[2] ?? "";
}

// The words without the codes at their ends; and these, if there are other words.
/** @type {(words: string[], grammar: PlaceGrammar) => { shorter: string[], numbers: string[] }} */
export function withoutCodes(words, { districts, counties }) {
  /** @type {string[]} */
  let numbers = [];
  if (words.length > 2 && COUNTRY.has(words[0]) && codeOf(words[1])) words = words.slice(1);
  const first = words.length > 1 && codeOf(words[0]);
  if (first) [words, numbers] = [words.slice(1), [first]];
  else if (words.length > 1 && words[0].length > 1 && DEPARTEMENT.test(words[0]) && !districts.has(words[1]) && !ENDINGS.has(words[1]))
    [words, numbers] = [words.slice(1), [words[0]]];
  const last = words[words.length - 1];
  if (words.length > 2 && !codeOf(last) && counties.has(words[words.length - 2]) && DEPARTEMENT.test(last)) return { shorter: words.slice(0, -2), numbers: [...numbers, last] }; // « Cachan dpt 94 »
  const numbered = ["75", "69"].includes(last) || (last === "13" && words.length > 2);
  const ofCounty = LARGE.has(words[0]) ? numbered : last.length > 1 && DEPARTEMENT.test(last);
  const code = codeOf(last) || (ofCounty ? last : "");
  return words.length > 1 && code ? { shorter: words.slice(0, -1), numbers: [...numbers, code] } : { shorter: words, numbers };
}

// The words without CEDEX and its number.
/** @type {(words: string[]) => string[]} */
export function withoutCedex(words) {
  const at = words.indexOf("cedex");
  if (at < 0) return words;
  const rest = words.slice(at + 1);
  return [...words.slice(0, at), ...(rest.length && DIGITS.test(rest[0]) && [...rest[0]].length < 3 ? rest.slice(1) : rest)];
}

// The codes that the words are, if they are nothing else: « 91 & 77 », « CP 94230 ».
/** @type {(words: string[]) => string[]} */
export function codesOf(words) {
  const kept = words.length > 1 && (words[0] === "cp" || COUNTRY.has(words[0])) ? words.slice(1) : words;
  const codes = kept.filter((word) => word !== "et" && word !== "ou").map((word) => codeOf(word) || word);
  return codes.every((word) => codeOf(word) || DEPARTEMENT.test(word) || (word.length === 9 && DIGITS.test(word))) ? codes : [];
}

// The codes behind words that say what they are: « dép. 94 », « code INSEE 94016 »; "=" goes before INSEE's own.
/** @type {(words: string[], grammar: PlaceGrammar) => string[]} */
export function labelled(words, { counties, labels }) {
  const last = words[words.length - 1];
  if (words.length > 1 && counties.has(words[0])) return words.length === 2 && DEPARTEMENT.test(last) ? [last] : [];
  const number = codeOf(last);
  return number.length === 5 && labels.has(words.slice(0, -1).join(" ")) ? [`=${number}`] : [];
}

// The words, a city and the number of its arrondissement in two: « Paris10e ».
/** @type {(words: string[]) => string[]} */
export const unglued = (words) => words.flatMap((word) => GLUED.exec(word)?.slice(1) ?? [word]);

// The number that the words are, from 1 to 20, with or without the word arrondissement; else 0.
/** @type {(words: string[], grammar: PlaceGrammar) => number} */
export function ordinalOf(words, { districts, ordinals }) {
  let kept = words.filter((word) => !districts.has(word));
  if (kept.length === 2 && ENDINGS.has(kept[1])) kept = kept.slice(0, 1);
  if (kept.length !== 1) return 0;
  const found = ORDINAL.exec(kept[0]);
  return found ? Number(found[1]) : (ordinals.get(kept[0]) ?? 0);
}

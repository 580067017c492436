// The words of a cell between its marks, by the rules of `trophees/places/segments.py`: commas, brackets, dashes.
import { parted } from "./place-spelling.js";
/** @import { PlaceGrammar } from "./place-types.js" */

const DIGIT = /^\p{Nd}/u;
const LETTERS = /^\p{L}+$/u;
const LONGEST_ACRONYM = 10;
const WORD = /^[\p{L}\p{N}]+$/u;

// The words that join others: prepositions, with an article or without.
/** @type {(grammar: PlaceGrammar) => Set<string>} */
export const linksOf = ({ prepositions, contractions }) => new Set([...prepositions, ...contractions.keys()]);

/** @type {(one: string[], other: string[]) => boolean} */
export const same = (one, other) => one.length === other.length && one.every((word, at) => word === other[at]);

// What stands between marks; and the words with « sur » for the one slash that there is: « Ivry/Seine ».
/** @type {(text: string, grammar: PlaceGrammar) => { segments: string[][], slashed: string[] | null }} */
export function segmented(text, grammar) {
  /** @type {string[][]} */
  const found = [[]];
  const within = new Set();
  let slashes = 0;
  for (const piece of parted(text)) {
    const current = found[found.length - 1];
    const [sign] = piece;
    if (piece.length > 1 || WORD.test(sign)) current.push(...piece);
    else if (sign === "/") {
      if (["s", "ss"].includes(current[current.length - 1])) continue;
      slashes += 1;
      found.push([]);
    } else if (sign === "&" || sign === "+") current.push("et");
    else {
      if (sign === "(") within.add(found.length);
      found.push([]);
    }
  }
  const segments = found.map((words, at) => (within.has(at) ? around(words, grammar) : words)).filter((words) => words.length && !same(words, ["et"]));
  return { segments, slashed: slashes === 1 && found.length === 2 && segments.length === 2 ? [...segments[0], "sur", ...segments[1]] : null };
}

// What stands in brackets, without the word that says what it is: « (département de la Marne) » is marne.
/** @type {(words: string[], grammar: PlaceGrammar) => string[]} */
function around(words, grammar) {
  if (words.length < 2 || !grammar.around.has(words[0])) return words;
  const links = linksOf(grammar);
  let at = 1;
  while (at < words.length - 1 && (links.has(words[at]) || grammar.articles.has(words[at]))) at += 1;
  return words.slice(at).some((word) => DIGIT.test(word)) ? words : words.slice(at);
}

// True if `name` is one word, made of the beginnings of several `words`: « CINOR », « MEL ».
/** @type {(name: string[], words: string[]) => boolean} */
export function abbreviates([acronym, ...others], words) {
  if (others.length || acronym.length < 2 || acronym.length > LONGEST_ACRONYM || words.length < 3 || !LETTERS.test(acronym)) return false;
  // how much of it is made with the words so far: with one of them, and with several
  const [one, several] = [new Set(), new Set()];
  for (const word of words) {
    const before = [...one, ...several];
    const reach = (/** @type {number} */ done, /** @type {Set<number>} */ found) => {
      for (let length = 1; length <= word.length && done + length <= acronym.length && acronym.slice(done, done + length) === word.slice(0, length); length += 1) found.add(done + length);
    };
    reach(0, one);
    for (const done of before) reach(done, several);
  }
  return several.has(acronym.length) && acronym[0] === words[0][0];
}

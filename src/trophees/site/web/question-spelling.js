// Words that are one letter away from one of the grammar, and from no other, by the rules of
// `trophees/ask/words/spelling.py`: they are read as it, and it is said.
import { LETTER } from "./question-tokens.js";
/** @import { Token } from "./question-types.js" */

const EDGE = `(?:(?<=${LETTER})(?!${LETTER})|(?<!${LETTER})(?=${LETTER}))`;

// What each of the `strange` ones among the `words` is read as; nothing if one of them is read as nothing. What has a
// capital may be a name, which is only suggested.
/** @type {(spelt: Record<string, string>, words: Token[], strange: Token[]) => Map<string, string>} */
export function respelt(spelt, words, strange) {
  /** @type {Map<string, string>} */
  const found = new Map();
  for (const word of strange) {
    if (/^\p{Uppercase}/u.test(word.text) && word !== words[0]) return new Map();
    const letters = [...word.stem];
    const near = Object.keys(spelt).filter((stem) => [...stem][0] === letters[0] && oneLetter([...stem], letters));
    if (near.length !== 1) return new Map();
    found.set(word.text, spelt[near[0]] + (word.plural ? "s" : ""));
  }
  return found;
}

// `text` with `other` instead of `word`.
/** @type {(text: string, word: string, other: string) => string} */
export const replaced = (text, word, other) => text.replace(new RegExp(`${EDGE}${word.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&")}${EDGE}`, "gu"), other);

// Whether a letter is missing in one of both, or two have changed places.
/** @type {(one: string[], other: string[]) => boolean} */
function oneLetter(one, other) {
  if (one.length === other.length) {
    const [first, last, ...more] = one.flatMap((letter, place) => (letter === other[place] ? [] : [place]));
    return !more.length && last - first === 1 && one[first] === other[last] && one[last] === other[first];
  }
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  const same = short.findIndex((letter, place) => letter !== long[place]);
  const place = same < 0 ? short.length : same; // the first letter of the longer that may be too many
  return long.length - short.length === 1 && short.slice(place).join("") === long.slice(place + 1).join("");
}

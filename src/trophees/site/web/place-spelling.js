// Names as keys, by the rules of `trophees/places/spelling.py`: case, accents, hyphens and apostrophes do not count, nor do
// the usual abbreviations.
import { fold } from "./folding.js";

export const SPACE = String.raw`\p{White_Space}\x1c-\x1f`; // as Python has it
// of a cell of a table no more is read
export const LONGEST = 400;
const UNSEEN = /^[\p{Cf}\p{Mn}\p{Me}]$/u;
const OF_ITS_OWN = /^[%‰\p{Sc}]$/u; // « 75 % » is no département
const NO_LETTER = /[^\p{L}\p{N}]|\p{Lm}/gu; // a modifier letter that nothing stands for is one more kind of apostrophe
const INITIALS = /(?<![\p{L}\p{N}])([\p{L}\p{Nl}\p{No}])\.(?=[\p{L}\p{Nl}\p{No}](?![\p{L}\p{N}]))/gu;
// a dash between spaces, or a longer one, parts what a hyphen joins
const DASH = new RegExp(String.raw`[${SPACE}][-\u2010\u2011\u2012\u2013\u2014\u2212]+[${SPACE}]|[${SPACE}]*\u2014[${SPACE}]*`, "gu");
const DEGREE = new RegExp(`(?<![\\p{L}\\p{N}])([0-9]{1,2}|[ivxIVX]{1,5})[${SPACE}]?[\u00b0\u00ba\u02da]`, "gu"); // « 13° », « XI° »: what people type for the small letters of an ordinal
const UNDER = new RegExp(`(?<![\\p{L}\\p{N}])s[${SPACE}]*/[${SPACE}]*s(?![\\p{L}\\p{N}])`, "giu"); // « Rosny s/s Bois »
// a code in groups of digits: « 94 230 », « 200 059 228 »
const GROUPS = new RegExp(`(?<![\\p{L}\\p{N}])(?<![0-9][${SPACE}])(?:[0-9]{3}[${SPACE}])?[0-9]{2,3}[${SPACE}][0-9]{3}(?![\\p{L}\\p{N}]|[${SPACE}][0-9])`, "gu");
const GROUPED = new Set([5, 9]); // digits
const AROUND = new RegExp(`^[${SPACE}]+|[${SPACE}]+$`, "gu");
const MARK = /([(),;:/|&+\n])/;

/** @type {Map<string, string>} */
const letters = new Map();

// What a character is in a key: a letter or digit folded, nothing if it joins or cannot be seen, else a space.
/** @type {(sign: string) => string} */
function letter(sign) {
  let found = letters.get(sign);
  if (found === undefined) {
    found = UNSEEN.test(sign) ? "" : OF_ITS_OWN.test(sign) ? ` ${sign} ` : fold(sign).replace(NO_LETTER, " ");
    letters.set(sign, found);
  }
  return found;
}

// The words of `text`, in small letters and digits: « L’HAŸ-les-Roses » is l, hay, les, roses.
/** @type {(text: string) => string[]} */
export function foldedWords(text) {
  let found = "";
  for (const sign of text) found += letter(sign);
  return found.split(" ").filter(Boolean);
}

/** @type {(text: string) => string} */
export const folded = (text) => foldedWords(text).join(" ");

/** @type {(found: string) => string} */
function grouped(found) {
  const whole = found.replace(/[^0-9]/g, "");
  return GROUPED.has(whole.length) ? whole : found;
}

// The words of what stands between marks, and each mark alone: « Cachan (94) » is cachan; (; 94; ).
/** @type {(text: string) => string[][]} */
export function parted(text) {
  const plain = text.replace(/[[{<]/g, "(").replace(/[\]}>]/g, ")").replace(INITIALS, "$1").replace(GROUPS, grouped).replace(DEGREE, "$1e ").replace(UNDER, "sous");
  return plain
    .replace(DASH, " ; ")
    .split(MARK)
    .map((piece, number) => (number % 2 ? [piece] : foldedWords(piece)))
    .filter((piece) => piece.length);
}

// `text` without the spaces around it.
/** @type {(text: string) => string} */
export const stripped = (text) => text.replace(AROUND, "");

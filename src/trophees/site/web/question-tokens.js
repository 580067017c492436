// A question as the words that a lexicon is asked for, by the rules of `trophees/ask/words/tokens.py`: case, accents and
// the ends of plurals do not count.
import { fold } from "./folding.js";
/** @import { Token } from "./question-types.js" */

export const LETTER = String.raw`[\p{L}\p{N}_]`;
const SPACE = String.raw`\p{White_Space}\x1c-\x1f`;
const PART = new RegExp(String.raw`${LETTER}+|[^\p{L}\p{N}_${SPACE}]`, "gu");
const WHERE = "où"; // the accent tells this, and the next, from other words
const AT = "à";
const OR = "ou";

// The words of `text`, in their order, without the `marks` that stand between them.
/** @type {(text: string, marks: string) => Token[]} */
export function tokens(text, marks) {
  /** @type {Token[]} */
  const found = [];
  for (const [part] of text.replaceAll("_", " _ ").matchAll(PART)) {
    if (!marks.includes(part)) found.push({ text: part, stem: stem(part, !found.length), plural: /[sx]$/.test(part.toLowerCase()) && [...part].length > 3 });
  }
  return found;
}

// What `word` is looked for as; a question that begins with “ou” asks where.
/** @type {(word: string, first?: boolean) => string} */
export function stem(word, first = false) {
  const lower = word.toLowerCase();
  if (lower === WHERE || lower === AT) return lower;
  if (first && lower === OR) return WHERE;
  const folded = fold(word);
  const { length } = [...folded];
  if (length > 4 && folded.endsWith("ies")) return `${folded.slice(0, -3)}y`;
  return length > 3 && /[sx]$/.test(folded) ? folded.slice(0, -1) : folded;
}

// The ways in which a name may be kept, by the rules of `trophees/places/forms.py`.
/** @import { PlaceGrammar } from "./place-types.js" */

const MOST_UNCLEAR = 2; // the abbreviation s. stands for two words: no name has it more often than twice

// Abbreviations written out, prepositions and articles put right; an article that was `cut` off stays where it is.
/** @type {(words: string[], grammar: PlaceGrammar, article?: string, cut?: boolean) => string[][]} */
export function formsOf(words, grammar, article = "", cut = false) {
  const { articles, contractions, prepositions } = grammar;
  /** @type {string[][]} */
  const found = [];
  for (const spelt of writtenOut(words, grammar)) {
    if (article) found.push([article, ...spelt]);
    found.push(spelt);
    if (spelt.length === 1) continue;
    const [first, ...rest] = spelt;
    const held = contractions.get(first);
    if (held) found.push([held, ...rest], rest);
    else if (prepositions.has(first)) found.push(rest);
    const last = spelt[spelt.length - 1];
    if (articles.has(last) && !cut) found.push([last, ...spelt.slice(0, -1)]);
  }
  return found;
}

// With each meaning of the abbreviations that have several.
/** @type {(words: string[], grammar: PlaceGrammar) => string[][]} */
function writtenOut(words, { spelling, unclear }) {
  const plain = words.flatMap((word) => (spelling.get(word) ?? word).split(" "));
  const count = plain.filter((word) => unclear.has(word)).length;
  if (!count || count > MOST_UNCLEAR) return [plain];
  /** @type {string[][]} */
  let found = [[]];
  for (const word of plain) found = found.flatMap((start) => (unclear.get(word) ?? [word]).map((end) => [...start, end]));
  return found;
}

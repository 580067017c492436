// The words by which texts say which kind of territory is meant: `trophees/places/grammar.json`, as `grammar.py` opens it.
import { foldedWords } from "./place-spelling.js";
/** @import { PlaceGrammar, SaidOfPlaces } from "./place-types.js" */

// A phrase is looked for as its words, joined by a space.
/** @type {(said: SaidOfPlaces) => PlaceGrammar} */
export function grammarOf(said) {
  const heads = byPhrase(said.heads);
  return {
    spelling: new Map(Object.entries(said.spelling)),
    unclear: new Map(Object.entries(said.unclear)),
    articles: new Set(said.articles),
    contractions: new Map(Object.entries(said.contractions)),
    prepositions: new Set(said.prepositions),
    links: new Set(said.links),
    joined: new Set(said.joined),
    heads,
    kinds: new Map([...heads, ...byPhrase(said.kinds)]),
    sorts: new Map(Object.entries(said.sorts)),
    usual: bearing(said.usual),
    since: new Map(Object.entries(said.since)),
    numbered: new Map(Object.entries(said.numbered)),
    halls: said.halls,
    ordinals: new Map(said.ordinals.flatMap((texts, number) => texts.map((text) => [text, number + 1]))),
    districts: new Set(said.districts),
    counties: new Set(said.counties),
    around: new Set(said.around),
    signs: new Set(said.signs),
    fronts: new Set(said.fronts),
    labels: new Set(said.labels),
    ordinary: new Set(said.ordinary),
    nothing: new Set(said.nothing),
  };
}

/** @type {(said: Record<string, string[]>) => Map<string, string>} */
const byPhrase = (said) => new Map(Object.entries(said).flatMap(([sort, texts]) => texts.map((text) => [text, sort])));

// The kind and the code of each that bears a name in use.
/** @type {(said: Record<string, Record<string, string[]>>) => Map<string, { kind: string, code: string }[]>} */
function bearing(said) {
  /** @type {Map<string, { kind: string, code: string }[]>} */
  const found = new Map();
  for (const [kind, codes] of Object.entries(said))
    for (const [several, texts] of Object.entries(codes)) for (const text of texts) found.set(text, [...(found.get(text) ?? []), ...several.split(" ").map((code) => ({ kind, code }))]);
  return found;
}

// The words of a name, as they are spelt in keys: « St-Rémy-lez-Chevreuse » is saint, remy, les, chevreuse.
/** @type {(text: string, grammar: PlaceGrammar) => string[]} */
export const spelt = (text, { spelling }) => foldedWords(text).map((word) => spelling.get(word) ?? word);

// False if a cell is empty, or holds what people write in a cell that they leave empty.
/** @type {(cell: string, grammar: PlaceGrammar) => boolean} */
export function said(cell, { nothing }) {
  const words = foldedWords(cell).join(" ");
  return words !== "" && !nothing.has(words);
}

// The sort of territory that a cell of kinds says; "" if none.
/** @type {(kind: string, grammar: PlaceGrammar) => string} */
export function sortOf(kind, { kinds, heads }) {
  const words = foldedWords(kind);
  const whole = kinds.get(words.join(" "));
  if (whole) return whole;
  for (let length = Math.min(5, words.length); length; length -= 1) {
    const sort = heads.get(words.slice(0, length).join(" "));
    if (sort) return sort;
  }
  return "";
}

// The kinds of a sort of territory, and the forms of its EPCI; null where all are meant.
/** @type {(sort: string, grammar: PlaceGrammar) => { kinds: Set<string> | null, forms: Set<string> | null }} */
export function ofSort(sort, { sorts }) {
  const { kinds, types } = sorts.get(sort) ?? {};
  return { kinds: kinds ? new Set(kinds) : null, forms: types ? new Set(types) : null };
}

// What a name means that a reader gives to a thing, by the rules of `trophees/ask/meaning.py`, for what the page knows of
// things: their IRIs, and their labels in its language.
import { fold } from "./folding.js";

/** @type {(text: string) => string} */
const plain = (text) => fold(text).replaceAll("-", " ").split(/\s+/).filter(Boolean).join(" ");

// The IRIs of `things`, [[iri, label]], in the folder `space` that `typed` means, by the first rule that finds any.
/** @type {(typed: string, space: string, things: [iri: string, label: string][]) => string[]} */
export function meant(typed, space, things) {
  if (!typed) return [];
  const inside = things.filter(([iri]) => iri.startsWith(space));
  const rules = [
    (/** @type {string} */ iri) => iri === typed || iri === space + typed,
    (/** @type {string} */ iri) => iri.endsWith(`/${typed}`),
    (/** @type {string} */ _iri, /** @type {string} */ label) => plain(label) === plain(typed),
  ];
  for (const rule of rules) {
    const found = inside.filter(([iri, label]) => rule(iri, label)).map(([iri]) => iri);
    if (found.length) return [...new Set(found)];
  }
  return [];
}

// What a name means that a reader gives to a thing, by the rules of `trophees/ask/meaning.py`, for what the page knows of
// things: their IRIs, and their labels in its language.
import { fold } from "./folding.js";

const BASE = "https://w3id.org/trophees-participation/";
const OURS = /^https?:\/\/(?:www\.)?w3id\.org\/trophees-participation\//i;

// `text` without spaces around it, a name as SPARQL escapes it as it is printed; of an address of ours with http, www or a
// slash at its end, the IRI.
/** @type {(text: string) => string} */
export function tidied(text) {
  const name = text.trim().replace(/\\([/#])/g, "$1").replace(OURS, BASE);
  return name.startsWith(BASE) && name !== BASE ? name.replace(/\/+$/, "") : name;
}

/** @type {(text: string) => string} */
const plain = (text) => fold(text).replaceAll("-", " ").split(/\s+/).filter(Boolean).join(" ");

// The IRIs of `things`, [[iri, label]], in the folder `space` that `text` means, by the first rule that finds any.
/** @type {(text: string, space: string, things: [iri: string, label: string][]) => string[]} */
export function meant(text, space, things) {
  const typed = tidied(text);
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

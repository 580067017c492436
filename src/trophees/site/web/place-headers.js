// What the header of a column says of it: usual words, whole; else the words of which it is made, shortened or not. By the
// rules of `trophees/places/headers.py`; a test asks both the same.
import table from "./columns.json" with { type: "json" };
import { fold } from "./folding.js";

/** @type {Record<string, string>} */
const SENSES = {
  departement: "departement departements department dep dept dpt depart",
  postal: "postal postale postcode pos cp zip",
  commune: "commune communes com ville municipality",
  region: "region reg",
  insee: "insee",
  code: "code codes cod cd num numero number n no nr",
  name: "nom noms name lib libelle",
  "": "adresse adrs adr address etablissement etab siege officiel officielle official geographique geo de du des d la le l of the porteur laureat beneficiaire structure organisme collectivite",
};
const SENSE = new Map(Object.entries(SENSES).flatMap(([sense, words]) => words.split(" ").map((word) => [word, sense])));
const GLUED = /^(code|cod|numero|num|libelle|lib|nom)([a-z]+)$/;

/** @type {Map<string, Map<string, { place: number, trusted: boolean }>>} */
const USUAL = new Map(Object.entries(table).map(([role, { trusted, tried }]) => [role, new Map([...trusted, ...tried].map((word, place) => [word, { place, trusted: place < trusted.length }]))]));

// The words of a header, in lower case and without accents: “codePostal” is `code postal`.
/** @type {(header: string) => string} */
export const plain = (header) =>
  fold([...header].slice(0, 200).join("").replace(/(?<=[a-z])(?=[A-Z])/g, " ")).replace(/[^a-z0-9]+/g, " ").replace(/^ +| +$/g, "");

// How far down the usual headers of a role this one is, and whether it is believed whatever the column holds; null if it says
// nothing of the role.
/** @type {(role: string, header: string) => { place: number, trusted: boolean } | null} */
export function told(role, header) {
  const text = plain(header);
  const usual = USUAL.get(role);
  return usual?.get(text) ?? (madeOf(text) === role ? { place: usual?.size ?? 0, trusted: false } : null);
}

// The role that a header has by its words, if it is no usual one as a whole; "" if by none.
/** @type {(text: string) => string} */
function madeOf(text) {
  if ([...USUAL.values()].some((usual) => usual.has(text))) return "";
  /** @type {Set<string>} */
  const said = new Set();
  for (const word of text.replace(/\bc p\b/g, "cp").split(/\s+/).filter(Boolean)) {
    const glued = SENSE.has(word) ? null : GLUED.exec(word);
    for (const part of glued ? glued.slice(1) : [word]) {
      const sense = SENSE.get(part);
      if (sense === undefined) return "";
      said.add(sense);
    }
  }
  said.delete("");
  const only = (/** @type {string[]} */ ...senses) => [...said].every((sense) => senses.includes(sense));
  if (said.has("postal") && only("postal", "code", "commune") && text !== "pos") return "postal";
  for (const role of ["departement", "region"]) if (said.has(role) && only(role, "code", "name", "insee")) return role;
  if ((said.has("insee") || said.has("commune")) && (said.has("insee") || said.has("code")) && only("insee", "code", "commune")) return "code";
  return said.has("commune") && only("commune", "name") ? "name" : "";
}

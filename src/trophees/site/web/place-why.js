// Why a row is linked, ambiguous or unknown, in one sentence in French and in English, as `trophees/places/why.py` says it.
import { ending, on } from "./place-reference.js";
/** @import { Place, PlacesFound, SaidOfLinks } from "./place-types.js" */
/** @import { Both } from "./types.js" */

const LONGEST = 80;
const HARMFUL = /[\p{C}\p{Z}]/gu;

/** @type {(fr: string, en: string) => Both} */
const both = (fr, en) => ({ fr, en });
/** @type {(one: Both, other: Both) => Both} */
const joined = (one, other) => both(one.fr + other.fr, one.en + other.en);
/** @type {(place: Place) => string} */
const titled = ({ name, code }) => `${name} (${code})`;

/** @type {(text: string) => Both} */
function quoted(text) {
  const shown = [...text.replace(HARMFUL, (sign) => (sign === "\u00a0" || sign === "\u202f" ? sign : " "))];
  const brief = shown.length > LONGEST ? `${shown.slice(0, LONGEST - 1).join("")}…` : shown.join("");
  return both(`« ${brief} »`, `“${brief}”`);
}

export class Why {
  empty = both("ni nom ni code", "neither a name nor a code");
  notACode = both("ce code n’est celui d’aucun territoire", "no territory has this code");
  notAName = both("aucun territoire de ce nom", "no territory has this name");

  /** @param {SaidOfLinks} said */
  constructor({ found, several, columns }) {
    this.found = new Map(Object.entries(found));
    this.several = new Map(Object.entries(several));
    this.columns = columns;
  }

  /** @type {(how: string) => Both} */
  #how(how) {
    return this.found.get(how) ?? /** @type {Both} */ (this.found.get("name"));
  }

  // Why the one territory is meant.
  /** @type {(found: PlacesFound, day: string) => Both} */
  linked({ how, past, places: [place] }, day) {
    if (past) {
      const end = past.ends?.latest ?? "";
      return both(`${titled(past)} n’est plus depuis le ${end} : ${titled(place)} lui succède`, `${titled(past)} is no more since ${end}: ${titled(place)} succeeds it`);
    }
    const said = this.#how(how);
    const { begins } = place;
    const within = ending(place, day);
    if (within) return joined(said, both(` ; a changé entre le ${within.earliest} et le ${within.latest}`, `; changed between ${within.earliest} and ${within.latest}`));
    if (on(place, day) || !begins) return said;
    return joined(said, both(` ; attesté seulement depuis le ${begins.latest}`, `; attested only since ${begins.latest}`));
  }

  // Why several may be meant.
  /** @type {(found: PlacesFound, day: string) => Both} */
  ambiguous({ how, past, places }, day) {
    const count = places.length;
    if (past) return both(`${titled(past)} n’est plus : ${count} territoires lui succèdent`, `${titled(past)} is no more: ${count} territories succeed it`);
    const unsure = places.map((place) => ending(place, day)).find(Boolean);
    if (unsure)
      return both(
        `${count} territoires possibles : le changement est entre le ${unsure.earliest} et le ${unsure.latest}`,
        `${count} territories are possible: the change was between ${unsure.earliest} and ${unsure.latest}`,
      );
    return joined(both(`${count} territoires possibles : `, `${count} territories are possible: `), this.several.get(how) ?? this.#how(how));
  }

  // Why nothing is linked: a cell beside the name says what is not understood.
  /** @type {(column: string, value: string) => Both} */
  unread(column, value) {
    const [what, cell] = [this.columns[column], quoted(value)];
    return both(`${what.fr} ${cell.fr} : pas compris`, `${what.en} ${cell.en}: not understood`);
  }

  // Why nothing is linked: the name or code is that of a territory that the rest of the row excludes.
  /** @type {(place: Place) => Both} */
  contradicted(place) {
    return both(`la ligne se contredit : ${titled(place)} n’est pas ce qu’elle dit par ailleurs`, `the row contradicts itself: ${titled(place)} is not what it says besides`);
  }

  // Why nothing is linked: the only territory of that name or code begins later, or has no known successor.
  /** @type {(place: Place, day: string) => Both} */
  otherTime(place, day) {
    const first = place.begins?.latest ?? "";
    const attested = place.begins?.earliest ? both("", "") : both("attesté ", "attested ");
    if (first > day) return both(`${titled(place)} ${attested.fr}seulement depuis le ${first}`, `${titled(place)} ${attested.en}only since ${first}`);
    return both(`${titled(place)} n’est plus ; aucun successeur connu`, `${titled(place)} is no more; no successor is known`);
  }

  // Why the territory at another date is meant.
  /** @type {(place: Place, said: Both, to: string) => Both} */
  translated(place, said, to) {
    return joined(said, both(` ; au ${to}, ${titled(place)}`, `; on ${to}, ${titled(place)}`));
  }

  // Why nothing is linked at another date.
  /** @type {(count: number, said: Both, to: string) => Both} */
  untranslated(count, said, to) {
    return joined(said, count ? both(` ; au ${to}, ${count} territoires`, `; on ${to}, ${count} territories`) : both(` ; rien de connu au ${to}`, `; nothing is known on ${to}`));
  }
}

// Which of the records that a name or a code leads to are in force on a day, else what they have become, by the rules of
// `trophees/places/in_force.py`; and territories by code, by those of `codes.py`.
import { append, COMMUNES, compared, dayBefore, ending, GROUPINGS, on, PARTS } from "./place-reference.js";
import { ofKind, plain } from "./place-wanted.js";
/** @import { Wants } from "./place-wanted.js" */
/** @import { Place, PlacesFound, Wanted } from "./place-types.js" */

// EPCI and EPT are attested since 2019 and 2023 only; most began in 2016 and 2017, by the law of 7 August 2015
const FIRST_GROUPINGS = "2016-01-01";
const BEFORE = /^(?:[^\n]*\/|(?:COM|COMD|COMA|ARM|DEP|REG|EPCI|INSEE|SIREN)[-_:]?(?=[0-9]))/iu;
const QUOTES = /^[='"’“”«»]+|[='"’“”«»]+$/g; // « '94016 » and « ="94016" » keep the zero in a spreadsheet

// True if the record holds on that day; of an EPCI or EPT, also if it is not known to begin after it.
/** @type {(place: Place, day: string) => boolean} */
export function inForce(place, day) {
  if (on(place, day)) return true;
  const { begins, kind } = place;
  return Boolean(begins && !begins.earliest && day < begins.latest) && GROUPINGS.has(kind) && day >= FIRST_GROUPINGS;
}

/** @type {(place: Place) => string} */
const endOf = ({ ends }) => ends?.latest ?? "9999";

// Both, without repetition.
/** @type {(one: PlacesFound, other: PlacesFound) => PlacesFound} */
export const orAlso = (one, other) => ({ ...one, places: [...new Set([...one.places, ...other.places])], score: Math.min(one.score, other.score) });

// The codes that a cell may hold, the likeliest first: zeros put back, of a SIRET the SIREN, 20 as 2A or 2B.
/** @type {(cell: string) => string[]} */
export function spellings(cell) {
  let code = plain(cell).replace(QUOTES, "").replace(BEFORE, "").toUpperCase();
  if (!/^[0-9A-Z]+$/i.test(code)) return [];
  if (/^[0-9]{14}$/.test(code)) code = code.slice(0, 9);
  const found = /^(?:[0-9]|[0-9]{4})$/.test(code) ? [`0${code}`] : [code];
  if (/^20[0-9]{3}$/.test(code)) found.push(`2A${code.slice(2)}`, `2B${code.slice(2)}`);
  return found;
}

// The same without parts that share the code of a commune of that name.
/** @type {(places: Place[]) => Place[]} */
function withoutSeats(places) {
  const codes = new Set(places.filter(({ kind }) => kind === "commune").map(({ code }) => code));
  return [...new Set(places.filter(({ kind, code }) => !PARTS.has(kind) || !codes.has(code)))];
}

export class Records {
  /** @type {Map<string, Place[]>} */
  #byPostal = new Map();

  /** @param {Wants} wants */
  constructor(wants) {
    this.wants = wants;
    this.reference = wants.reference;
    const sorted = [...this.reference.postalCodes.keys()].map((key) => key.split(" ")).sort((a, b) => compared(a[0], b[0]) || compared(a[1], b[1]));
    for (const [kind, code] of sorted)
      for (const postal of wants.postalCodes(kind, code)) for (const place of this.reference.history(kind, code)) append(this.#byPostal, postal, place);
  }

  // Those of the records that are in force and fit what the row says; if none is, what such ones became.
  /** @type {(group: Place[], want: Wanted, day: string, how?: string, score?: number) => PlacesFound | null} */
  chosen(group, want, day, how = "name", score = 1) {
    let live = group.filter((place) => inForce(place, day) && ofKind(want, place) && this.wants.fits(want, place));
    if (!live.length) return this.succeeded(group, want, day, score);
    if (want.kinds?.has("commune") && live.some(({ kind }) => kind === "commune")) live = live.filter(({ kind }) => !PARTS.has(kind)); // « Ville de », « Commune de »
    let places = live.length > 1 ? withoutSeats(live) : live;
    if (want.postal && places.length > 1) places = this.wants.withNumber(places, want.postal);
    return { places: this.withHeirs(places, day), how, score, past: null };
  }

  // What those of the records that are no more have become, if it is where the row says.
  /** @type {(group: Place[], want: Wanted, day: string, score?: number) => PlacesFound | null} */
  succeeded(group, want, day, score = 1) {
    /** @type {Map<string, Place>} */
    const after = new Map();
    /** @type {Map<string, string>} */
    const leading = new Map(); // of several lives of one code the last is meant, as far as it leads where the row says
    /** @type {Place | null} */
    let past = null;
    const ended = group.filter((place) => place.ends && place.ends.latest <= day && ofKind(want, place));
    for (const place of ended.sort((a, b) => compared(endOf(b), endOf(a)))) {
      const life = `${place.code} ${COMMUNES.has(place.kind) ? "commune" : place.kind}`;
      if ((leading.get(life) ?? "") > endOf(place)) continue;
      for (const { place: heir } of this.reference.became(place.kind, place.code, dayBefore(endOf(place)), day)) {
        if (!this.wants.fits(want, heir)) continue;
        const key = `${heir.kind} ${heir.code}`;
        if (!after.has(key)) after.set(key, heir);
        leading.set(life, endOf(place));
        past ??= place;
      }
    }
    return past && { places: [...after.values()], how: "successor", score: Math.min(score, 0.95), past };
  }

  // The same, and the EPCI that may be in their place by that day, which is one of those between two lists.
  /** @type {(places: Place[], day: string) => Place[]} */
  withHeirs(places, day) {
    const heirs = places.flatMap((place) => {
      const { kind, code } = place;
      const within = GROUPINGS.has(kind) ? ending(place, day) : null;
      if (!within) return [];
      return this.reference.became(kind, code, day, within.latest).map((heir) => heir.place).filter((heir) => heir.code !== code);
    });
    return [...places, ...heirs];
  }

  // The records that have the code that a cell holds, at any time.
  /** @type {(cell: string) => Place[]} */
  records(cell) {
    for (const code of spellings(cell)) {
      const found = this.reference.byCode.get(code);
      if (found) return found;
      const siren = code.length === 9 && this.reference.sirens.get(code);
      if (siren) return this.reference.history("commune", siren);
    }
    return [];
  }

  // What has the code on that day; else what that which had it has become; null if nothing fits.
  /** @type {(cell: string, want: Wanted, day: string) => PlacesFound | null} */
  ofCode(cell, want, day) {
    const found = this.chosen(this.records(cell), want, day, "code");
    const communes = found?.places.filter(({ kind }) => !PARTS.has(kind));
    return found && communes?.length ? { ...found, places: communes } : found;
  }

  // The communes in force on that day that have the postal code; of a large city, the arrondissement.
  /** @type {(postal: string, want: Wanted, day: string) => PlacesFound | null} */
  ofPostalCode(postal, want, day) {
    const live = (this.#byPostal.get(postal) ?? []).filter((place) => inForce(place, day) && ofKind(want, place));
    const parts = live.filter(({ kind }) => kind === "arrondissement-municipal");
    return live.length ? { places: parts.length ? parts : live, how: "postal", score: 1, past: null } : null;
  }

  // True if some commune has that postal code.
  /** @type {(code: string) => boolean} */
  isPostal(code) {
    return this.#byPostal.has(code);
  }
}

// What a row says beside the name, by the rules of `trophees/places/wanted.py`: département, postal code, région and kind,
// each as what a territory has to fit.
import { ofSort, said, sortOf } from "./place-grammar.js";
import { communeOf } from "./place-names.js";
import { dayBefore, departement, on, PARTS } from "./place-reference.js";
import { SPACE, stripped } from "./place-spelling.js";
/** @import { Names } from "./place-names.js" */
/** @import { Reader } from "./place-reading.js" */
/** @import { Place, Wanted } from "./place-types.js" */

const DECIMALS = /\.0+$/;
const MARKS = new RegExp(`[,;/|&+\\n]|[${SPACE}][-\u2013\u2014][${SPACE}]`, "u");
const AND = new RegExp(`[${SPACE}](?:et|and)[${SPACE}]`, "iu");
const FIVE = /(?<![0-9])[0-9]{5}(?![0-9])/;
const MOST = 20_000; // of what is asked for, kept at once
const OF_COUNTIES = new Set(["", "departement", "overseas", "any", "single"]);
const OF_REGIONS = new Set(["", "region", "overseas", "any", "single"]);
const COLLECTIVITY = "collectivite-outremer";
/** @type {Wanted} */
const NOTHING = { kinds: null, forms: null, departements: null, around: null, postal: "", exact: false, siren: "", unread: "", value: "" };

/** @type {(one: Set<string>, other: Set<string>) => Set<string>} */
const both = (one, other) => new Set([...one].filter((code) => other.has(code)));
/** @type {(one: Set<string>, other: Set<string>) => boolean} */
const meet = (one, other) => [...one].some((code) => other.has(code));

// A set narrowed by another, which may not be said yet.
/** @type {(found: Set<string>, narrowed: Set<string> | null) => Set<string>} */
export const within = (found, narrowed) => (narrowed ? both(found, narrowed) : found);

// A cell with a number, as text: without spaces and without the decimals that spreadsheets add.
/** @type {(cell: string) => string} */
export const plain = (cell) => stripped(cell).replace(DECIMALS, "").replace(/[\u00a0\u202f ]/g, "");

// The postal code in a cell, its lost zero back; "" if there is none.
/** @type {(cell: string) => string} */
function postalOf(cell) {
  const number = plain(cell);
  return /^[0-9]{4,5}$/.test(number) ? number.padStart(5, "0") : (FIVE.exec(cell)?.[0] ?? "");
}

// The départements that a postal code may lie in, by its first digits.
/** @type {(code: string) => Set<string>} */
export function ofPostal(code) {
  if (code.startsWith("20")) return new Set(["20", code < "20200" ? "2A" : "2B"]);
  if (code === "97133" || code === "97150") return new Set(["971", code === "97133" ? "977" : "978"]);
  return new Set([code.slice(0, /^9[78]/.test(code) ? 3 : 2)]);
}

// True if the kind is none that the row excludes.
/** @type {(want: Wanted, place: Place) => boolean} */
export const ofKind = ({ kinds, forms }, place) => (!kinds || kinds.has(place.kind)) && (!forms || forms.has(place.form));

/** @type {(number: string) => string} */
const withoutZeros = (number) => number.replace(/^0+/, "").padStart(2, "0");

export class Wants {
  /** @type {Map<string, Wanted>} */
  #asked = new Map();
  /** @type {Map<string, Place>} */
  arrondissements = new Map(); // municipal, by postal code, and by INSEE's
  /** @type {Set<string>} */
  #largeTowns; // the codes of the communes that have them

  /**
   * @param {Names} names
   * @param {Reader} reader
   */
  constructor(names, reader) {
    this.names = names;
    this.reader = reader;
    this.reference = names.reference;
    for (const place of this.reference.places)
      if (place.kind === "arrondissement-municipal") for (const code of [...this.reference.postalCodesOf(place.kind, place.code), place.code]) this.arrondissements.set(code, place);
    this.#largeTowns = new Set([...this.arrondissements.values()].map((place) => place.of));
  }

  // What these cells ask for on that day.
  /** @type {(departement: string, region: string, postal: string, kind: string, day: string) => Wanted} */
  wanted(...cells) {
    const at = JSON.stringify(cells);
    let found = this.#asked.get(at);
    if (!found) {
      if (this.#asked.size >= MOST) this.#asked.clear();
      found = this.#wanted(...cells);
      this.#asked.set(at, found);
    }
    return found;
  }

  /** @type {(departement: string, region: string, postal: string, kind: string, day: string) => Wanted} */
  #wanted(departement, region, postal, kind, day) {
    const { grammar } = this.names;
    let found = NOTHING;
    if (said(kind, grammar)) {
      const sort = sortOf(kind, grammar);
      if (!sort) return { ...found, unread: "kind", value: kind };
      const { kinds, forms } = ofSort(sort, grammar);
      // a part is no commune where a column says the kind; « Ville de » before its name says less
      found = { ...found, kinds: kinds && sort === "commune" ? new Set([...kinds].filter((one) => !PARTS.has(one))) : kinds, forms };
    }
    if (said(departement, grammar)) {
      const departements = this.#departementsOf(departement, day);
      if (!departements.size) return { ...found, unread: "departement", value: departement };
      found = { ...found, departements };
    }
    if (said(region, grammar)) {
      const around = this.#ofRegion(region);
      if (!around.size) return { ...found, unread: "region", value: region };
      found = { ...found, around };
    }
    if (said(postal, grammar)) {
      const code = postalOf(postal);
      if (code) return { ...found, postal: code };
      const counties = this.#departementsOf(postal, day);
      if (!counties.size) return { ...found, unread: "postal", value: postal };
      found = { ...found, departements: within(counties, found.departements) };
    }
    return found;
  }

  // The same, of a sort of territory as well; null if the row excludes it.
  /** @type {(want: Wanted, sort: string) => Wanted | null} */
  withKinds(want, sort) {
    const { kinds, forms } = ofSort(sort, this.names.grammar);
    const narrowed = { kinds: kinds ? within(kinds, want.kinds) : want.kinds, forms: forms ? within(forms, want.forms) : want.forms };
    return (kinds && !narrowed.kinds?.size) || (forms && !narrowed.forms?.size) ? null : { ...want, ...narrowed };
  }

  // True if the territory is where the row says.
  /** @type {(want: Wanted, place: Place) => boolean} */
  fits({ departements, around, postal, exact, siren }, place) {
    if (!departements && !around && !postal && !siren) return true;
    if (siren && place.code !== siren && place.code !== this.reference.sirens.get(siren)) return false;
    const counties = this.names.departements(place);
    if ((departements && !meet(counties, departements)) || (around && !meet(counties, around))) return false;
    return !postal || this.#nearPostal(postal, place, counties, exact);
  }

  // True if the territory has the postal code, or, unless the `exact` one is asked for, lies in the département that it
  // begins with.
  /** @type {(postal: string, place: Place, counties: Set<string>, exact: boolean) => boolean} */
  #nearPostal(postal, place, counties, exact) {
    if (postal === place.code || this.postalCodes(place.kind, place.code).includes(postal)) return true;
    if (exact || (place.kind === "arrondissement-municipal" && this.arrondissements.has(postal))) return false;
    return meet(new Set([...counties, ...this.#later(place)]), ofPostal(postal));
  }

  // The codes of the départements of what a commune that is no more became: postal codes are those of today.
  /** @type {(place: Place) => string[]} */
  #later({ kind, code, ends }) {
    if (!ends || kind !== "commune") return [];
    return this.reference.became(kind, code, dayBefore(ends.latest), this.reference.newest).map((heir) => departement(heir.place.code));
  }

  // The codes of the départements that a cell names by code or name, one or several, as of that day; none if it names
  // none, or something else as well.
  /** @type {(cell: string, day: string) => Set<string>} */
  #departementsOf(cell, day) {
    const found = this.#departementOf(cell, day);
    if (found.size) return found;
    for (const between of [MARKS, AND]) {
      const parts = cell.split(between);
      if (parts.length < 2) continue;
      const each = parts.filter((part) => stripped(part)).map((part) => this.#departementsOf(part, day));
      return new Set(each.every((codes) => codes.size) ? each.flatMap((codes) => [...codes]) : []);
    }
    return found;
  }

  /** @type {(cell: string, day: string) => Set<string>} */
  #departementOf(cell, day) {
    for (const read of this.reader.readings(stripped(cell).replace(DECIMALS, ""))) {
      if (!OF_COUNTIES.has(read.sort) || read.around.length || read.ordinal) continue;
      const byCode = new Set(read.numbers.flatMap((number) => [...this.#ofNumber(number, day)]));
      if (!read.words.length) return byCode;
      const byName = new Set(this.names.named(read.words, "departement", COLLECTIVITY).flatMap((place) => [...this.#on(place.code, day, [place])]));
      if (byName.size) return read.numbers.length ? both(byName, byCode) : byName;
    }
    return new Set();
  }

  /** @type {(number: string, day: string) => Set<string>} */
  #ofNumber(number, day) {
    if (number.length === 4) return new Set(); // a year, rather than a code that has lost its zero
    if (number.length === 5) return /^[0-9]+$/.test(number) ? ofPostal(number) : new Set([number.slice(0, 2).toUpperCase()]);
    const code = withoutZeros(number.toUpperCase());
    if (code === "20") return new Set(["20", "2A", "2B"]);
    return code === "97" || code === "98" ? this.#overseas(code) : this.#on(code, day);
  }

  // The codes of the départements and collectivities that begin so: of « 97 », « 98 » the rest was left out.
  /** @type {(start: string) => Set<string>} */
  #overseas(start) {
    return new Set(this.reference.places.filter(({ kind, code }) => (kind === "departement" || kind === COLLECTIVITY) && code.startsWith(start)).map(({ code }) => code));
  }

  // The code of a département, or those that it became, or came from, by that day.
  /** @type {(code: string, day: string, lives?: Place[]) => Set<string>} */
  #on(code, day, lives = this.reference.history("departement", code)) {
    if (lives.some((place) => on(place, day))) return new Set([code]);
    for (const { ends } of lives) {
      if (!ends || ends.latest > day) continue;
      const after = this.reference.became("departement", code, dayBefore(ends.latest), day);
      if (after.length) return new Set(after.map(({ place }) => place.code));
    }
    const origins = this.reference.events("departement", code).filter((e) => e.toCode === code && day < e.when.latest);
    return new Set([...origins.map((e) => e.code), code]);
  }

  // The same, with the codes that stand beside a name; null if they contradict it or each other.
  /** @type {(want: Wanted, numbers: string[], day: string) => Wanted | null} */
  ofNumbers(want, numbers, day) {
    const long = new Set(numbers.filter((number) => number.length === 5).map((number) => number.toUpperCase()));
    const [siren = want.siren, ...others] = new Set(numbers.filter((number) => number.length > 6));
    if (long.size > 1 || others.length) return null;
    const counties = new Set(numbers.filter((number) => number.length < 4).flatMap((number) => [...this.#ofNumber(number, day)]));
    let { departements, postal, exact } = want;
    for (const code of new Set(numbers.filter((number) => number.startsWith("=")).map((number) => number.slice(1).toUpperCase()))) {
      if (postal && postal !== code && (exact || !meet(ofPostal(code), ofPostal(postal)))) return null;
      [postal, exact] = [code, true];
    }
    if (counties.size) {
      departements = within(counties, departements);
      if (!departements.size) return null;
    }
    for (const code of long) {
      if (!postal) postal = code;
      else if (postal !== code && !meet(ofPostal(code), ofPostal(postal))) return null;
    }
    for (const number of numbers) {
      if (number.length !== 4) continue; // or a year: the code of the territory itself
      if (postal && postal !== `0${number}`) return null;
      [postal, exact] = [`0${number}`, true];
    }
    return { ...want, departements, postal, exact, siren };
  }

  // The codes of the départements of the régions, or of the overseas collectivities, of that name.
  /** @type {(words: string[]) => Set<string>} */
  inRegions(words) {
    const counties = this.names.named(words, "region").flatMap((place) => [...this.names.inRegion(place.code)]);
    return new Set(counties.length ? counties : this.names.named(words, COLLECTIVITY).map(({ code }) => code));
  }

  /** @type {(code: string) => Set<string>} */
  #inRegion(code) {
    const counties = this.names.inRegion(code);
    return counties.size ? counties : new Set(this.reference.history(COLLECTIVITY, code).map((place) => place.code));
  }

  // The codes of the départements of the régions that a cell names by code or name, at any time; an overseas collectivity,
  // which is in none, may stand for one.
  /** @type {(cell: string) => Set<string>} */
  #ofRegion(cell) {
    for (const read of this.reader.readings(stripped(cell).replace(DECIMALS, ""))) {
      if (!OF_REGIONS.has(read.sort) || read.around.length) continue;
      const counties = read.words.length ? this.inRegions(read.words) : new Set(read.numbers.flatMap((number) => [...this.#inRegion(withoutZeros(number))]));
      if (counties.size) return counties;
    }
    return new Set();
  }

  // The postal codes of a commune or municipal arrondissement; of a town that has these, the general one as well.
  /** @type {(kind: string, code: string) => string[]} */
  postalCodes(kind, code) {
    const known = this.reference.postalCodesOf(kind, code);
    return kind === "commune" && this.#largeTowns.has(code) ? [...known, `${departement(code)}000`] : known;
  }

  // True if the number is the code of the commune, or a postal code of it, or of the one that a part is in.
  /** @type {(place: Place, number: string) => boolean} */
  bears(place, number) {
    return number === place.code || this.postalCodes(PARTS.has(place.kind) ? "commune" : place.kind, communeOf(place)).includes(number);
  }

  // Those of the communes that have the code, or postal code; all, if none has.
  /** @type {(places: Place[], number: string) => Place[]} */
  withNumber(places, number) {
    const having = places.filter((place) => this.bears(place, number));
    return having.length ? having : places;
  }
}

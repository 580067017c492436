// What people type for a place, as the matcher understands it; what is proposed while they type, and instead of what is
// not understood. All territories are told as of the newest day of the reference.
import { spelt } from "./place-grammar.js";
import { append, COMMUNES, compared, dayBefore, GROUPINGS, on, PARTS } from "./place-reference.js";
import { nearest } from "./query-nearest.js";
/** @import { Linking } from "./place-link.js" */
/** @import { PlaceAsked, PlaceProposed, PlaceTold } from "./near-types.js" */
/** @import { Place } from "./place-types.js" */
/** @import { Both } from "./types.js" */

const OFFERED = 8;
const SHORTEST = 2; // letters or digits, before anything is proposed
const ABOVE = new Set(["departement", "region", "collectivite-outremer"]);

/** @type {(place: { kind: string, code: string }) => string} */
const pair = ({ kind, code }) => `${kind} ${code}`;

export class Asking {
  /** @type {Map<string, string[]> | undefined} */
  #codes;

  /** @param {Linking} linking */
  constructor(linking) {
    this.linking = linking;
    this.reference = linking.reference;
    this.points = this.reference.points();
    this.populations = this.reference.populations();
  }

  // What the text means: a commune if it can, else any territory; `others` are of other kinds, or bore the name once; `near` is
  // what else may have been meant by what is not understood.
  /** @type {(text: string) => PlaceAsked} */
  find(text) {
    const asCommune = this.#meant(text, "commune");
    const asAny = this.#meant(text, "");
    const places = asCommune.places.length ? asCommune.places : asAny.places;
    const codes = new Set(places.flatMap(({ code, of }) => [code, of]));
    const once = places.length ? this.#named(text).filter((place) => COMMUNES.has(place.kind) && !on(place, this.reference.newest)) : [];
    const others = asAny.places.filter((place) => !places.includes(place) && !places.some(({ kind, of, code }) => COMMUNES.has(kind) && (place.of === code || of === place.code)));
    return {
      why: asCommune.places.length ? asCommune.why : asAny.why,
      places: this.#told(places),
      others: this.#told([...others, ...once.filter(({ code, of }) => !codes.has(code) && !codes.has(of))]),
      near: places.length ? [] : this.#near(text),
    };
  }

  /** @type {(name: string, kind: string) => { places: Place[], why: Both }} */
  #meant(name, kind) {
    const { place, candidates, why } = this.linking.link({ name, kind });
    return { places: place ? [place] : candidates, why };
  }

  // What bears, or bore, this very name.
  /** @type {(text: string) => Place[]} */
  #named(text) {
    const { names, grammar } = this.linking;
    return names.whole.get(spelt(text, grammar).join(" ")) ?? [];
  }

  /** @type {(text: string) => PlaceProposed[]} */
  #near(text) {
    const { names, grammar } = this.linking;
    const written = spelt(text, grammar).join(" ");
    if (written.length < SHORTEST) return [];
    const weight = (/** @type {string} */ name) => Math.max(...(names.whole.get(name) ?? []).map((place) => this.#inhabitants(place)));
    const found = nearest(written, names.whole.keys(), weight, OFFERED).flatMap((name) => names.whole.get(name) ?? []);
    const { newest } = this.reference;
    return this.#proposed([...found.filter((place) => on(place, newest)), ...found.filter((place) => !on(place, newest))]);
  }

  // The territory of that kind that has this code, as it is told; null if none has.
  /** @type {(kind: string, code: string) => PlaceTold | null} */
  told(kind, code) {
    const lives = this.reference.history(kind, code);
    const [place] = lives.length ? this.#today(lives[lives.length - 1]) : [];
    return place ? this.#tell(place) : null;
  }

  // What the territories are called that the text begins, or that have a word which it begins; those with more
  // inhabitants first, then those that are no more, with what they have become.
  /** @type {(text: string) => PlaceProposed[]} */
  propose(text) {
    const { names, grammar } = this.linking;
    const written = spelt(text, grammar).join(" ");
    if (written.length < SHORTEST) return [];
    /** @type {[Place, number][]} */
    const found = [];
    if (/^\d[\dab]\d*$/.test(written)) {
      for (const place of this.#withCode(written.toUpperCase())) found.push([place, 0]);
    } else
      for (const [name, group] of names.whole) {
        const rank = name === written ? 0 : name.startsWith(written) ? 1 : name.includes(` ${written}`) ? 2 : -1;
        if (rank >= 0) for (const place of group) if (COMMUNES.has(place.kind) || ABOVE.has(place.kind)) found.push([place, rank]);
      }
    const { newest } = this.reference;
    const weighed = found.map(([place, rank]) => ({ place, rank, gone: Number(!on(place, newest)), part: Number(PARTS.has(place.kind)), inhabitants: this.#inhabitants(place) }));
    weighed.sort((a, b) => Number(a.rank > 0) - Number(b.rank > 0) || a.gone - b.gone || a.rank - b.rank || a.part - b.part || b.inhabitants - a.inhabitants || compared(a.place.name, b.place.name) || compared(a.place.code, b.place.code));
    return this.#proposed(weighed.map(({ place }) => place));
  }

  // The first of the places, as of today, each with the name that it bore if that is another.
  /** @type {(places: Place[]) => PlaceProposed[]} */
  #proposed(places) {
    /** @type {Map<string, PlaceProposed>} */
    const proposed = new Map();
    for (const place of places) {
      if (proposed.size >= OFFERED) break;
      for (const heir of this.#today(place)) {
        const { kind, code, name, county, inhabitants } = this.#tell(heir);
        const former = name === place.name ? "" : place.name;
        const key = `${pair(heir)} ${former}`;
        if (!proposed.has(key)) proposed.set(key, { kind, code, name, county, inhabitants, former });
      }
    }
    return [...proposed.values()].slice(0, OFFERED);
  }

  // Those whose code of INSEE, or postal code, begins so.
  /** @type {(start: string) => Place[]} */
  #withCode(start) {
    const { reference } = this;
    if (!this.#codes) {
      this.#codes = new Map();
      for (const place of reference.places) if (COMMUNES.has(place.kind) || ABOVE.has(place.kind)) append(this.#codes, place.code, pair(place));
      for (const [key, codes] of reference.postalCodes) for (const code of codes) append(this.#codes, code, key);
    }
    const keys = new Set();
    for (const [code, places] of this.#codes) if (code.startsWith(start)) for (const key of places) keys.add(key);
    return [...keys].flatMap((key) => reference.history(.../** @type {[string, string]} */ (key.split(" "))).slice(-1));
  }

  // What the territory is on the newest day: itself, what succeeded it, or, of a part of a commune, that.
  /** @type {(place: Place) => Place[]} */
  #today(place) {
    const { reference } = this;
    const { newest } = reference;
    if (PARTS.has(place.kind) && on(place, newest)) return reference.history("commune", place.of).filter((commune) => on(commune, newest));
    if (on(place, newest) || !place.ends) return [place];
    const heirs = reference.became(place.kind, place.code, dayBefore(place.ends.latest)).map((heir) => heir.place);
    return heirs.flatMap((heir) => (PARTS.has(heir.kind) ? this.#today(heir) : [heir]));
  }

  /** @type {(place: { kind: string, code: string }) => number} */
  #inhabitants(place) {
    return this.populations.get(pair(place))?.inhabitants ?? 0;
  }

  // Each territory once, in the order of their inhabitants: which is for reading only.
  /** @type {(places: Place[]) => PlaceTold[]} */
  #told(places) {
    const today = places.flatMap((place) => this.#today(place));
    const each = new Map(today.map((place) => [pair(place), place]));
    return [...each.values()].map((place) => this.#tell(place)).sort((a, b) => b.inhabitants - a.inhabitants || compared(a.code, b.code));
  }

  /** @type {(place: Place) => PlaceTold} */
  #tell(place) {
    const { kind, code, name } = place;
    const parents = this.#around(place);
    const county = parents.find((one) => ["departement", "collectivite-outremer"].includes(one.kind));
    const where = [place, ...parents].map((one) => this.points.get(pair(one))).find(Boolean);
    const within = parents.map((one) => ({ kind: one.kind, code: one.code, name: one.name }));
    return { kind, code, name, county: county?.name ?? "", inhabitants: this.#inhabitants(place), point: where ? [where.lon, where.lat] : null, within };
  }

  // What the territory is in; of an EPCI, which communes make, what they are in.
  /** @type {(place: Place) => Place[]} */
  #around(place) {
    const { reference } = this;
    if (!GROUPINGS.has(place.kind)) return reference.parents(place);
    const counties = [...this.linking.names.departements(place)].sort(compared);
    const above = counties.flatMap((county) => ["departement", "collectivite-outremer"].flatMap((kind) => reference.history(kind, county).filter((one) => on(one, reference.newest))));
    const around = [...above, ...above.flatMap((one) => reference.parents(one))];
    return [...new Map(around.map((one) => [pair(one), one])).values()];
  }
}

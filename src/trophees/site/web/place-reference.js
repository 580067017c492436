// The reference of places as a time machine, by the rules of `trophees/places/reference.py`: what a code was on a day,
// what became of it, what it was in. Days are ISO 8601, so that they compare as text.
import { fold } from "./folding.js";
import { SPACE } from "./place-spelling.js";
import { rows } from "./place-tables.js";
/** @import { Become, Place, PlaceEvent, PlaceMoment, PlaceTables } from "./place-types.js" */

export const PARTS = new Set(["commune-deleguee", "commune-associee"]);
export const COMMUNES = new Set([...PARTS, "commune", "arrondissement-municipal"]);
export const GROUPINGS = new Set(["epci", "ept"]);
const OVERSEAS = new Set(["975", "977", "978", "984", "986", "987", "988", "989"]);
const NEAREST_FIRST = ["commune", "arrondissement-municipal", "ept", "epci", "arrondissement", "departement", "collectivite-outremer", "region"];
const BETWEEN = new RegExp(`[-'’.${SPACE}]+`, "u");
const DAY = 86_400_000; // milliseconds

/** @typedef {[parent: string, since: string, until: string]} Membership */

// The record is in force on that day; the day of an event counts as after it.
/** @type {(place: Place, day: string) => boolean} */
export const on = ({ begins, ends }, day) => (!begins || begins.latest <= day) && (!ends || day < ends.latest);

// The interval of days in which the record ends, if the day is one of them and the last is not over yet.
/** @type {(place: Place, day: string) => PlaceMoment | null} */
export const ending = ({ ends }, day) => (ends && ends.earliest !== ends.latest && ends.earliest <= day && day < ends.latest ? ends : null);

/** @type {(day: string) => string} */
export const dayBefore = (day) => new Date(Date.parse(`${day}T00:00:00Z`) - DAY).toISOString().slice(0, 10);

// The code of the département, or of the collectivity overseas, that a commune's code begins with.
/** @type {(code: string) => string} */
export const departement = (code) => (code.startsWith("97") || OVERSEAS.has(code.slice(0, 3)) ? code.slice(0, 3) : code.slice(0, 2));

// A day, an interval of days that may have no beginning, or nothing.
/** @type {(cell: string) => PlaceMoment | null} */
function moment(cell) {
  if (!cell) return null;
  const [earliest, latest = earliest] = cell.split("/");
  return { earliest: earliest === ".." ? "" : earliest, latest };
}

/** @type {<V>(found: Map<string, V[]>, key: string, value: V) => void} */
export function append(found, key, value) {
  const group = found.get(key);
  if (group) group.push(value);
  else found.set(key, [value]);
}

/** @type {(kind: string, code: string) => string} */
const pair = (kind, code) => `${kind} ${code}`;

export class Reference {
  /** @type {Map<string, Place[]>} */
  #byKind = new Map();
  /** @type {Map<string, PlaceEvent[]>} */
  #events = new Map();
  /** @type {Map<string, Map<string, Membership[]>>} */
  #members = new Map();
  /** @type {Map<string, Place[]> | undefined} */
  #byName;
  /** @type {Record<string, string[]>} */
  #columns;

  /** @param {PlaceTables} data */
  constructor({ newest, tables }) {
    this.newest = newest; // the day that is meant where none is given
    this.#columns = tables;
    /** @type {Place[]} */
    this.places = rows(tables.places).map(([kind, code, name, begins, ends, of, form]) => ({ kind, code, name, begins: moment(begins), ends: moment(ends), of, form }));
    /** @type {Map<string, Place[]>} */
    this.byCode = new Map();
    for (const place of this.places) {
      append(this.byCode, place.code, place);
      append(this.#byKind, pair(place.kind, place.code), place);
    }
    for (const [when, event, kind, code, toKind, toCode] of rows(tables.events)) {
      const happened = { when: /** @type {PlaceMoment} */ (moment(when)), event, kind, code, toKind, toCode };
      for (const key of new Set([pair(kind, code), pair(toKind, toCode)])) append(this.#events, key, happened);
    }
    for (const group of this.#events.values()) group.sort((a, b) => (a.when.latest < b.when.latest ? -1 : Number(a.when.latest > b.when.latest)));
    /** @type {Map<string, string[]>} */
    this.postalCodes = new Map(rows(tables.postal_codes).map(([kind, code, codes]) => [pair(kind, code), codes.split(" ")]));
    /** @type {Map<string, string>} */
    this.sirens = new Map(rows(tables.sirens).map(([siren, code]) => [siren, code]));
  }

  // What has this code, or else this name, on that day: a commune first, then its parts, and what is above.
  /** @type {(codeOrName: string, day?: string) => Place[]} */
  at(codeOrName, day = this.newest) {
    if (!this.#byName) {
      this.#byName = new Map();
      for (const place of this.places) append(this.#byName, simple(place.name), place);
    }
    return (this.byCode.get(codeOrName) ?? this.#byName.get(simple(codeOrName)) ?? []).filter((place) => on(place, day));
  }

  // The lives of a code of that kind, in their order.
  /** @type {(kind: string, code: string) => Place[]} */
  history(kind, code) {
    return this.#byKind.get(pair(kind, code)) ?? [];
  }

  // What happened to a code of that kind, and what led to it, in their order.
  /** @type {(kind: string, code: string) => PlaceEvent[]} */
  events(kind, code) {
    return this.#events.get(pair(kind, code)) ?? [];
  }

  /** @type {(kind: string, code: string) => string[]} */
  postalCodesOf(kind, code) {
    return this.postalCodes.get(pair(kind, code)) ?? [];
  }

  // What the territory that had this code on the day `since` is on the later day: itself, or its successors.
  /** @type {(kind: string, code: string, since: string, day?: string) => Become[]} */
  became(kind, code, since, day = this.newest) {
    if (!this.history(kind, code).some((place) => on(place, since))) return [];
    /** @type {Map<string, { kind: string, code: string, past: PlaceEvent[] }>} */
    let reached = new Map([[pair(kind, code), { kind, code, past: [] }]]);
    for (let done = since; ; ) {
      const ahead = [...reached].map(([key, one]) => {
        const next = this.events(one.kind, one.code).filter((e) => e.kind === one.kind && e.code === one.code && done < e.when.latest && e.when.latest <= day && leads(e));
        return { key, one, next };
      });
      const [first] = ahead.flatMap(({ next }) => next.map((e) => e.when.latest)).sort();
      if (!first) break;
      done = first;
      reached = new Map();
      for (const { key, one, next } of ahead) {
        const now = next.filter((e) => e.when.latest === done);
        for (const e of now) {
          const to = pair(e.toKind, e.toCode);
          if (e.toCode && !reached.has(to)) reached.set(to, { kind: e.toKind, code: e.toCode, past: [...one.past, e] });
        }
        if (!now.length && !reached.has(key)) reached.set(key, one);
      }
    }
    const inOrder = [...reached.values()].sort((a, b) => compared(a.kind, b.kind) || compared(a.code, b.code));
    return inOrder.flatMap(({ past, ...one }) => this.history(one.kind, one.code).filter((place) => on(place, day)).map((place) => ({ place, events: past })));
  }

  // What the children of the table `name` (members, arrondissements, regions) are in, and when.
  /** @type {(name: string) => Map<string, Membership[]>} */
  memberships(name) {
    let found = this.#members.get(name);
    if (!found) {
      found = new Map();
      for (const [child, parent, since, until] of rows(this.#columns[name])) append(found, child, [parent, moment(since)?.latest ?? "", moment(until)?.latest ?? ""]);
      this.#members.set(name, found);
    }
    return found;
  }

  /** @type {(name: string, child: string, day: string) => string[]} */
  #inside(name, child, day) {
    return (this.memberships(name).get(child) ?? []).filter(([, since, until]) => since <= day && (!until || day < until)).map(([parent]) => parent);
  }

  // What a territory is in on that day, the nearest first.
  /** @type {(place: Place, day?: string) => Place[]} */
  parents({ kind, code, of }, day = this.newest) {
    const commune = kind === "commune" ? code : kind === "arrondissement" ? "" : of;
    const county = commune ? departement(commune) : kind === "departement" ? code : of;
    /** @type {[kind: string, code: string][]} */
    const above = [];
    if (commune) {
      if (kind !== "commune") above.push(["commune", commune]);
      for (const grouping of this.#inside("members", commune, day)) above.push(["ept", grouping], ["epci", grouping]);
      for (const one of this.#inside("arrondissements", commune, day)) above.push(["arrondissement", one]);
    }
    if (county) {
      if (kind !== "departement") above.push(["departement", county], ["collectivite-outremer", county]);
      for (const region of this.#inside("regions", county, day)) above.push(["region", region]);
    }
    const found = above.flatMap(([kind, code]) => this.history(kind, code).filter((place) => on(place, day)));
    return found.sort((a, b) => NEAREST_FIRST.indexOf(a.kind) - NEAREST_FIRST.indexOf(b.kind));
  }

  // Where a territory is, by kind and code, and of what that is the point.
  /** @type {() => Map<string, { lon: number, lat: number, what: string }>} */
  points() {
    return new Map(rows(this.#columns.points).map(([kind, code, lon, lat, what]) => [pair(kind, code), { lon: Number(lon), lat: Number(lat), what }]));
  }

  // How many live in a territory of the newest vintage, by kind and code: the year of the census, 0 if it is not said; and
  // whether it was published, or is the sum of those of the communes.
  /** @type {() => Map<string, { inhabitants: number, year: number, what: string }>} */
  populations() {
    return new Map(rows(this.#columns.populations).map(([kind, code, count, year, what]) => [pair(kind, code), { inhabitants: Number(count), year: Number(year), what }]));
  }
}

/** @type {(a: string, b: string) => number} */
export const compared = (a, b) => (a < b ? -1 : Number(a > b));

// A name as it is looked up: folded, without hyphens and apostrophes.
/** @type {(name: string) => string} */
const simple = (name) => fold(name).split(BETWEEN).filter(Boolean).join(" ");

// True of an event that a territory goes on through: a commune does not go on as a part of itself.
/** @type {(event: PlaceEvent) => boolean} */
const leads = ({ kind, event, toKind }) => kind === toKind || event === "part-ends" || kind !== "commune";

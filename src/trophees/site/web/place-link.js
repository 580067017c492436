// Which territory a row means, by the rules of `trophees/places/link.py`: linked to one, ambiguous between several, or
// unknown; and why.
import { grammarOf, said, spelt } from "./place-grammar.js";
import { inForce, Records, spellings } from "./place-in-force.js";
import { Names } from "./place-names.js";
import { Near } from "./place-near.js";
import { Reader } from "./place-reading.js";
import { compared, dayBefore, ending, on, PARTS, Reference } from "./place-reference.js";
import { Search } from "./place-seeking.js";
import { LONGEST } from "./place-spelling.js";
import { ofKind, Wants } from "./place-wanted.js";
import { Why } from "./place-why.js";
/** @import { AskedPlace, LinkedPlace, Place, PlacesFound, PlaceTables, Wanted } from "./place-types.js" */
/** @import { Both } from "./types.js" */

/** @typedef {{ found: PlacesFound } | { why: Both }} Meant */

// What links rows, by the tables that Python wrote.
export class Linking {
  /** @param {PlaceTables} data */
  constructor(data) {
    this.grammar = grammarOf(data.grammar);
    this.reference = new Reference(data);
    const names = new Names(this.reference, this.grammar);
    this.reader = new Reader(this.grammar);
    this.names = names;
    this.wants = new Wants(names, this.reader);
    this.records = new Records(this.wants);
    this.near = new Near(names);
    this.why = new Why(data.said);
  }

  // Which territory is meant, by the reference alone: the same row gets the same answer.
  /** @type {(asked: AskedPlace) => LinkedPlace} */
  link(asked) {
    const { departement = "", region = "", postal = "", kind = "", to = "" } = asked;
    const day = asked.on || this.#lastDay(asked);
    const beside = { departement, region, postal, kind };
    const sizes = Object.entries(beside).map(([column, cell]) => ({ column, cell, size: [...cell].length }));
    if (sizes.reduce((sum, { size }) => sum + size, 0) > LONGEST) {
      const { column, cell } = sizes.reduce((a, b) => (b.size > a.size ? b : a));
      return unknown(this.why.unread(column, cell));
    }
    const want = this.wants.wanted(departement, region, postal, kind, day);
    if (want.unread) return unknown(this.why.unread(want.unread, want.value));
    const meant = this.#of(asked, want, day);
    if ("why" in meant) return unknown(meant.why);
    const answer = this.#answer(meant.found, day);
    const { score } = meant.found;
    const place = answer.place ?? this.#ended(answer.candidates, day, to);
    if (!to || !place) return answer;
    const after = this.onDay(place, day, to);
    if (after.length === 1) return { outcome: "linked", place: after[0], candidates: [], score, why: this.why.translated(after[0], answer.why, to) };
    const why = this.why.untranslated(after.length, answer.why, to);
    return after.length ? { outcome: "ambiguous", place: null, candidates: after, score: score / after.length, why } : unknown(why);
  }

  // The EPCI that, with those that follow it, is all that is possible on `day`, if by the day `to` it has ended.
  /** @type {(candidates: Place[], day: string, to: string) => Place | null} */
  #ended(candidates, day, to) {
    const [place, ...others] = candidates.filter((candidate) => ending(candidate, day));
    if (!place || others.length || to < (place.ends?.latest ?? "")) return null;
    const heirs = new Set(this.records.withHeirs([place], day));
    return heirs.size > 1 && heirs.size === candidates.length && candidates.every((candidate) => heirs.has(candidate)) ? place : null;
  }

  // The day that is meant where none is said: the newest; for a code that is no more and is translated, its last.
  /** @type {(asked: AskedPlace) => string} */
  #lastDay({ code = "", to }) {
    const { newest } = this.reference;
    if (!to || [...code].length > LONGEST || !said(code, this.grammar)) return newest;
    const lives = this.records.records(code);
    const last = lives.flatMap(({ ends }) => (ends ? [ends.latest] : [])).sort().pop();
    return last && !lives.some((place) => on(place, newest)) ? dayBefore(last) : newest;
  }

  // What the row means, or why it means nothing.
  /** @type {(asked: AskedPlace, want: Wanted, day: string) => Meant} */
  #of(asked, want, day) {
    const { name = "", code = "" } = asked;
    if ([...name].length > LONGEST) return { why: this.why.notAName };
    if ([...code].length > LONGEST) return { why: this.why.notACode };
    const hasName = said(name, this.grammar);
    if (said(code, this.grammar)) {
      const records = this.records.records(code);
      if (records.length) return hasName ? this.#ofBoth(name, code, records, want, day) : this.#ofCode(code, records, want, day);
      const [postal] = spellings(code);
      if (!postal || !this.records.isPostal(postal) || (want.postal && want.postal !== postal)) return { why: this.why.notACode };
      want = { ...want, postal };
    }
    if (hasName) {
      const search = new Search(this.records, this.near, want, day);
      return or(search.of(name), () => this.#nothing(search, day));
    }
    if (want.postal) return or(this.records.ofPostalCode(want.postal, want, day), () => this.why.notAName);
    const [county, ...others] = want.departements ?? [];
    if (want.kinds?.size === 1 && want.kinds.has("departement") && county && !others.length) return or(this.records.ofCode(county, want, day), () => this.why.notAName);
    return { why: this.why.empty };
  }

  /** @type {(code: string, records: Place[], want: Wanted, day: string) => Meant} */
  #ofCode(code, records, want, day) {
    return or(this.records.ofCode(code, want, day), () => {
      const fitting = records.find((place) => ofKind(want, place) && this.wants.fits(want, place));
      return fitting ? this.why.otherTime(fitting, day) : this.why.contradicted(records[0]);
    });
  }

  // The territory that has the code, if the name is not that of another.
  /** @type {(name: string, code: string, records: Place[], want: Wanted, day: string) => Meant} */
  #ofBoth(name, code, records, want, day) {
    const byCode = this.#ofCode(code, records, want, day);
    const last = [...this.reader.readings(name)].pop();
    if (!last || (!last.words.length && !last.numbers.length)) return byCode;
    // what has the code on that day, and what those that had it before have become
    const live = records.filter((place) => inForce(place, day) && ofKind(want, place) && this.wants.fits(want, place));
    const reachable = [...live, ...(this.records.succeeded(records, want, day)?.places ?? [])];
    const counties = new Set(reachable.flatMap((place) => [...this.names.departements(place)]));
    const departements = want.departements?.size ? want.departements : counties.size ? counties : null;
    const byName = new Search(this.records, this.near, { ...want, departements }, day).of(name);
    if (byName) {
      const places = byName.places.filter(({ kind, code }) => reachable.some((place) => place.kind === kind && place.code === code));
      if (places.length) return { found: { ...byName, places, how: byName.past ? byName.how : "both" } };
    } else if ("found" in byCode) {
      const key = spelt(name, this.grammar).join(" ");
      if (records.some((place) => spelt(place.name, this.grammar).join(" ") === key)) return byCode;
    }
    return { why: this.why.contradicted(records[0]) };
  }

  /** @type {(search: Search, day: string) => Both} */
  #nothing({ seen, want }, day) {
    if (!seen) return this.why.notAName;
    const { begins, ends } = seen;
    const gone = Boolean(ends && ends.latest <= day);
    const later = Boolean(begins && begins.latest > day);
    const heirs = gone && ends ? this.onDay(seen, dayBefore(ends.latest), day) : [];
    const fits = ofKind(want, seen) && this.wants.fits(want, seen);
    return fits && (later || (gone && !heirs.length)) ? this.why.otherTime(seen, day) : this.why.contradicted(seen);
  }

  /** @type {(found: PlacesFound, day: string) => LinkedPlace} */
  #answer(found, day) {
    const { places, past, score } = found;
    if (places.length === 1) return { outcome: "linked", place: places[0], candidates: [], score, why: this.why.linked(found, day) };
    if (!places.length) return unknown(past ? this.why.otherTime(past, day) : this.why.notAName);
    return { outcome: "ambiguous", place: null, candidates: places, score: score / places.length, why: this.why.ambiguous(found, day) };
  }

  // What `place`, as of the day `since`, is on the day `to`, before or after; empty if nothing is known.
  /** @type {(place: Place, since: string, to: string) => Place[]} */
  onDay(place, since, to) {
    const { reference } = this;
    if (to >= since) return reference.became(place.kind, place.code, since, to).map((heir) => heir.place);
    const reached = new Map([[`${place.kind} ${place.code}`, { kind: place.kind, code: place.code }]]);
    for (const { kind, code } of reached.values())
      for (const e of reference.events(kind, code))
        if (e.toKind === kind && e.toCode === code && to < e.when.latest && e.when.latest <= since && e.code) {
          const origin = `${e.kind} ${e.code}`;
          if (!reached.has(origin)) reached.set(origin, { kind: e.kind, code: e.code });
        }
    const found = [...reached.values()]
      .sort((a, b) => compared(a.kind, b.kind) || compared(a.code, b.code))
      .filter(({ kind, code }) => reference.became(kind, code, to, since).some((heir) => heir.place.kind === place.kind && heir.place.code === place.code))
      .flatMap(({ kind, code }) => reference.history(kind, code).filter((past) => on(past, to)));
    const communes = new Set(place.kind === "commune" ? found.filter((past) => past.kind === "commune").map(({ code }) => code) : []);
    return found.filter((past) => !PARTS.has(past.kind) || !communes.has(past.of));
  }
}

/** @type {(found: PlacesFound | null, why: () => Both) => Meant} */
const or = (found, why) => (found ? { found } : { why: why() });

/** @type {(why: Both) => LinkedPlace} */
const unknown = (why) => ({ outcome: "unknown", place: null, candidates: [], score: 0, why });

// Names of one département that are near what is written, by the rules of `trophees/places/near.py`: one letter is wrong,
// or the end is missing.
import { append, COMMUNES, compared } from "./place-reference.js";
/** @import { Names } from "./place-names.js" */
/** @import { Place } from "./place-types.js" */

const SHORTEST = 4; // letters: of what is shorter, one letter is too much
const SHORTEST_CUT = 5;
const SHORTEST_GROUPING = 6;
const RARE = /[\u{10000}-\u{10ffff}]/gu; // no name has them; each is one letter

/** @typedef {Map<number, [short: string, name: string][]>} ByLength */
/** @typedef {{ written: string[], places: Map<string, Place[]>, tables: ByLength[], contents: Map<string, string[]> }} County */

export class Near {
  /** @type {Map<string, Map<string, Place[]>>} */
  #places = new Map();
  /** @type {Map<string, County>} */
  #counties = new Map();

  /** @type {Map<string, Map<string, Place[]>>} */
  #groupings = new Map();

  /** @param {Names} names */
  constructor(names) {
    for (const [written, group] of names.loose)
      for (const place of group)
        for (const code of names.departements(place)) {
          const county = this.#groupings.get(code) ?? new Map();
          append(county, written.replaceAll(" ", ""), place);
          this.#groupings.set(code, county);
        }
    this.articles = names.grammar.articles;
    this.links = names.grammar.links;
    for (const [written, group] of names.whole)
      for (const place of group) {
        if (!COMMUNES.has(place.kind) && place.kind !== "departement") continue;
        for (const code of names.departements(place)) {
          let county = this.#places.get(code);
          if (!county) this.#places.set(code, (county = new Map()));
          append(county, written, place);
        }
      }
  }

  /** @type {(code: string) => County} */
  #county(code) {
    let found = this.#counties.get(code);
    if (!found) {
      const places = this.#places.get(code) ?? new Map();
      const written = [...places.keys()].sort(compared);
      /** @type {ByLength} */
      const whole = new Map();
      /** @type {ByLength} */
      const bare = new Map();
      for (const name of written) {
        const [first, ...rest] = name.split(" ");
        for (const [table, short] of /** @type {[ByLength, string][]} */ ([[whole, first + rest.join("")], [bare, this.articles.has(first) ? rest.join("") : null]])) {
          if (short === null) continue;
          const group = table.get(short.length);
          if (group) group.push([short, name]);
          else table.set(short.length, [[short, name]]);
        }
      }
      /** @type {Map<string, string[]>} */
      const contents = new Map(); // names by their words but for small ones, where there are several such words
      for (const name of written) {
        const kept = this.#withoutLinks(name);
        if (kept.length > 1) append(contents, kept.join(" "), name);
      }
      found = { written, places, tables: [whole, bare], contents };
      this.#counties.set(code, found);
    }
    return found;
  }

  // The names in these départements, at any time, that one letter makes of `written`, with their records.
  /** @type {(written: string, counties: Set<string>) => Map<string, Place[]>} */
  misspelt(written, counties) {
    const short = written.replaceAll(" ", "").replace(RARE, "\uffff");
    /** @type {Map<string, Place[]>} */
    const found = new Map();
    if (short.length < SHORTEST) return found;
    // what one letter makes of a name keeps its beginning or its end
    const kept = Math.min(3, Math.floor(short.length / 2) - 1);
    const [start, end] = [short.slice(0, kept), short.slice(-kept)];
    for (const code of [...counties].sort(compared)) {
      const county = this.#county(code);
      for (const table of county.tables) {
        for (const length of [short.length - 1, short.length, short.length + 1])
          for (const [other, name] of table.get(length) ?? [])
            if ((other.startsWith(start) || other.endsWith(end)) && oneLetter(short, other)) found.set(name, [...(found.get(name) ?? []), ...(county.places.get(name) ?? [])]);
        if (found.size) break;
      }
    }
    return found;
  }

  // The names in these départements, at any time, that differ from `written` by small words, with their records.
  /** @type {(written: string, counties: Set<string>) => Map<string, Place[]>} */
  butForLinks(written, counties) {
    const kept = this.#withoutLinks(written).join(" ");
    /** @type {Map<string, Place[]>} */
    const found = new Map();
    for (const code of [...counties].sort(compared)) {
      const county = this.#county(code);
      for (const name of county.contents.get(kept) ?? []) found.set(name, [...(found.get(name) ?? []), ...(county.places.get(name) ?? [])]);
    }
    return found;
  }

  /** @type {(written: string) => string[]} */
  #withoutLinks(written) {
    return written.split(" ").filter((word) => !this.links.has(word));
  }

  // The EPCI and EPT of these départements, at any time, of whose names spaces or one letter make `content`.
  /** @type {(content: string, counties: Set<string>) => Map<string, Place[]>} */
  misspeltGrouping(content, counties) {
    const short = content.replaceAll(" ", "").replace(RARE, "\uffff");
    /** @type {Map<string, Place[]>} */
    const found = new Map();
    if (short.length < SHORTEST_GROUPING) return found;
    for (const code of [...counties].sort(compared))
      for (const [other, group] of this.#groupings.get(code) ?? [])
        if (other === short || oneLetter(short, other)) found.set(other, [...new Set([...(found.get(other) ?? []), ...group])]);
    return found;
  }

  // The names in these départements, at any time, that begin with `written`, with their records.
  /** @type {(written: string, counties: Set<string>) => Map<string, Place[]>} */
  cut(written, counties) {
    /** @type {Map<string, Place[]>} */
    const found = new Map();
    if (written.replaceAll(" ", "").replace(RARE, "\uffff").length < SHORTEST_CUT) return found;
    for (const code of [...counties].sort(compared)) {
      const county = this.#county(code);
      for (const name of county.written) if (name.startsWith(written)) found.set(name, [...(found.get(name) ?? []), ...(county.places.get(name) ?? [])]);
    }
    return found;
  }
}

// True if the two differ by one letter, or by two that follow each other and have changed places.
/** @type {(one: string, other: string) => boolean} */
function oneLetter(one, other) {
  const [a, b] = one.length > other.length ? [other, one] : [one, other];
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  const [rest, more] = [a.slice(start), b.slice(start)];
  if (a.length < b.length) return b.length - a.length === 1 && rest === more.slice(1);
  return rest.slice(1) === more.slice(1) || (rest.slice(0, 2) === [...more.slice(0, 2)].reverse().join("") && rest.slice(2) === more.slice(2));
}

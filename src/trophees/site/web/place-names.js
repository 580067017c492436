// The names of the reference by their keys, by the rules of `trophees/places/names.py`: as they are written, without their
// article, without spaces; EPCI by what is left of them without words of kind.
import { spelt } from "./place-grammar.js";
import { append, COMMUNES, departement, GROUPINGS, PARTS } from "./place-reference.js";
/** @import { Reference } from "./place-reference.js" */
/** @import { Place, PlaceGrammar } from "./place-types.js" */

export const FORMS = new Set(["cc", "ca", "cu"]);
const SMALL = new Set(["la", "l", "du", "des", "le", "les"]);
const ABOVE = new Set(["departement", "region", "collectivite-outremer"]);

/** @typedef {Map<string, Place[]>} Table */

// The name; and, if it has brackets, the same without them.
/** @type {(name: string) => string[]} */
function forms(name) {
  const open = name.indexOf("(");
  if (open < 0) return [name];
  const rest = name.slice(open + 1);
  const close = rest.indexOf(")");
  return [name, name.slice(0, open) + (close < 0 ? "" : rest.slice(close + 1))];
}

export class Names {
  /** @type {Table} */
  whole = new Map(); // names of communes and what is above them, as they are written
  /** @type {Table} */
  bare = new Map(); // names that have an article, without it
  /** @type {Table} */
  groupings = new Map(); // EPCI and EPT: their names, with and without CC, CA, CU before
  /** @type {Table} */
  own = new Map(); // EPCI and EPT: names that stand alone
  /** @type {Table} */
  loose = new Map(); // EPCI and EPT: what is left without words of kind and small words
  /** @type {Table} */
  arrondissements = new Map();
  /** @type {Map<string, Set<string>>} */
  #counties = new Map();
  /** @type {Map<string, string[]>} */
  #compact = new Map();

  /**
   * @param {Reference} reference
   * @param {PlaceGrammar} grammar
   */
  constructor(reference, grammar) {
    this.reference = reference;
    this.grammar = grammar;
    for (const place of reference.places) {
      if (GROUPINGS.has(place.kind)) this.#addGrouping(place);
      else this.#add(place);
    }
    for (const table of [this.whole, this.bare, this.groupings, this.own, this.loose, this.arrondissements]) {
      table.delete("");
      for (const [written, group] of table) if (group.length > 1) table.set(written, [...new Set(group)]);
    }
    for (const written of this.whole.keys()) append(this.#compact, written.replaceAll(" ", ""), written);
    /** @type {Map<string, Set<string>>} */
    this.ofGroupings = new Map();
    for (const [commune, groups] of reference.memberships("members"))
      for (const [grouping] of groups) {
        const counties = this.ofGroupings.get(grouping) ?? new Set();
        this.ofGroupings.set(grouping, counties.add(departement(commune)));
      }
  }

  /** @type {(place: Place) => void} */
  #add(place) {
    const { articles } = this.grammar;
    const arrondissement = place.kind === "arrondissement";
    const table = arrondissement ? this.arrondissements : this.whole;
    for (const written of new Set(forms(place.name).map((form) => spelt(form, this.grammar).join(" ")))) {
      append(table, written, place);
      const [first, ...rest] = written.split(" ");
      if (rest.length && articles.has(first)) append(arrondissement ? table : this.bare, rest.join(" "), place);
      else if (ABOVE.has(place.kind)) for (const article of articles) append(this.whole, `${article} ${written}`, place); // which are no part of their names, as INSEE has them
    }
  }

  /** @type {(place: Place) => void} */
  #addGrouping(place) {
    for (const form of forms(place.name)) {
      const words = spelt(form, this.grammar);
      const rest = words.length && FORMS.has(words[0]) ? words.slice(1) : words;
      for (const written of new Set([words.join(" "), this.withoutLinks(rest).join(" ")])) append(this.groupings, written, place);
      for (const alone of this.#alone(rest)) append(this.own, alone, place);
      append(this.loose, this.content(words), place);
    }
  }

  // What the name of an EPCI, without its form, is called alone: « Grand Reims », « Nice Côte d’Azur ».
  /** @type {(rest: string[]) => Set<string>} */
  #alone(rest) {
    const { joined } = this.grammar;
    /** @type {Set<string>} */
    const found = new Set();
    if (rest.length > 1 && this.withoutLinks(rest).length === rest.length && rest[0] !== "pays") found.add(rest.join(" "));
    let core = rest.length && joined.has(rest[0]) ? rest.slice(1) : rest;
    if (core.length && joined.has(core[core.length - 1])) core = core.slice(0, -1);
    const kept = this.withoutLinks(core);
    const least = kept[0] === "grand" ? 2 : 3;
    if (kept.length >= least && (core.length !== rest.length || least === 2) && core[0] !== "pays") found.add(kept.join(" "));
    return found;
  }

  // The words without the prepositions and articles that they begin with.
  /** @type {(words: string[]) => string[]} */
  withoutLinks(words) {
    let at = 0;
    while (at < words.length - 1 && (this.grammar.prepositions.has(words[at]) || SMALL.has(words[at]))) at += 1;
    return words.slice(at);
  }

  // What is left of the name of an EPCI without words of kind and small words, its words in order.
  /** @type {(words: string[]) => string} */
  content(words) {
    const { links, joined } = this.grammar;
    return words.filter((word) => !links.has(word) && !joined.has(word) && !FORMS.has(word)).join(" ");
  }

  // The keys in `whole` that are `short` without their spaces.
  /** @type {(short: string) => string[]} */
  compact(short) {
    return this.#compact.get(short) ?? [];
  }

  // The codes of the départements that a territory lies in, at any time.
  /** @type {(place: Place) => Set<string>} */
  departements({ kind, code, of }) {
    if (GROUPINGS.has(kind)) return this.ofGroupings.get(code) ?? new Set();
    const at = `${kind} ${code} ${of}`;
    let found = this.#counties.get(at);
    if (!found) {
      if (kind === "region") found = this.inRegion(code);
      else found = new Set([COMMUNES.has(kind) ? departement(of || code) : kind === "arrondissement" ? of : code]);
      this.#counties.set(at, found);
    }
    return found;
  }

  // The codes of the départements of a région, at any time.
  /** @type {(code: string) => Set<string>} */
  inRegion(code) {
    return new Set([...this.reference.memberships("regions")].filter(([, groups]) => groups.some(([region]) => region === code)).map(([county]) => county));
  }

  // The départements, régions or collectivities of that name, with or without an article, or in use.
  /** @type {(words: string[], ...kinds: string[]) => Place[]} */
  named(words, ...kinds) {
    const ways = [words.join(" "), this.withoutLinks(words).join(" ")];
    for (const written of ways) {
      const bearing = (this.grammar.usual.get(written) ?? []).filter(({ kind }) => kinds.includes(kind));
      if (bearing.length) return bearing.flatMap(({ kind, code }) => this.reference.history(kind, code));
    }
    for (const written of ways)
      for (const table of [this.whole, this.bare]) {
        const found = (table.get(written) ?? []).filter(({ kind }) => kinds.includes(kind));
        if (found.length) return found;
      }
    return [];
  }

  // True if that is the name of a département overseas.
  /** @type {(words: string[]) => boolean} */
  isOverseas(words) {
    return this.named(words, "departement").some(({ code }) => code.startsWith("97"));
  }
}

// The codes of a commune, or of the one that a part is in.
/** @type {(place: Place) => string} */
export const communeOf = ({ kind, code, of }) => (PARTS.has(kind) ? of : code);

// Which territories a cell with a name means, given what the rest of the row says, by the rules of
// `trophees/places/seeking.py`.
import { formsOf } from "./place-forms.js";
import { ofSort, spelt } from "./place-grammar.js";
import { inForce, orAlso } from "./place-in-force.js";
import { FORMS } from "./place-names.js";
import { COMMUNES, GROUPINGS } from "./place-reference.js";
import { folded } from "./place-spelling.js";
import { ofKind, ofPostal, within } from "./place-wanted.js";
/** @import { Records } from "./place-in-force.js" */
/** @import { Near } from "./place-near.js" */
/** @import { Place, PlacesFound, PlaceReading, Wanted } from "./place-types.js" */

// One name being looked for: what it has to fit, and what was seen on the way.
export class Search {
  known = false; // some territory bears, bore or will bear the name, whether it fits or not
  exact = false; // the whole cell is such a name: « Ville-Saint-Jacques » is no town of Saint-Jacques
  /** @type {Place | null} */
  seen = null; // one of those that do not fit

  /**
   * @param {Records} records
   * @param {Near} near
   * @param {Wanted} want
   * @param {string} day
   */
  constructor(records, near, want, day) {
    this.records = records;
    this.near = near;
    this.want = want;
    this.day = day;
    this.wants = records.wants;
    this.names = records.wants.names;
    this.grammar = records.wants.names.grammar;
  }

  // What of the records fits; that there are any is remembered.
  /** @type {(group: Place[] | undefined, want: Wanted, how?: string, score?: number) => PlacesFound | null} */
  #take(group, want, how, score) {
    if (!group?.length) return null;
    const found = this.records.chosen(group, want, this.day, how, score);
    if (!found) {
      this.known = true;
      this.seen ??= group.find((place) => inForce(place, this.day)) ?? group[0];
    }
    return found;
  }

  // What the cell means; null if it means nothing that fits.
  /** @type {(text: string) => PlacesFound | null} */
  of(text) {
    const whole = folded(text);
    const found = this.#take(this.#whole(whole), this.want);
    if (found) return this.#weighed(whole, found, this.want);
    /** @type {{ read: PlaceReading, want: Wanted }[]} */
    const ways = [];
    for (const read of this.wants.reader.readings(text)) {
      const want = this.#narrowed(read);
      if (want) ways.push({ read, want });
    }
    for (const { read, want } of ways) {
      const found = this.exact && read.sort ? null : this.#ofReading(read, want);
      if (found) return found;
    }
    if (this.known) return null;
    for (const { read } of ways) {
      const found = this.#within(read);
      if (found) return found;
    }
    for (const { read, want } of ways) {
      const found = this.#near(read, want);
      if (found) return found;
    }
    return null;
  }

  // Words that announce a kind, then a name and that of what it is in: « Ville de Cachan Val de Marne ». Without such words,
  // a name and that of the département overseas: « Saint-Denis de la Réunion ».
  /** @type {(read: PlaceReading) => PlacesFound | null} */
  #within(read) {
    if (read.around.length || read.ordinal) return null;
    for (let at = 1; at < read.words.length; at += 1) {
      const around = read.words.slice(read.words[at] === "en" ? at + 1 : at);
      if (!around.length) continue;
      if (!read.sort && !(this.grammar.prepositions.has(around[0]) && this.names.isOverseas(around))) continue;
      const shorter = { ...read, words: read.words.slice(0, at), around: [around] };
      const want = this.#narrowed(shorter);
      const found = want && this.#ofReading(shorter, want);
      if (found && (read.sort || found.how === "name")) return found;
    }
    return null;
  }

  // The records of that name; of what is no more, not those that have it without their brackets only, unless there are no
  // others: « Centre » was a région, « Centre (chef-lieu Sinnamary) » a commune.
  /** @type {(written: string) => Place[]} */
  #whole(written) {
    const group = this.names.whole.get(written) ?? [];
    const bracketed = (/** @type {Place} */ { name }) => name.includes("(");
    return group.every(bracketed) ? group : group.filter((place) => !bracketed(place) || inForce(place, this.day));
  }

  // What the territory has to fit, with what the cell itself says; null if it contradicts the row.
  /** @type {(read: PlaceReading) => Wanted | null} */
  #narrowed({ sort, words, numbers, around }) {
    /** @type {Wanted | null} */
    let want = this.want;
    if (sort) want = this.wants.withKinds(want, sort);
    if (want && words.length && numbers.length) want = this.wants.ofNumbers(want, numbers, this.day);
    for (const name of around) {
      if (!want) return null;
      const live = this.names.named(name, "departement").filter((place) => inForce(place, this.day));
      const counties = live.length ? new Set(live.map(({ code }) => code)) : this.wants.inRegions(name);
      const departements = within(counties, want.departements);
      want = departements.size ? { ...want, departements } : null;
    }
    return want;
  }

  /** @type {(read: PlaceReading, want: Wanted) => PlacesFound | null} */
  #ofReading(read, want) {
    const { words, sort, article, cut } = read;
    if (!words.length) return this.#withoutName(read, want);
    if (read.ordinal) return this.#ofArrondissement(read, want);
    if (want.kinds && [...want.kinds].every((kind) => GROUPINGS.has(kind))) return this.#ofGrouping(words, want);
    const forms = formsOf(words, this.grammar, article, cut);
    const written = forms.map((form) => form.join(" "));
    if (want.kinds?.size === 1 && want.kinds.has("arrondissement")) return this.#first(this.names.arrondissements, written, want);
    for (const one of written) {
      const found = this.#take(this.#whole(one), want);
      if (found) return this.#weighed(one, found, want);
    }
    this.exact ||= this.known && !sort;
    const { articles, contractions, prepositions } = this.grammar;
    const articled = !article && (articles.has(words[0]) || contractions.has(words[0]) || prepositions.has(words[0]));
    for (const form of forms) {
      const found = this.#usual(form, want) ?? this.#withoutArticle(form, articled && articles.has(form[0]), want);
      if (found) return this.#weighed(form.join(" "), found, want);
    }
    for (const form of forms)
      for (const one of this.names.compact(form.join(""))) {
        const found = this.#take(this.names.whole.get(one), want, "spaces", 0.97);
        if (found) return found;
      }
    return sort || article ? null : this.#ofGrouping(words, want, true);
  }

  // The same; or more, or less, as names with an article and the postal code have it.
  /** @type {(written: string, found: PlacesFound, want: Wanted) => PlacesFound} */
  #weighed(written, found, want) {
    const { postal, kinds } = want;
    if (found.past) {
      const also = (this.names.bare.get(written) ?? []).filter((place) => inForce(place, this.day) && ofKind(want, place) && this.wants.fits(want, place));
      return also.length ? orAlso(found, { places: also, how: "name", score: 1, past: null }) : found;
    }
    const part = postal && this.wants.arrondissements.get(postal);
    if (part && !kinds && inForce(part, this.day) && found.places.some(({ kind, code }) => kind === "commune" && code === part.of))
      return { places: [part], how: "arrondissement", score: 1, past: null };
    if (postal && found.places.length > 1) {
      const communes = found.places.filter((place) => COMMUNES.has(place.kind) && this.wants.bears(place, postal));
      return communes.length ? { ...found, places: communes } : found;
    }
    return found;
  }

  // A cell that holds a code only, or only says which kind is meant.
  /** @type {(read: PlaceReading, want: Wanted) => PlacesFound | null} */
  #withoutName({ numbers, sort }, want) {
    const [number] = numbers;
    if (numbers.length === 1) {
      const byCode = this.records.ofCode(number, want, this.day);
      const byPostal = this.records.ofPostalCode(number.padStart(5, "0"), want, this.day);
      return byCode && byPostal ? { ...orAlso(byCode, byPostal), how: "number", past: null } : (byCode ?? byPostal);
    }
    const [county, ...others] = want.departements?.size ? want.departements : want.postal ? ofPostal(want.postal) : [];
    return !numbers.length && sort === "departement" && county && !others.length ? this.records.ofCode(county, { ...want, postal: "" }, this.day) : null;
  }

  /** @type {(read: PlaceReading, want: Wanted) => PlacesFound | null} */
  #ofArrondissement({ words, ordinal, doubtful }, want) {
    const { articles, contractions, prepositions } = this.grammar;
    const announced = articles.has(words[0]) || contractions.has(words[0]) || prepositions.has(words[0]);
    const [city, ...others] = announced && words.length > 1 ? words.slice(1) : words;
    if (others.length) return null; // « Paris Habitat (12e) »
    const number = ordinal === 1 ? "1er" : `${ordinal}e`;
    const found = this.#take(this.names.whole.get(`${city} ${number} arrondissement`), want, "arrondissement");
    const sure = this.wants.arrondissements.has(want.postal); // « Marseille 13 » beside 13013
    const whole = found && doubtful && !sure ? this.#take(this.names.whole.get(city), want) : null;
    return found && whole ? orAlso(found, whole) : found;
  }

  /** @type {(form: string[], want: Wanted) => PlacesFound | null} */
  #usual(form, want) {
    const { usual, since, articles } = this.grammar;
    const words = articles.has(form[0]) && !usual.has(form.join(" ")) ? form.slice(1) : form;
    const name = words.join(" ");
    const found = usual.get(name);
    if (!found || this.day < (since.get(name) ?? "")) return null;
    const kinds = found.map(({ kind }) => kind);
    return this.#take(this.names.named(words, ...kinds), want, "usual", 0.97);
  }

  // Names that have an article where the cell has none; or the other way round, if the row says where. `first` is true if
  // the cell has an article, and has it before the name.
  /** @type {(form: string[], first: boolean, want: Wanted) => PlacesFound | null} */
  #withoutArticle(form, first, want) {
    const found = this.#take(this.names.bare.get(form.join(" ")), want, "article", 0.98);
    const rest = first ? form.slice(1).join(" ") : "";
    if (found || !rest || (!want.departements && !want.postal)) return found;
    return this.#take(this.names.whole.get(rest), want, "article", 0.98);
  }

  // An EPCI or EPT, by its name, or by what is left of it without words of kind and small words.
  /** @type {(words: string[], want: Wanted, bare?: boolean) => PlacesFound | null} */
  #ofGrouping(words, want, bare = false) {
    const { names } = this;
    const forms = formsOf(words, this.grammar);
    forms.push(...forms.map((form) => names.withoutLinks(form)));
    for (const form of forms) {
      const found = this.#usual(form, want);
      if (found) return found;
    }
    const said = !bare || words.some((word) => this.grammar.joined.has(word));
    const found = this.#first(said || FORMS.has(words[0]) ? names.groupings : names.own, forms.map((form) => form.join(" ")), want);
    if (found || !said) return found;
    const group = names.loose.get(names.content(spelt(words.join(" "), this.grammar))) ?? [];
    const agreeing = group.filter((place) => this.#ofThatKind(words, place));
    if (group.length && !agreeing.length) {
      this.known = true;
      this.seen ??= group[0];
    }
    return this.#take(agreeing, want, "words", 0.95);
  }

  // False if among the words is one of a kind that the EPCI is not of, and that is not in its name.
  /** @type {(words: string[], place: Place) => boolean} */
  #ofThatKind(words, place) {
    const own = this.#sorts(spelt(place.name, this.grammar));
    return [...this.#sorts(words)].every((sort) => own.has(sort) || (ofSort(sort, this.grammar).forms?.has(place.form) ?? true));
  }

  /** @type {(words: string[]) => Set<string>} */
  #sorts(words) {
    const { heads, joined } = this.grammar;
    return new Set(words.filter((word) => joined.has(word) || FORMS.has(word)).map((word) => heads.get(word) ?? ""));
  }

  /** @type {(table: Map<string, Place[]>, written: string[], want: Wanted) => PlacesFound | null} */
  #first(table, written, want) {
    for (const one of new Set(written)) {
      const found = this.#take(table.get(one), want);
      if (found) return found;
    }
    return null;
  }

  // The one name in the département given that one letter, or the missing end, makes of the words.
  /** @type {(read: PlaceReading, want: Wanted) => PlacesFound | null} */
  #near({ words, ordinal, article, cut: joined }, want) {
    const counties = want.departements?.size ? want.departements : want.postal ? ofPostal(want.postal) : null;
    if (!counties?.size || !words.length || ordinal) return null;
    if (want.kinds && [...want.kinds].every((kind) => GROUPINGS.has(kind))) {
      const groupings = this.near.misspeltGrouping(this.names.content(spelt(words.join(" "), this.grammar)), counties);
      const agreeing = new Map([...groupings].map(([name, group]) => [name, group.filter((place) => this.#ofThatKind(words, place))]));
      return this.#inForce(agreeing, want, "letter", 0.9);
    }
    if (words.length === 1 && (this.grammar.ordinary.has(words[0]) || this.grammar.heads.has(words[0]))) return null;
    for (const form of [...formsOf(words, this.grammar, article, joined), words]) {
      const written = form.join(" ");
      const links = this.#inForce(this.near.butForLinks(written, counties), want, "words", 0.95);
      if (links) return links;
      const letter = this.#inForce(this.near.misspelt(written, counties), want, "letter", 0.9);
      const cut = this.#inForce(this.near.cut(written, counties), want, "cut", 0.8);
      if (letter && cut) return orAlso(letter, cut);
      if (letter || cut) return letter ?? cut;
    }
    return null;
  }

  // What of the records is in force and fits.
  /** @type {(groups: Map<string, Place[]>, want: Wanted, how: string, score: number) => PlacesFound | null} */
  #inForce(groups, want, how, score) {
    /** @type {PlacesFound | null} */
    let found = null;
    for (const group of groups.values()) {
      const live = group.filter((place) => inForce(place, this.day));
      const one = live.length ? this.records.chosen(live, want, this.day, how, score) : null;
      found = found && one ? orAlso(found, one) : (found ?? one);
    }
    return found;
  }
}

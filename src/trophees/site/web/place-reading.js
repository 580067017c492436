// A cell, taken apart, by the rules of `trophees/places/reading.py`: which words are the name, and what the others say of
// kind, number, and place around.
import { codesOf, DEPARTEMENT, labelled, LARGE, ordinalOf, unglued, withoutCedex, withoutCodes } from "./place-digits.js";
import { FORMS } from "./place-names.js";
import { abbreviates, linksOf, same, segmented } from "./place-segments.js";
import { SPACE, stripped } from "./place-spelling.js";
/** @import { PlaceGrammar, PlaceReading } from "./place-types.js" */

const SHORT = /^(ept|t)([0-9]{1,2})$/;
const NUMBERED = /^c[dg](0[1-9]|[1-8][0-9]|9[0-5]|2[ab]|97[1-6])$/;
const CUT = new RegExp(`[-\u2010\u2011]\\p{L}{1,3}[${SPACE}]*$`, "u"); // an article behind a hyphen is not moved: « Villars-le »
const SPACES = new RegExp(`[${SPACE}]+`, "u");
const SIGNED = new RegExp(`^[${SPACE}]*[-+\u2010-\u2015\u2212][${SPACE}]*[0-9][0-9.,${SPACE}]*$`, "u");
const DECIMALS = new RegExp(`^([${SPACE}]*[0-9]+)\\.0+(?=[${SPACE}]*$)`, "u"); // a code as spreadsheets leave it
/** @type {PlaceReading} */
const NOTHING = { words: [], sort: "", article: "", numbers: [], ordinal: 0, doubtful: false, around: [], cut: false };

/** @type {(one: Set<string>, other: Set<string>) => boolean} */
const meet = (one, other) => [...one].some((kind) => other.has(kind));
/** @type {(one: Set<string>, other: Set<string>) => boolean} */
const inside = (one, other) => [...one].every((form) => other.has(form));

export class Reader {
  /** @param {PlaceGrammar} grammar */
  constructor(grammar) {
    this.grammar = grammar;
    this.links = linksOf(grammar);
    this.longestHead = Math.max(...[...grammar.heads.keys()].map((phrase) => phrase.split(" ").length));
  }

  // The ways to read `text`, the likeliest first; none where nothing in it may be a name, as in « -94016 ».
  /** @type {(text: string) => Generator<PlaceReading>} */
  *readings(text) {
    yield* this.#ofText(text);
    const trimmed = stripped(text);
    if (trimmed.includes("\n")) yield* this.#ofText(trimmed.split(SPACES).join(" ")); // of a cell that is wrapped by hand
  }

  /** @type {(text: string) => Generator<PlaceReading>} */
  *#ofText(text) {
    if (SIGNED.test(text)) return;
    const { segments, slashed } = segmented(text.replace(DECIMALS, "$1"), this.grammar);
    if (!segments.length) return;
    if (slashed) yield* this.#ofName({ ...NOTHING, words: slashed });
    let { whole, names } = this.#classified(segments);
    whole = { ...whole, cut: CUT.test(text) };
    if (names.length > 1) {
      const spelt = [names[0], names[0].slice(this.#head(names[0]).length)]; // « CA Guingamp-Paimpol Agglomération (GPA) »
      names = names.filter((name, at) => !at || !spelt.some((words) => abbreviates(name, words)));
      ({ whole, names } = this.#saidOnce(whole, names));
    }
    if (!names.length) {
      yield whole;
      if (whole.sort) yield { ...whole, words: segments[0], sort: "" }; // « Mairé (86) » is a commune
      return;
    }
    if (names.length === 1) yield* this.#ofName({ ...whole, words: names[0] });
    else yield* this.#between(whole, names);
    const [start, front = []] = segments;
    const end = front[front.length - 1];
    if (this.links.has(end) || this.grammar.fronts.has(end) || (front.length > 1 && this.grammar.articles.has(end))) yield* this.#ofName({ ...whole, words: [...front, ...start], sort: "" }); // « Savoie (Haute-) », « Belfort (Territoire de) »
  }

  // The ways to read several names: one is around the other, or they are one.
  /** @type {(whole: PlaceReading, names: string[][]) => Generator<PlaceReading>} */
  *#between(whole, names) {
    const [first, last] = [names[0], names[names.length - 1]];
    yield* this.#ofName({ ...whole, words: first, around: names.slice(1) });
    yield* this.#ofName({ ...whole, words: last, around: names.slice(0, -1) });
    if (names.length > 2) yield* this.#ofName({ ...whole, words: names.slice(0, -1).flat(), around: [last] });
    yield* this.#ofName({ ...whole, words: names.flat() });
  }

  // The longest name if all are the same but for what announces it: « Mairie de Cachan, 94230 Cachan ».
  /** @type {(whole: PlaceReading, names: string[][]) => { whole: PlaceReading, names: string[][] }} */
  #saidOnce(whole, names) {
    const edges = names.map((name) => withoutCodes(name, this.grammar));
    const cores = edges.map(({ shorter }) => {
      const { length } = this.#head(shorter);
      const rest = shorter.slice(length);
      return [shorter, length && rest.length > 1 && this.links.has(rest[0]) ? rest.slice(1) : rest].map((words) => words.join(" "));
    });
    if (!cores[0].some((core) => cores.every((others) => others.includes(core)))) return { whole, names }; // « Ville-en-Sallaz » may be announced by « Ville », or not
    const longest = edges.map(({ shorter }) => shorter).reduce((a, b) => (b.length > a.length ? b : a));
    return { whole: { ...whole, numbers: [...whole.numbers, ...edges.flatMap(({ numbers }) => numbers)] }, names: [longest] };
  }

  // What the segments that are no name say; and those that may be one.
  /** @type {(segments: string[][]) => { whole: PlaceReading, names: string[][] }} */
  #classified(segments) {
    const { articles, heads, kinds, halls, labels } = this.grammar;
    let whole = NOTHING;
    /** @type {string[][]} */
    const names = [];
    /** @type {string[]} */
    let label = [];
    for (const segment of segments) {
      /** @type {string[]} */
      const words = [...label, ...withoutCedex(segment)];
      label = [];
      const phrase = words.join(" ");
      if (!words.length || (names.length && phrase === "france")) continue;
      const found = codesOf(words);
      const numbered = names.length ? this.#numbered(words, true) : { length: 0, siren: "" };
      const ordinal = names.length ? ordinalOf(words, this.grammar) : 0;
      const sort = heads.get((words.length > 1 && this.links.has(words[words.length - 1]) ? words.slice(0, -1) : words).join(" ")) || (names.length && kinds.get(phrase) !== "any" ? kinds.get(phrase) : ""); // « place » is any, and Placé is a commune
      const told = names.length ? labelled(words, this.grammar) : [];
      const county = names.length && words.length > 1 && words[0].length > 1 && DEPARTEMENT.test(words[0]);
      if (names.length && labels.has(phrase)) label = words; // « (INSEE : 94016) »
      else if (told.length) whole = { ...whole, numbers: [...whole.numbers, ...told] };
      else if (found.length) whole = { ...whole, numbers: [...whole.numbers, ...found] };
      else if (names.length && words.length === 1 && articles.has(phrase)) whole = { ...whole, article: phrase };
      else if (ordinal) whole = { ...whole, ordinal };
      else if (numbered.length === words.length) whole = { ...whole, sort: "ept", numbers: [...whole.numbers, numbered.siren] }; // EPT have numbers: « (EPT 12) », « (T12) »
      else if (names.length && halls.some((hall) => `${phrase} `.startsWith(`${hall} `))) continue;
      else if (sort) whole = { ...whole, sort };
      else if (county) {
        whole = { ...whole, numbers: [...whole.numbers, words[0]] }; // « (974 La Réunion) »
        names.push(words.slice(1));
      } else names.push(words);
    }
    return { whole, names };
  }

  // The ways to read the segment with the name: without the codes, or the country, at its ends; then as it is.
  /** @type {(read: PlaceReading) => Generator<PlaceReading>} */
  *#ofName(read) {
    const { words } = read;
    let { shorter, numbers } = withoutCodes(words, this.grammar);
    if (shorter.length > 1 && shorter[shorter.length - 1] === "france" && !this.grammar.links.has(shorter[shorter.length - 2])) shorter = shorter.slice(0, -1);
    if (!same(shorter, words)) yield* this.#announced({ ...read, words: shorter, numbers: [...read.numbers, ...numbers] });
    yield* this.#announced(read);
  }

  // The ways to read the words: as they are, then without those that announce the kind.
  /** @type {(read: PlaceReading) => Generator<PlaceReading>} */
  *#announced(read) {
    const county = read.words.length === 1 && NUMBERED.exec(read.words[0]);
    if (county) {
      yield { ...read, words: [], sort: "departement", numbers: [...read.numbers, county[1]] };
      return;
    }
    yield* this.#wholeOrHalf(read);
    const numbered = this.#numbered(read.words, false);
    if (numbered.length) {
      yield* this.#wholeOrHalf({ ...read, words: read.words.slice(numbered.length), sort: "ept", numbers: [...read.numbers, numbered.siren] });
      return;
    }
    const tail = this.#tail(read.words);
    const ended = tail.length && this.#both(read.sort, tail.sort);
    if (ended) yield { ...read, words: read.words.slice(0, -tail.length), sort: ended };
    for (let times = 0; times < 3; times += 1) {
      const skipped = Number(read.sort && read.words.length > 1 && this.links.has(read.words[0]));
      const { length, sort } = this.#head(read.words.slice(skipped));
      if (!length) break;
      let rest = read.words.slice(skipped + length);
      if (rest.length === 1 && this.links.has(rest[0])) rest = [];
      const found = codesOf(rest.length && (this.links.has(rest[0]) || this.grammar.signs.has(rest[0])) ? rest.slice(1) : rest);
      if (found.length) {
        yield { ...read, words: [], sort, numbers: [...read.numbers, ...found] };
        break;
      }
      const both = this.#both(read.sort, sort);
      if (!both) break;
      read = { ...read, words: rest, sort: both };
      yield* this.#wholeOrHalf(read);
    }
  }

  // The words, and the half of them if the other half is the same: « Bora-Bora », « Cachan Cachan ».
  /** @type {(read: PlaceReading) => Generator<PlaceReading>} */
  *#wholeOrHalf(read) {
    yield* this.#withNumber(read);
    const { words } = read;
    for (const start of words.length && this.links.has(words[0]) ? [0, 1] : [0]) {
      const half = Math.floor((words.length - start) / 2);
      if (half > 0 && same(words.slice(start, start + half), words.slice(start + half))) yield* this.#withNumber({ ...read, words: words.slice(0, start + half) });
    }
  }

  // The reading, or those in which a number is that of a municipal arrondissement.
  /** @type {(read: PlaceReading) => Generator<PlaceReading>} */
  *#withNumber(read) {
    const words = unglued(read.words);
    let plain = words.filter((word) => !this.grammar.districts.has(word));
    if (plain.length && (this.links.has(words[0]) || this.grammar.articles.has(words[0]))) plain = plain.slice(1);
    for (let [city, number] of [[plain.slice(0, 1), plain.slice(1)], [plain.slice(-1), plain.slice(0, -1)]]) {
      if (number.length && this.links.has(number[number.length - 1])) number = number.slice(0, -1);
      const ordinal = city.length && LARGE.has(city[0]) && number.length ? ordinalOf(number, this.grammar) : 0;
      if (ordinal) {
        yield { ...read, words: city, ordinal, doubtful: same([...city, ...number], ["marseille", "13"]) };
        return;
      }
    }
    yield read;
  }

  // How many words at the end say which EPCI it is, and its sort: « Grand Poitiers Communauté urbaine ».
  /** @type {(words: string[]) => { length: number, sort: string }} */
  #tail(words) {
    const least = FORMS.has(words[words.length - 1]) ? 1 : 2;
    for (let length = Math.min(this.longestHead, words.length - 1); length >= least; length -= 1) {
      const sort = this.grammar.heads.get(words.slice(-length).join(" ")) ?? "";
      if (this.grammar.sorts.get(sort)?.types) return { length, sort };
    }
    return { length: 0, sort: "" };
  }

  // How many words are the number of an EPT, and its SIREN: « EPT 8 », « EPT n° 8 », « T8 »; 0 if none is. « T8 »,
  // « Territoire 8 » are one only `beside` a name, which may follow.
  /** @type {(words: string[], beside: boolean) => { length: number, siren: string }} */
  #numbered(words, beside) {
    let { length, sort } = this.#head(words);
    let [called = ""] = words;
    let number = "";
    const found = SHORT.exec(called);
    if (sort === "ept") {
      if (this.grammar.signs.has(words[length])) length += 1;
      number = words[length] ?? "";
      length += 1;
    } else if (found) [called, number, length] = [found[1], found[2], 1];
    const siren = this.grammar.numbered.get(number.replace(/^0+/, ""));
    const alone = ["t", "territoire"].includes(called) && !beside && length === words.length;
    return siren && !alone ? { length, siren } : { length: 0, siren: "" };
  }

  // What two words of kind say together: « CC Communauté … » is a CC; "" if they contradict, as in « CC Agglo … ».
  /** @type {(sort: string, other: string) => string} */
  #both(sort, other) {
    const [said, more] = [sort, other].map((one) => this.grammar.sorts.get(one) ?? {});
    const [kinds, others] = [new Set(said.kinds), new Set(more.kinds)];
    const [forms, among] = [new Set(said.types), new Set(more.types)];
    if (kinds.size && others.size && !meet(kinds, others)) return "";
    if (forms.size && among.size) return inside(among, forms) ? other : inside(forms, among) ? sort : "";
    return forms.size || (kinds.size && kinds.size < others.size && inside(kinds, others)) ? sort : other;
  }

  // How many words announce the name, and of which sort; 0 if none does.
  /** @type {(words: string[]) => { length: number, sort: string }} */
  #head(words) {
    for (let length = Math.min(this.longestHead, words.length); length; length -= 1) {
      const sort = this.grammar.heads.get(words.slice(0, length).join(" "));
      if (sort) return { length, sort };
    }
    return { length: 0, sort: "" };
  }
}

// A cell, taken apart, by the rules of `trophees/places/reading.py`: which words are the name, and what the others say of
// kind, number, and place around.
import { parted, SPACE } from "./place-spelling.js";
/** @import { PlaceGrammar, PlaceReading } from "./types.js" */

// a zero too much is what some files write before the code of a département: « 094 », « 02B »
const DEPARTEMENT = /^(?:0{0,2}[1-9]|0?(?:[1-8][0-9]|9[0-5]|2[ab])|9[78]|97[1-8]|98[4-9])$/;
const NUMBER = /^(?:(?:fr?)?([0-9]{5}|2[ab][0-9]{3})|([1-9][0-9]{3}))$/;
const SHORT = /^(ept|t)([0-9]{1,2})$/;
const COUNTRY = new Set(["f", "fr"]);
const NUMBERED = /^c[dg](0[1-9]|[1-8][0-9]|9[0-5]|2[ab]|97[1-6])$/;
const DIGITS = /^\p{Nd}+$/u;
const LETTERS = /^\p{L}+$/u;
const LONGEST_ACRONYM = 10;
const WORD = /^[\p{L}\p{N}]+$/u;
const SIGNED = new RegExp(`^[${SPACE}]*[-+\u2010-\u2015\u2212][${SPACE}]*[0-9][0-9.,${SPACE}]*$`, "u");
const DECIMALS = new RegExp(`^([${SPACE}]*[0-9]+)\\.0+(?=[${SPACE}]*$)`, "u"); // a code as spreadsheets leave it
const LARGE = new Set(["paris", "lyon", "marseille"]);
const ENDINGS = new Set(["e", "er", "eme", "ere", "me"]);
/** @type {PlaceReading} */
const NOTHING = { words: [], sort: "", article: "", numbers: [], ordinal: 0, doubtful: false, around: [] };

/** @type {(one: string[], other: string[]) => boolean} */
const same = (one, other) => one.length === other.length && one.every((word, at) => word === other[at]);

// The INSEE or postal code that a word is, but for its lost zero: « F35000 » is 35000, « 1000 » itself; or "".
/** @type {(word: string) => string} */
function codeOf(word) {
  const found = NUMBER.exec(word);
  return found?.[1] ?? found?.[2] ?? "";
}

export class Reader {
  /** @param {PlaceGrammar} grammar */
  constructor(grammar) {
    this.grammar = grammar;
    this.links = new Set([...grammar.prepositions, ...grammar.contractions.keys()]);
    this.longestHead = Math.max(...[...grammar.heads.keys()].map((phrase) => phrase.split(" ").length));
  }

  // The ways to read `text`, the likeliest first; none where nothing in it may be a name, as in « -94016 ».
  /** @type {(text: string) => Generator<PlaceReading>} */
  *readings(text) {
    if (SIGNED.test(text)) return;
    const { segments, slashed } = segmented(text.replace(DECIMALS, "$1"));
    if (!segments.length) return;
    if (slashed) yield* this.#ofName({ ...NOTHING, words: slashed });
    let { whole, names } = this.#classified(segments);
    if (names.length > 1) {
      names = names.filter((name, at) => !at || !abbreviates(name, names[0]));
      ({ whole, names } = this.#saidOnce(whole, names));
    }
    if (!names.length) {
      yield whole;
      if (whole.sort) yield { ...whole, words: segments[0], sort: "" }; // « Mairé (86) » is a commune
      return;
    }
    if (names.length === 1) {
      yield* this.#ofName({ ...whole, words: names[0] });
      return;
    }
    const [first, last] = [names[0], names[names.length - 1]];
    yield* this.#ofName({ ...whole, words: first, around: names.slice(1) });
    yield* this.#ofName({ ...whole, words: last, around: names.slice(0, -1) });
    if (names.length > 2) yield* this.#ofName({ ...whole, words: names.slice(0, -1).flat(), around: [last] });
    yield* this.#ofName({ ...whole, words: names.flat() });
  }

  // The longest name if all are the same but for what announces it: « Mairie de Cachan, 94230 Cachan ».
  /** @type {(whole: PlaceReading, names: string[][]) => { whole: PlaceReading, names: string[][] }} */
  #saidOnce(whole, names) {
    const edges = names.map((name) => this.#edges(name));
    const cores = edges.map(({ shorter }) => {
      const { length } = this.#head(shorter);
      const rest = shorter.slice(length);
      return (length && rest.length > 1 && this.links.has(rest[0]) ? rest.slice(1) : rest).join(" ");
    });
    if (new Set(cores).size > 1) return { whole, names };
    const longest = edges.map(({ shorter }) => shorter).reduce((a, b) => (b.length > a.length ? b : a));
    return { whole: { ...whole, numbers: [...whole.numbers, ...edges.flatMap(({ numbers }) => numbers)] }, names: [longest] };
  }

  // What the segments that are no name say; and those that may be one.
  /** @type {(segments: string[][]) => { whole: PlaceReading, names: string[][] }} */
  #classified(segments) {
    const { articles, heads, kinds, halls } = this.grammar;
    let whole = NOTHING;
    /** @type {string[][]} */
    const names = [];
    for (const segment of segments) {
      const words = withoutCedex(segment);
      const phrase = words.join(" ");
      if (!words.length || (names.length && phrase === "france")) continue;
      const found = numbers(words);
      const numbered = names.length ? this.#numbered(words, true) : { length: 0, siren: "" };
      const ordinal = names.length ? this.#ordinal(words) : 0;
      const sort = heads.get((words.length > 1 && this.links.has(words[words.length - 1]) ? words.slice(0, -1) : words).join(" ")) || (names.length ? kinds.get(phrase) : "");
      if (found.length) whole = { ...whole, numbers: [...whole.numbers, ...found] };
      else if (names.length && words.length === 1 && articles.has(phrase)) whole = { ...whole, article: phrase };
      else if (ordinal) whole = { ...whole, ordinal };
      else if (numbered.length === words.length) whole = { ...whole, sort: "ept", numbers: [...whole.numbers, numbered.siren] }; // EPT have numbers: « (EPT 12) », « (T12) »
      else if (names.length && halls.some((hall) => `${phrase} `.startsWith(`${hall} `))) continue;
      else if (sort) whole = { ...whole, sort };
      else names.push(words);
    }
    return { whole, names };
  }

  // The ways to read the segment with the name: without the codes, or the country, at its ends; then as it is.
  /** @type {(read: PlaceReading) => Generator<PlaceReading>} */
  *#ofName(read) {
    const { words } = read;
    let { shorter, numbers } = this.#edges(words);
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
    for (let times = 0; times < 3; times += 1) {
      const skipped = Number(read.sort && read.words.length > 1 && this.links.has(read.words[0]));
      const { length, sort } = this.#head(read.words.slice(skipped));
      if (!length) break;
      let rest = read.words.slice(skipped + length);
      if (rest.length === 1 && this.links.has(rest[0])) rest = [];
      const found = numbers(rest.length && this.links.has(rest[0]) ? rest.slice(1) : rest);
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
    let plain = read.words.filter((word) => !this.grammar.districts.has(word));
    if (plain.length && (this.links.has(read.words[0]) || this.grammar.articles.has(read.words[0]))) plain = plain.slice(1);
    for (let [city, number] of [[plain.slice(0, 1), plain.slice(1)], [plain.slice(-1), plain.slice(0, -1)]]) {
      if (number.length && this.links.has(number[number.length - 1])) number = number.slice(0, -1);
      const ordinal = city.length && LARGE.has(city[0]) && number.length ? this.#ordinal(number) : 0;
      if (ordinal) {
        yield { ...read, words: city, ordinal, doubtful: same([...city, ...number], ["marseille", "13"]) };
        return;
      }
    }
    yield read;
  }

  // The words without the codes at their ends; and these, if there are other words.
  /** @type {(words: string[]) => { shorter: string[], numbers: string[] }} */
  #edges(words) {
    /** @type {string[]} */
    let numbers = [];
    if (words.length > 2 && COUNTRY.has(words[0]) && codeOf(words[1])) words = words.slice(1);
    const first = words.length > 1 && codeOf(words[0]);
    if (first) [words, numbers] = [words.slice(1), [first]];
    else if (words.length > 1 && words[0].length > 1 && DEPARTEMENT.test(words[0]) && !this.grammar.districts.has(words[1]) && !ENDINGS.has(words[1]))
      [words, numbers] = [words.slice(1), [words[0]]];
    const last = words[words.length - 1];
    const numbered = ["75", "69"].includes(last) || (last === "13" && words.length > 2);
    const county = LARGE.has(words[0]) ? numbered : last.length > 1 && DEPARTEMENT.test(last);
    const code = codeOf(last) || (county ? last : "");
    return words.length > 1 && code ? { shorter: words.slice(0, -1), numbers: [...numbers, code] } : { shorter: words, numbers };
  }

  // The number that the words are, from 1 to 20, with or without the word arrondissement; else 0.
  /** @type {(words: string[]) => number} */
  #ordinal(words) {
    let kept = words.filter((word) => !this.grammar.districts.has(word));
    if (kept.length === 2 && ENDINGS.has(kept[1])) kept = kept.slice(0, 1);
    return kept.length === 1 ? (this.grammar.ordinals.get(kept[0].replace(/^0+/, "") || "0") ?? 0) : 0;
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
      if (words[length] === "n") length += 1;
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
    const [forms, others] = [sort, other].map((one) => this.grammar.sorts.get(one)?.types ?? []);
    if (!forms.length || !others.length || others.every((form) => forms.includes(form))) return other;
    return forms.every((form) => others.includes(form)) ? sort : "";
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

// True if `name` is one word, made of the beginnings of several `words`: « CINOR », « MEL ».
/** @type {(name: string[], words: string[]) => boolean} */
function abbreviates([acronym, ...others], words) {
  if (others.length || acronym.length < 2 || acronym.length > LONGEST_ACRONYM || words.length < 3 || !LETTERS.test(acronym)) return false;
  // how much of it is made with the words so far: with one of them, and with several
  const [one, several] = [new Set(), new Set()];
  for (const word of words) {
    const before = [...one, ...several];
    const reach = (/** @type {number} */ done, /** @type {Set<number>} */ found) => {
      for (let length = 1; length <= word.length && done + length <= acronym.length && acronym.slice(done, done + length) === word.slice(0, length); length += 1) found.add(done + length);
    };
    reach(0, one);
    for (const done of before) reach(done, several);
  }
  return several.has(acronym.length) && acronym[0] === words[0][0];
}

// What stands between marks; and the words with « sur » for the one slash that there is: « Ivry/Seine ».
/** @type {(text: string) => { segments: string[][], slashed: string[] | null }} */
function segmented(text) {
  /** @type {string[][]} */
  const found = [[]];
  let slashes = 0;
  for (const piece of parted(text)) {
    const current = found[found.length - 1];
    const [sign] = piece;
    if (piece.length > 1 || WORD.test(sign)) current.push(...piece);
    else if (sign === "/") {
      if (["s", "ss"].includes(current[current.length - 1])) continue;
      slashes += 1;
      found.push([]);
    } else if (sign === "&" || sign === "+") current.push("et");
    else found.push([]);
  }
  const segments = found.filter((words) => words.length && !same(words, ["et"]));
  return { segments, slashed: slashes === 1 && found.length === 2 && segments.length === 2 ? [...segments[0], "sur", ...segments[1]] : null };
}

// The words without CEDEX and its number.
/** @type {(words: string[]) => string[]} */
function withoutCedex(words) {
  const at = words.indexOf("cedex");
  if (at < 0) return words;
  const rest = words.slice(at + 1);
  return [...words.slice(0, at), ...(rest.length && DIGITS.test(rest[0]) && [...rest[0]].length < 3 ? rest.slice(1) : rest)];
}

// The codes that the words are, if they are nothing else: « 91 & 77 », « CP 94230 ».
/** @type {(words: string[]) => string[]} */
function numbers(words) {
  const kept = words.length > 1 && (words[0] === "cp" || COUNTRY.has(words[0])) ? words.slice(1) : words;
  const codes = kept.filter((word) => word !== "et" && word !== "ou").map((word) => codeOf(word) || word);
  return codes.every((word) => codeOf(word) || DEPARTEMENT.test(word) || (word.length === 9 && DIGITS.test(word))) ? codes : [];
}

// What words are signs of, as `trophees/ask/words/lexicon.py` has found it: the longest that begin at a word are meant.
/** @import { Sign, WordsData } from "./question-types.js" */

export class Lexicon {
  /** @type {Map<string, Sign[]>} */
  #entries;
  /** @type {Map<string, number>} */
  #longest = new Map(); // of the entries that begin with a word, in words

  /** @param {Pick<WordsData, "signs" | "entries">} data */
  constructor({ signs, entries }) {
    const known = signs.map(([kind, value, fr = "", en = fr]) => ({ kind, value, fr, en }));
    this.#entries = new Map(Object.entries(entries).map(([words, numbers]) => [words, numbers.map((number) => known[number])]));
    for (const words of this.#entries.keys()) {
      const [first, ...rest] = words.split(" ");
      this.#longest.set(first, Math.max(this.#longest.get(first) ?? 0, rest.length + 1));
    }
  }

  // The words of all entries, each once.
  /** @type {() => Set<string>} */
  words() {
    return new Set([...this.#entries.keys()].flatMap((words) => words.split(" ")));
  }

  // The signs of the words from `place` on, with how many words they are: the longest first.
  /** @type {(words: string[], place: number) => { length: number, signs: Sign[] }[]} */
  at(words, place) {
    const found = [];
    for (let length = Math.min(this.#longest.get(words[place]) ?? 0, words.length - place); length > 0; length -= 1) {
      const wanted = words.slice(place, place + length).join(" ");
      const signs = wanted.split(" ").length === length ? this.#entries.get(wanted) : undefined; // a letter may fold to a space
      if (signs) found.push({ length, signs });
    }
    return found;
  }
}

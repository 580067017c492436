// Questions that can be asked instead of one that cannot, by the rules of `trophees/ask/words/suggesting.py`: with the
// nearest names, of the same things, or by name.
import { frame } from "./question-grammar.js";
import { unknown } from "./question-readings.js";
import { said } from "./question-said.js";
import { replaced } from "./question-spelling.js";
import { LETTER, stem, tokens } from "./question-tokens.js";
/** @import { Answering } from "./question-answering.js" */
/** @import { Question } from "./playground-types.js" */
/** @import { Near, Sign, Token } from "./question-types.js" */

const LIKE = 0.75; // how like each other two words are that may be meant for each other, of 1
const WORDS = new RegExp(`${LETTER}{4,}`, "gu");
/** @type {Record<string, string>} */
const HOWS = { tool: "used", stars: "=" };

// At most as many as are offered: each can be asked as it is, or is a question of the `cookbook`.
/** @type {(answering: Answering, question: string, lang: "fr" | "en", cookbook: Question[]) => Near[]} */
export function suggestions(answering, question, lang, cookbook) {
  const words = tokens(question, answering.data.marks);
  return [
    ...corrected(answering, question, words).map((text) => ({ text })),
    ...ofThings(answering, question, words, lang).map((text) => ({ text })),
    ...byName(answering, question, cookbook),
  ];
}

// The question with each unknown word replaced by the nearest that is known, if it can be read then.
/** @type {(answering: Answering, question: string, words: Token[]) => string[]} */
function corrected(answering, question, words) {
  const known = [...answering.lexicon.words()].filter((word) => [...word].length > 2);
  let text = question;
  for (const word of unknown(answering.lexicon, words)) {
    const length = [...word.stem].length;
    const [first] = word.stem;
    const near = closest(word.stem, known.filter((other) => [...other][0] === first && Math.abs([...other].length - length) < 3));
    if (near === undefined) return [];
    text = replaced(text, word.text, near);
  }
  return text !== question && answering.frames(text).length === 1 ? [text] : [];
}

// Which laureates there are of each thing that the question names, as it was read, or as it may be, and which cases of what
// they are told as; not the question itself.
/** @type {(answering: Answering, question: string, words: Token[], lang: "fr" | "en") => string[]} */
function ofThings(answering, question, words, lang) {
  const { lexicon, data } = answering;
  const stems = words.map(({ stem }) => stem);
  /** @type {Sign[][]} */
  const named = []; // what each place may name
  for (let place = 0; place < stems.length; ) {
    const { length, signs } = lexicon.at(stems, place)[0] ?? { length: 1, signs: [] };
    named.push(signs.filter(({ kind }) => kind === data.casesOf || data.askedOf.includes(kind)));
    place += length;
  }
  const most = Math.max(0, ...named.map((signs) => signs.length));
  const signs = Array.from({ length: most }, (_, rank) => named.flatMap((one) => one.slice(rank, rank + 1))).flat(); // of every place before a second of one
  const read = answering.frames(question);
  const conditions = [...read.flatMap((one) => one.conditions), ...signs.map((sign) => ({ sign, how: HOWS[sign.kind] ?? "" }))];
  const asked = new Map(conditions.map((condition) => [JSON.stringify(condition), condition]));
  const own = new Set(read.map((one) => JSON.stringify(one)));
  const frames = [...asked.values()].map((condition) => frame("list", condition.sign.kind === data.casesOf ? "case" : "laureate", { conditions: [condition] }));
  return frames
    .filter((one) => !own.has(JSON.stringify(one)))
    .slice(0, 2)
    .map((one) => said(one, data, lang));
}

// The queries of the cookbook whose question has most words of this one.
/** @type {(answering: Answering, question: string, cookbook: Question[]) => Near[]} */
function byName({ data }, question, cookbook) {
  /** @type {(text: string) => Set<string>} */
  const about = (text) => new Set([...text.matchAll(WORDS)].map(([word]) => stem(word)).filter((word) => !data.common.includes(word)));
  const wanted = about(question);
  const ranked = cookbook.map(({ name, summary }) => {
    const text = /^.*?\?/.exec(summary)?.[0] ?? summary;
    const told = about(text);
    return { name, text, told: told.size, shared: [...wanted].filter((word) => told.has(word)).length };
  });
  const near = ranked.filter(({ shared }) => shared).sort((a, b) => b.shared - a.shared || a.told - b.told || (a.name < b.name ? -1 : 1));
  return near.slice(0, 2).map(({ name, text }) => ({ name, text }));
}

// Of the words that are like enough, the one that is most like `word`; of equals, the last in their order.
/** @type {(word: string, others: string[]) => string | undefined} */
function closest(word, others) {
  const scored = others.map((other) => ({ other, score: ratio([...other], [...word]) })).filter(({ score }) => score >= LIKE);
  return scored.sort((a, b) => b.score - a.score || (a.other < b.other ? 1 : -1))[0]?.other;
}

// How like two words are: twice the letters that they share in order, of all their letters (Ratcliff and Obershelp).
/** @type {(a: string[], b: string[]) => number} */
const ratio = (a, b) => (2 * shared(a, b)) / (a.length + b.length);

// The letters of the longest run that both have, the first of such, and of what is before and after it.
/** @type {(a: string[], b: string[]) => number} */
function shared(a, b) {
  let [size, from, to] = [0, 0, 0];
  for (let i = 0; i < a.length; i += 1) {
    for (let j = 0; j < b.length; j += 1) {
      let k = 0;
      while (i + k < a.length && j + k < b.length && a[i + k] === b[j + k]) k += 1;
      if (k > size) [size, from, to] = [k, i, j];
    }
  }
  return size && size + shared(a.slice(0, from), b.slice(0, to)) + shared(a.slice(from + size), b.slice(to + size));
}

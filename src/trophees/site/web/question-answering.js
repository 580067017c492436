// A question in words, answered, or refused with those that can be asked instead, as `trophees/ask/words/answering.py` does:
// wrong is worse than silent.
import { frames } from "./question-grammar.js";
import { Lexicon } from "./question-lexicon.js";
import { isNothing, note, value } from "./question-notes.js";
import { readings, unknown } from "./question-readings.js";
import { said } from "./question-said.js";
import { alike, composed } from "./question-sparql.js";
import { replaced, respelt } from "./question-spelling.js";
import { suggestions } from "./question-suggesting.js";
import { tokens } from "./question-tokens.js";
import { fill } from "./words.js";
/** @import { Question } from "./playground-types.js" */
/** @import { Condition, Frame, InWords, Near, Sign, WordsData } from "./question-types.js" */
/** @import { Rows } from "./types.js" */

export class Answering {
  /** @param {WordsData} data @param {(query: string) => Rows} ask */
  constructor(data, ask) {
    this.data = data;
    this.lexicon = new Lexicon(data);
    this.ask = ask;
  }

  // What comes of `question`; it is refused if a word is not known, or if several readings answer otherwise.
  /** @type {(question: string, lang: "fr" | "en", cookbook: Question[]) => InWords} */
  answer(question, lang, cookbook) {
    const { limits, marks, sentences } = this.data;
    /** @type {(key: string, meant?: Frame[], values?: Record<string, string>) => InWords} */
    const refused = (key, meant = [], values = {}) => {
      /** @type {Near[]} */
      const near = meant.length ? meant.map((frame) => ({ text: said(frame, this.data, lang) })) : suggestions(this, question, lang, cookbook);
      const each = [...new Map(near.map((one) => [one.name ?? `? ${one.text}`, one])).values()];
      return { why: fill(sentences[key][lang], values), nearest: meant.length ? each : each.slice(0, limits.offered) };
    };
    if ([...question].length > limits.question) return { why: sentences.long[lang], nearest: [] };
    const words = tokens(question, marks);
    if (!words.length) return { why: sentences.empty[lang], nearest: [] };
    const strange = unknown(this.lexicon, words);
    if (strange.length) {
      const read = respelt(this.data.spelt, words, strange);
      const again = [...read].reduce((text, [word, other]) => replaced(text, word, other), question);
      if (read.size && !unknown(this.lexicon, tokens(again, marks)).length) {
        const told = this.answer(again, lang, cookbook);
        const notes = [...read].map(([word, other]) => fill(sentences.read[lang], { 0: word, 1: other }));
        if (told.understood) return { ...told, note: [...notes, told.note].join(" ").trim() };
      }
      const named = new Set(strange.map(({ text }) => fill(sentences.named[lang], { 0: text })));
      return refused("unknown", [], { 0: [...named].join(", ") });
    }
    const found = this.frames(question);
    if (!found.length || found.length > limits.frames) return refused("unread");
    if (found.some((frame) => frame.thing && ["sum", "average"].includes(frame.act) && !this.#alike(frame))) return refused("unlike");
    const answers = found.map((frame) => this.ask(composed(frame, this.data, lang)));
    if (new Set(answers.map(content)).size > 1) return refused("several", found);
    const [frame] = found;
    const [rows] = answers;
    const { length } = rows.results.bindings;
    if (frame.act === "one" && length > 1) return refused("more", [{ ...frame, act: "list" }]);
    const silent = !length && frame.target !== "laureate" && frame.act !== "group";
    const inCommune = found.some(({ conditions }) => conditions.some(({ sign }) => sign.kind === "commune"));
    if (silent || ((inCommune || frame.target === "case") && isNothing(rows))) return refused("nothing");
    const told = note(frame, rows, this.ask, this.data, lang);
    return { understood: said(frame, this.data, lang), sparql: composed(frame, this.data, lang), note: told, nearest: [] };
  }

  // What `question` may ask for; nothing if a word of it is left over in every reading.
  /** @type {(question: string) => Frame[]} */
  frames(question) {
    for (const found of readings(this.lexicon, tokens(question, this.data.marks), this.data)) {
      const every = new Map(found.flatMap((reading) => frames(reading, this.data.grammar)).map((frame) => [identity(frame), frame]));
      if (every.size) return [...every.values()];
    }
    return [];
  }

  /** @type {(frame: Frame) => boolean} */
  #alike(frame) {
    const counts = this.ask(alike(frame, this.data)).results.bindings.map(({ numbers }) => Number(numbers?.value));
    return counts.length === 1 && counts[0] > 1;
  }
}

// What tells frames apart: not what their things are called.
/** @type {(frame: Frame) => string} */
function identity({ act, target, conditions, subject, by, how, thing }) {
  /** @type {(sign: Sign | null) => string[]} */
  const sign = (sign) => (sign ? [sign.kind, sign.value] : []);
  return JSON.stringify([act, target, conditions.map((/** @type {Condition} */ one) => [...sign(one.sign), one.how]), sign(subject), by, how, sign(thing)]);
}

// What is compared of answers.
/** @type {(rows: Rows) => string} */
function content({ head, results }) {
  const rows = results.bindings.map((row) => JSON.stringify(head.vars.map((name) => value(row[name]))));
  return JSON.stringify([...new Set(rows)].sort());
}

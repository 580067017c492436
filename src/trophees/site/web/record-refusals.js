// What is wrong with a record, in the order in which it is found, as `trophees/source/refusal.py` has it.
/** @import { Flaw, Path, Place, Problem, Rules, ScalarNode, Told } from "./record-types.js" */
/** @import { Both } from "./types.js" */
/** @import { Context } from "./record-context.js" */
import { nearest } from "./record-nearest.js";
import { brief, didYouMean, filled } from "./record-sentences.js";

export class Refusals {
  /**
   * @param {Rules} rules
   * @param {Context} context
   */
  constructor(rules, context) {
    this.rules = rules;
    this.context = context;
    /** @type {Problem[]} */
    this.problems = [];
    /** @type {Place} */
    this.end = { line: Infinity, column: 1 };
  }

  // Say the sentence `name` of what stands at `place`.
  /** @type {(place: Place & { path?: Path }, name: string, told?: Told) => void} */
  refuse(place, name, told = {}) {
    this.add(place, name.split(".")[0], filled(this.rules.sentences.reader[name], told));
  }

  // Refuse the text that has a flaw; `key` is where it is the value.
  /** @type {(place: Place & { path?: Path }, found: Flaw, key?: string) => void} */
  flaw(place, { rule, message: { fr, en } }, key = "") {
    const head = key && `${key} — `;
    this.add(place, rule, { fr: head + fr, en: head + en });
  }

  // Refuse `key`, and say which was meant.
  /** @type {(key: ScalarNode, right?: string | null) => void} */
  unknown(key, right = null) {
    const near = didYouMean(right ?? nearest(key.value, this.context.keys), this.rules);
    this.refuse({ ...key, path: [...key.path, key.value] }, "key", { key: brief(key.value), near });
  }

  // A parser's place may lie beyond the last line: it becomes the end of that line.
  /** @type {(place: Place & { path?: Path }, rule: string, message: Both) => void} */
  add({ line, column, path = [] }, rule, message) {
    const beyond = line > this.end.line || (line === this.end.line && column > this.end.column);
    const place = beyond ? this.end : { line, column };
    this.problems.push({ line: place.line, column: place.column, rule: `source:${rule}`, severity: "error", message, path, key: "" });
  }
}

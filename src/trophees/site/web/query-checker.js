// What is wrong with a query, and what in it never matches: by the rules, and in the words, of `trophees/ask/explain/`.
// A test asks both the same.
import { read } from "./query-grammar.js";
import { scattered } from "./query-graphs.js";
import { apart } from "./query-joins.js";
import { OFFERED, nearest } from "./query-nearest.js";
import { CASTS, TooLong, XSD } from "./query-profile.js";
import { checkScope, counts } from "./query-scope.js";
import { emptied } from "./query-together.js";
import { Beyond, Mistake } from "./query-tokens.js";
import { unknown } from "./query-unknown.js";
import { mistyped, never } from "./query-values.js";
import { hollow, unbound } from "./query-variables.js";
import { fill } from "./words.js";
/** @import { Profile } from "./query-profile.js" */
/** @import { Query, Remark, Say } from "./query-types.js" */
/** @import { Messages, Prefixes } from "./types.js" */

const MOST = 8;
/** @type {[key: string, pattern: RegExp][]} */
const SAID = [
  ["loose", /contains (?:a variable|an expression with a variable) that is unbound/],
  ["blank", /Already used blank node id|<unreported>/],
  ["language", /language tag parsing failed/],
  ["aggregate", /Unexpected aggregate/],
];

// The sentences, filled in.
/** @type {(sentences: Messages) => Say} */
export function saying(sentences) {
  const list = (/** @type {string[]} */ names, /** @type {string} */ last) => [names.slice(0, -1).join(", "), names.at(-1)].filter(Boolean).join(last);
  /** @type {Say} */
  const say = {
    fill: (key, values) => fill(sentences[key], values),
    and: (names) => list(names, sentences.and),
    meant: (names) => (names.length ? fill(sentences.meant, { names: list(names, sentences.or) }) : ""),
    remark: (at, key, near, values) => ({ at, message: say.fill(key, values) + say.meant(near), legitimate: key === "no-value" && !near.length }),
  };
  return say;
}

// What in `text` never matches, in the order of the text; if there is no such thing and its answer is `empty`, with what
// nothing was left. Of an answer that has rows the columns that are empty in all of them are told, too, and, if no cause was
// found, those that have counted nothing: `columns`, each with what it has, "" or "0".
/** @type {(text: string, profile: Profile, sentences: Messages, empty: boolean, columns: Record<string, string>) => Remark[]} */
export function remarks(text, profile, sentences, empty, columns) {
  const say = saying(sentences);
  /** @type {Map<number, Remark>} */
  const found = new Map();
  /** @type {Query | null} */
  let asked = null;
  const end = text.trimEnd().length;
  try {
    const { query, datatypes } = read(text, profile.prefixes);
    asked = query;
    const given = new Set([...text.matchAll(/^#\+ param: (\S+)/gm)].map(([, name]) => name));
    /** @type {(() => Generator<Remark>)[]} */
    const all = [
      () => unbound(query, given, say),
      () => unknown(query, datatypes, profile, say),
      () => mistyped(query, profile, say),
      () => never(query, text, profile, say),
      () => apart(query, profile, say),
      () => scattered(query, profile, say),
    ];
    rules: for (const rule of all) {
      for (const one of rule()) {
        if (query.form === "ASK" && one.legitimate) continue;
        if (!found.has(one.at)) found.set(one.at, one);
        if (found.size === MOST) break rules;
      }
    }
    if ((empty || counts(query)) && !found.size && query.form !== "ASK") for (const one of emptied(query, text, profile, say)) found.set(one.at, one);
    if (empty && !found.size && query.form !== "ASK") {
      const at = query.graphs[0]?.token.start ?? end;
      found.set(at, say.remark(at, query.graphs.length ? "from" : "no-cause", [], {}));
    }
  } catch (error) {
    // it cannot be read, or not all of it be asked in time
    if (!(error instanceof Mistake || error instanceof Beyond || error instanceof TooLong || error instanceof RangeError)) throw error;
    if (!found.has(end)) found.set(end, say.remark(end, "unfinished", [], {}));
  }
  const left = found.size ? Object.fromEntries(Object.entries(columns).filter(([, has]) => !has)) : columns;
  for (const one of hollow(asked, text, left, profile, say)) if (!found.has(one.at)) found.set(one.at, one);
  return sorted(found);
}

/** @type {(found: Map<number, Remark>) => Remark[]} */
const sorted = (found) => [...found.values()].sort((a, b) => a.at - b.at);

// What is wrong with `text`, which the engine refused with `message` at the place `near`; null if it is no mistake in the
// text.
/** @type {(text: string, message: string, near: number | null, profile: Profile, sentences: Messages) => Remark | null} */
export function mistake(text, message, near, profile, sentences) {
  const say = saying(sentences);
  const custom = /custom function <([^>]*)> is not supported/.exec(message);
  if (!custom && near === null) return null;
  try {
    const { query, calls } = read(text, profile.prefixes);
    const called = custom && calls.find(({ term }) => term.value === custom[1]);
    if (called) throw new Mistake("custom", called.token.start, casts(called.term.value, profile.prefixes), { word: called.token.text });
    checkScope(query);
  } catch (error) {
    if (error instanceof Mistake) {
      const meant = error.key === "prefix" ? prefixes(error, profile) : error.near;
      return { at: error.at, message: (say.fill(error.key, error.values) + say.meant(meant)).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, " ") };
    }
    if (!(error instanceof Beyond || error instanceof RangeError)) throw error;
  }
  const key = SAID.find(([, pattern]) => pattern.test(message))?.[0] ?? "engine";
  return near === null ? null : { at: Math.min(near, text.trimEnd().length), message: say.fill(key, {}) };
}

// The prefixes that may be meant: of those like it, first those under which the graph has the name.
/** @type {(error: Mistake, profile: Profile) => string[]} */
function prefixes({ values: { word, local } }, profile) {
  const names = Object.keys(profile.prefixes);
  const like = nearest(String(word), names, () => 0, names.length);
  /** @type {string[]} */
  let having = [];
  try {
    if (local) having = names.filter((name) => profile.has(profile.prefixes[name] + local));
  } catch (error) {
    if (!(error instanceof TooLong)) throw error;
  }
  return [...new Set([...like.filter((name) => having.includes(name)), ...having, ...like])].slice(0, OFFERED).map((name) => `${name}:`);
}

// The functions of XML Schema that `iri` may stand for.
/** @type {(iri: string, known: Prefixes) => string[]} */
function casts(iri, known) {
  const short = Object.entries(known).findLast(([, namespace]) => namespace === XSD)?.[0];
  const local = iri.replace(/.*[/#]/, "");
  const near = CASTS.includes(local) ? [local] : nearest(local, CASTS);
  return near.map((one) => (short === undefined ? `<${XSD}${one}>` : `${short}:${one}`));
}

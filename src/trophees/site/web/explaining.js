// Why an answer says nothing, or why there is none: what the checker of queries finds, each with its place.
import { LIMIT } from "./engine.js";
import { node } from "./elements.js";
import { offset, placeOf } from "./sparql.js";
import { fill } from "./words.js";
/** @import { Answer, Checked, Failure, Part } from "./playground-types.js" */
/** @import { Messages, Prefixes, Words } from "./types.js" */
/** @import { Engine } from "./engine.js" */

/** @type {(page: { part: Part, words: Words, sentences: Messages, prefixes: Prefixes, engine: Engine }) => Explaining} */
export function explaining({ part, words, sentences, prefixes, engine }) {
  /** @type {(text: string) => Checked} */
  const checked = (text) => ({ text, prefixes, sentences, empty: false, near: null });
  /** @type {(text: string, at: number) => string} */
  const place = (text, at) => fill(words.place, placeOf(text, at));

  return {
    async silence(text, answer) {
      const [empty, hollow] = [saysNothing(answer), hollowColumns(answer)];
      if (!empty && !Object.keys(hollow).length) return;
      const found = await engine.check({ ...checked(text), empty, hollow }).catch(() => []);
      part("notes").replaceChildren(...found.map(({ at, message }) => node("li", {}, `${place(text, at)}${message}.`)));
    },

    ended({ fatal, stopped }) {
      if (fatal) return words.memory;
      return stopped === "limit" ? fill(words.limit, { n: LIMIT / 1000 }) : stopped ? words.stopped : "";
    },

    async mistake(text, { message: english, line, column }) {
      const near = line ? offset(text, line, column) : null;
      const [told] = await engine.check({ ...checked(text), message: english, near }).catch(() => []);
      const at = told?.at ?? null;
      const message = told ? `${told.message}.` : /^The service .* is not supported/.test(english) ? words.service : english;
      const said = (at === null ? "" : place(text, at)) + message;
      return { at, message, said: said[0].toUpperCase() + said.slice(1) };
    },
  };
}

/**
 * @typedef {object} Explaining
 * @property {(text: string, answer: Answer) => Promise<void>} silence say what in the query never matches, if there is no
 * result, or a column that says nothing
 * @property {(failure: Failure) => string} ended why there is no answer though nothing is wrong with what was asked, or ""
 * @property {(text: string, failure: Failure) => Promise<{ at: number | null, message: string, said: string }>} mistake
 * what is wrong with the query, and where; and both in one sentence
 */

/** @type {(answer: Answer) => boolean} */
const saysNothing = ({ result, triples }) => (triples ?? result)?.results?.bindings.length === 0 || result?.boolean === false;

// The columns of an answer that say nothing in any row, each with what it has: "", or "0", as COUNT and SUM make it of nothing.
/** @type {(answer: Answer) => Record<string, string>} */
function hollowColumns({ result }) {
  const rows = result?.results?.bindings ?? [];
  /** @type {Record<string, string>} */
  const found = {};
  for (const name of rows.length ? (result?.head.vars ?? []) : []) {
    const values = rows.map((row) => String(row[name]?.value ?? ""));
    if (values.every((value) => !value || value === "0")) found[name] = values.find(Boolean) ?? "";
  }
  return found;
}

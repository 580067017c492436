// The search itself: MiniSearch over the records that Python wrote; accents, case, beginnings of words and typos are
// forgiven, and so are two letters that changed places. A page whose code is what was typed comes first, then those that
// have no other word in their label than what was typed.
import MiniSearch from "minisearch";
import { fold } from "./folding.js";
import { nearest } from "./query-nearest.js";
/** @import { Finder, Index, Name } from "./search-types.js" */
/** @import { Written } from "./types.js" */

const BETWEEN = /[\n\r\p{Z}\p{P}]+/u; // words, as MiniSearch has it
const FIELDS = ["label", "others", "codes", "text", "told"];
const PER_WORD = 4; // words that are like one that was not found

/** @typedef {import("minisearch").Query} Query */
/** @typedef {import("minisearch").SearchResult & { path: string, kind: string, codes: string, text: string, weight: number, names: Name[] }} Hit */

// a code is right or wrong; a short word has too many neighbours
/** @type {(term: string) => boolean} */
const exact = (term) => /\d/.test(term) || term.length < 4;
// `cnpd` to `ncpd`, `cpnd` and `cndp`; in a longer word two wrong letters are forgiven anyway
/** @type {(term: string) => string[]} */
const swapped = (term) => (exact(term) || term.length > 7 ? [] : Array.from(term.slice(1), (next, at) => term.slice(0, at) + next + term[at] + term.slice(at + 2)));
/** @type {(term: string) => Query} */
const forgiving = (term) => ({
  combineWith: "OR",
  queries: [term, { queries: swapped(fold(term)), combineWith: "OR", prefix: false, fuzzy: false, boostTerm: () => 0.5 }],
});
/** @type {(written: Written) => Name} */
const name = (written) => (typeof written === "string" ? { text: written, lang: "" } : { text: written[0], lang: written[1] });

// `index`: {kinds, pages: [[path, kind, label, others, codes, text, weight, told?]]}, a name in another language as
// [text, language]. The function finds at most `limit` pages; if there are none, words that are like what was typed.
/** @type {(index: Index) => Finder} */
export function finder(index) {
  const search = new MiniSearch({
    fields: FIELDS,
    storeFields: ["path", "kind", "codes", "text", "weight", "names"],
    processTerm: (term) => fold(term) || null,
    searchOptions: {
      boost: { label: 6, others: 4, codes: 8, text: 1, told: 0.5 },
      prefix: (term) => term.length > 1,
      fuzzy: (term) => (exact(term) ? false : 0.2),
      combineWith: "AND",
      boostDocument: (_id, _term, stored) => 1 + Number(stored?.weight) / 4,
    },
  });
  search.addAll(index.pages.map(([path, kind, label, others, codes, text, weight, told = ""], id) => {
    const names = [label, ...others].map(name);
    const [first, ...rest] = names.map((one) => one.text);
    return { id, path, kind, label: first, others: rest.join(" · "), codes, text, told, weight, names };
  }));
  /** @type {Map<string, { text: string, pages: number }> | undefined} */
  let known;
  // The words of names, in the language of the page, that are most like the words typed.
  /** @type {(words: string[]) => string[]} */
  const near = (words) => {
    if (!known) {
      known = new Map();
      for (const [, , label, others] of index.pages)
        for (const text of new Set([label, ...others].map(name).flatMap((one) => (one.lang ? [] : one.text.split(BETWEEN))))) {
          const key = fold(text);
          if (key.length > 3) known.set(key, { text: known.get(key)?.text ?? text, pages: (known.get(key)?.pages ?? 0) + 1 });
        }
    }
    const all = known;
    return [...new Set(words.flatMap((word) => nearest(fold(word), all.keys(), (one) => all.get(one)?.pages ?? 0, PER_WORD)))].map((one) => all.get(one)?.text ?? one);
  };
  return (typed, limit = 8) => {
    const words = typed.split(BETWEEN).filter(Boolean);
    const queries = words.map(forgiving);
    /** @type {Hit[]} */
    const every = /** @type {any} */ (search.search({ queries, combineWith: "AND" }));
    /** @type {Hit[]} */
    const found = every.length ? every : /** @type {any} */ (search.search({ queries, combineWith: "OR" }));
    /** @type {(page: Hit) => boolean} */
    const coded = (page) => page.codes.split(" ").includes(typed.trim().toUpperCase());
    const meant = words.map(fold).flatMap((word) => [word, ...swapped(word)]);
    /** @type {(page: Hit) => boolean} */
    const whole = ({ names: [label] }) => label.text.split(BETWEEN).filter(Boolean).every((word) => meant.some((one) => fold(word).startsWith(one)));
    /** @type {(page: Hit) => number} */
    const order = (page) => (coded(page) ? 0 : whole(page) ? 1 : 2);
    const pages = [0, 1, 2].flatMap((wanted) => found.filter((page) => order(page) === wanted));
    return {
      count: found.length,
      near: found.length ? [] : near(words),
      pages: pages.slice(0, limit).map((page) => ({
        path: page.path, kind: page.kind, label: page.names[0], kindLabel: index.kinds[page.kind]?.[0] ?? "", through: through(page, words), text: page.text,
      })),
    };
  };
}

// The other name or the code that a page was found by, if its label does not show what was typed.
/** @type {(page: Hit, typed: string[]) => Name} */
function through({ names: [label, ...others], codes, match }, typed) {
  const shown = fold(label.text);
  if (typed.every((term) => shown.includes(fold(term)))) return name("");
  const terms = Object.keys(match).filter((term) => !shown.includes(term));
  const words = typed.map(fold);
  // of the names that show a term that was found, the one that shows most of what was typed, and little else
  /** @type {(name: Name) => number} */
  const like = ({ text }) => words.filter((word) => fold(text).includes(word)).length;
  const [other] = others
    .filter(({ text }) => terms.some((term) => match[term].includes("others") && fold(text).includes(term)))
    .sort((one, two) => like(two) - like(one) || one.text.length - two.text.length);
  const code = () => codes.split(" ").find((one) => terms.some((term) => one.toLowerCase().startsWith(term)));
  return other ?? name(code() ?? "");
}

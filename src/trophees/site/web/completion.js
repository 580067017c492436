// What the editor offers while one types: keywords, variables, prefixes, and the names of the graph.
import { startCompletion } from "@codemirror/autocomplete";
import { syntaxTree } from "@codemirror/language";
import { fold } from "./folding.js";
import { positionAfter } from "./query-position.js";
/** @import { Apply, Names, PrefixFor } from "./playground-types.js" */

const KEYWORDS = `SELECT CONSTRUCT DESCRIBE ASK WHERE DISTINCT OPTIONAL UNION MINUS FILTER BIND VALUES GRAPH FROM PREFIX
  LIMIT OFFSET COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT CONTAINS LCASE UCASE STRSTARTS STRENDS STRAFTER STRBEFORE
  REPLACE REGEX CONCAT COALESCE BOUND LANG STR DATATYPE EXISTS`.split(/\s+/).concat("ORDER BY", "GROUP BY", "HAVING", "NOT EXISTS");

/** @import { Completion, CompletionResult, CompletionSource } from "@codemirror/autocomplete" */
/** @typedef {Completion & { words: string }} Option what may be offered, and its words, folded */
/** @typedef {Option & { detail: string, name: string, local: string }} Named */

const MOST = 60;

// `names`: {prefixes: {name: namespace}, terms: [[name, label, comment, "class" | "property"]], entities: [[name, label, kind]]},
// where a name is a compact IRI; a name that no compact IRI can be made of is <an IRI>.
// `prefixFor(text, name)`: the change that declares a prefix, or null.
/** @type {(settings: { names: Names, prefixFor: PrefixFor }) => CompletionSource} */
export function complete({ names, prefixFor }) {
  /** @type {Option[]} */
  const keywords = KEYWORDS.map((label) => ({ label, type: "keyword", words: fold(label) }));
  /** @type {Option[]} */
  const prefixes = Object.entries(names.prefixes).map(([name, detail]) => ({ label: `${name}:`, detail, type: "namespace", apply: opened, words: fold(name) }));
  /** @type {Named[]} */
  const named = [
    ...names.terms.map(([label, detail, info, type]) => ({ label, detail, info, type })),
    ...names.entities.filter(([label]) => !label.startsWith("<")).map(([label, detail, type]) => ({ label, detail, type })),
  ].map((option) => ({ ...option, words: fold(option.detail), name: bare(option.label), local: bare(option.label).split(":")[1] }));
  /** @type {(option: Named, typed: string) => number | null} */
  const answers = ({ words, local }, typed) => rank(words, typed) ?? rank(local, typed);
  // a name may be asked for by its label: « budget participatif » offers tool:budget-participatif
  /** @type {Named[]} */
  const labelled = named.map((option) => ({ ...option, label: option.detail, detail: option.label, apply: declare(prefixFor, option.label) }));

  // What is wanted after `text` comes first: after a subject a property, after `a` a class, elsewhere a thing.
  /** @type {(text: string) => (option: Option) => boolean} */
  const wantedAt = (text) => {
    const position = positionAfter(text, names.prefixes);
    if (!position) return () => true;
    return ({ type = "" }) => (position === "property" || position === "class" ? type === position : type !== "property" && type !== "class");
  };

  return (context) => {
    if (/Comment|String|IriRef/.test(syntaxTree(context.state).resolveInner(context.pos, -1).name)) return null;

    const variable = context.matchBefore(/[?$]\w*/);
    if (variable) {
      const text = context.state.doc.toString();
      const found = new Set([...text.matchAll(/[?$]\w+/g)].filter(({ index }) => index !== variable.from).map(([name]) => name));
      return { from: variable.from, options: [...found].sort().map((label) => ({ label, type: "variable" })), validFor: /^[?$]\w*$/ };
    }

    const compact = context.matchBefore(/(?<![\w:?$<])[A-Za-z][\w-]*:[\p{L}\w.%\\/-]*/u);
    if (compact) {
      const wanted = wantedAt(context.state.doc.sliceString(0, compact.from));
      const typed = bare(compact.text);
      const [prefix, rest] = [typed.slice(0, typed.indexOf(":") + 1), typed.slice(typed.indexOf(":") + 1)];
      const inside = named.filter(({ name }) => name.startsWith(prefix)).map((option) => ({ ...option, apply: declare(prefixFor) }));
      return offer(compact.from, inside, (option) => answers(option, rest), wanted);
    }

    const typed = context.matchBefore(/\p{L}[\p{L}\w'’-]*(?: [\p{L}\w'’-]+)*/u);
    if (!typed) return context.explicit ? offer(context.pos, [...keywords, ...prefixes], () => 0) : null;
    // the longest run of words that something begins with, else the last word
    const starts = [...typed.text.matchAll(/(?<= |^)\S/g)].map(({ index }) => index);
    for (const start of starts) {
      const text = fold(typed.text.slice(start));
      const last = start === starts.at(-1);
      const wanted = wantedAt(context.state.doc.sliceString(0, typed.from + start));
      if (!last && text[1] === " ") continue; // the keyword “a”, the end of a variable
      /** @type {(option: Option) => number | null} */
      const begins = ({ words }) => (words.startsWith(text) ? 0 : null);
      const found = [
        ...matching([...keywords, ...prefixes], begins),
        ...(text.length > 2 ? matching(labelled, last ? (option) => answers(option, text) : begins, wanted) : []),
      ];
      if (found.length) return { from: typed.from + start, options: found.slice(0, MOST), filter: false };
    }
    return null;
  };
}

/** @type {(name: string) => string} */
const bare = (name) => fold(name).replaceAll("\\", "");

// How well `text` answers to what was typed, both folded: 0 if it begins with it, 1 if a word of it does, 2 if it has it
// anywhere; else null.
/** @type {(text: string, typed: string) => number | null} */
function rank(text, typed) {
  const at = text.indexOf(typed);
  if (at <= 0) return at === 0 ? 0 : null;
  return /[\s'’(/-]/.test(text[at - 1]) ? 1 : typed.length > 2 ? 2 : null;
}

/**
 * The options that `rankOf` gives a rank, first those that are `wanted`, the best first.
 * @template T
 * @param {T[]} options
 * @param {(option: T) => number | null} rankOf
 * @param {(option: T) => boolean} [wanted]
 */
function matching(options, rankOf, wanted = () => true) {
  const ranked = options.flatMap((option) => {
    const found = rankOf(option);
    return found === null ? [] : [{ found, option, late: Number(!wanted(option)) }];
  });
  return ranked.sort((one, other) => one.late - other.late || one.found - other.found).map(({ option }) => option);
}

/** @type {<T extends Option>(from: number, options: T[], rankOf: (option: T) => number | null, wanted?: (option: T) => boolean) => CompletionResult | null} */
function offer(from, options, rankOf, wanted) {
  const found = matching(options, rankOf, wanted).slice(0, MOST);
  return found.length ? { from, options: found, filter: false } : null;
}

// Put the name in, and the PREFIX line that it needs.
/** @type {(prefixFor: PrefixFor, name?: string) => Apply} */
const declare = (prefixFor, name) => (view, completion, from, to) => {
  const insert = name ?? completion.label;
  /** @type {{ from: number, to?: number, insert: string }[]} */
  const changes = [{ from, to, insert }];
  const line = prefixFor(view.state.doc.toString(), insert.slice(0, insert.indexOf(":")));
  if (line) changes.unshift({ from: line.from, insert: line.insert });
  view.dispatch({
    changes,
    selection: { anchor: from + insert.length + (line && line.from <= from ? line.insert.length : 0) },
    userEvent: "input.complete",
  });
};

// After `tp:` comes what is in that namespace.
/** @type {Apply} */
const opened = (view, completion, from, to) => {
  view.dispatch({ changes: { from, to, insert: completion.label }, selection: { anchor: from + completion.label.length }, userEvent: "input.complete" });
  startCompletion(view);
};

// What the editor offers while one types: keywords, variables, prefixes, and the names of the graph.
import { startCompletion } from "@codemirror/autocomplete";
import { syntaxTree } from "@codemirror/language";
import { fold } from "./fold.js";

const KEYWORDS = `SELECT CONSTRUCT DESCRIBE ASK WHERE DISTINCT OPTIONAL UNION MINUS FILTER BIND VALUES GRAPH FROM PREFIX
  LIMIT OFFSET COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT CONTAINS LCASE UCASE STRSTARTS STRENDS STRAFTER STRBEFORE
  REPLACE REGEX CONCAT COALESCE BOUND LANG STR DATATYPE EXISTS`.split(/\s+/).concat("ORDER BY", "GROUP BY", "HAVING", "NOT EXISTS");

const MOST = 60;

// `names`: {prefixes: {name: namespace}, terms: [[name, label, comment, "class" | "property"]], entities: [[name, label, kind]]},
// where a name is a compact IRI; a name that no compact IRI can be made of is <an IRI>.
// `prefixFor(text, name)`: the change that declares a prefix, or null.
export function complete({ names, prefixFor }) {
  const keywords = KEYWORDS.map((label) => ({ label, type: "keyword", words: fold(label) }));
  const prefixes = Object.entries(names.prefixes).map(([name, detail]) => ({ label: `${name}:`, detail, type: "namespace", apply: opened, words: fold(name) }));
  const named = [
    ...names.terms.map(([label, detail, info, type]) => ({ label, detail, info, type })),
    ...names.entities.filter(([label]) => !label.startsWith("<")).map(([label, detail, type]) => ({ label, detail, type })),
  ].map((option) => ({ ...option, words: fold(option.detail), name: bare(option.label), local: bare(option.label).split(":")[1] }));
  const answers = ({ words, local }, typed) => rank(words, typed) ?? rank(local, typed);
  // a name may be asked for by its label: « budget participatif » offers tool:budget-participatif
  const labelled = named.map((option) => ({ ...option, label: option.detail, detail: option.label, apply: declare(prefixFor, option.label) }));

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
      const typed = bare(compact.text);
      const [prefix, rest] = [typed.slice(0, typed.indexOf(":") + 1), typed.slice(typed.indexOf(":") + 1)];
      const inside = named.filter(({ name }) => name.startsWith(prefix)).map((option) => ({ ...option, apply: declare(prefixFor) }));
      return offer(compact.from, inside, (option) => answers(option, rest));
    }

    const typed = context.matchBefore(/\p{L}[\p{L}\w'’-]*(?: [\p{L}\w'’-]+)*/u);
    if (!typed) return context.explicit ? offer(context.pos, [...keywords, ...prefixes], () => 0) : null;
    // the longest run of words that something begins with, else the last word
    const starts = [...typed.text.matchAll(/(?<= |^)\S/g)].map(({ index }) => index);
    for (const start of starts) {
      const text = fold(typed.text.slice(start));
      const last = start === starts.at(-1);
      if (!last && text[1] === " ") continue; // the keyword “a”, the end of a variable
      const begins = ({ words }) => (words.startsWith(text) ? 0 : null);
      const found = [
        ...matching([...keywords, ...prefixes], begins),
        ...(text.length > 2 ? matching(labelled, last ? (option) => answers(option, text) : begins) : []),
      ];
      if (found.length) return { from: typed.from + start, options: found.slice(0, MOST), filter: false };
    }
    return null;
  };
}

const bare = (name) => fold(name).replaceAll("\\", "");

// How well `text` answers to what was typed, both folded: 0 if it begins with it, 1 if a word of it does, 2 if it has it
// anywhere; else null.
function rank(text, typed) {
  const at = text.indexOf(typed);
  if (at <= 0) return at === 0 ? 0 : null;
  return /[\s'’(/-]/.test(text[at - 1]) ? 1 : typed.length > 2 ? 2 : null;
}

// The options that `rankOf` gives a rank, the best first.
const matching = (options, rankOf) =>
  options.map((option) => [rankOf(option), option]).filter(([found]) => found !== null).sort(([one], [other]) => one - other).map(([, option]) => option);

function offer(from, options, rankOf) {
  const found = matching(options, rankOf).slice(0, MOST);
  return found.length ? { from, options: found, filter: false } : null;
}

// Put the name in, and the PREFIX line that it needs.
const declare = (prefixFor, name) => (view, completion, from, to) => {
  const insert = name ?? completion.label;
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
const opened = (view, completion, from, to) => {
  view.dispatch({ changes: { from, to, insert: completion.label }, selection: { anchor: from + completion.label.length }, userEvent: "input.complete" });
  startCompletion(view);
};

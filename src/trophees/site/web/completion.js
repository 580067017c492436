// What the editor offers while one types: keywords, variables, prefixes, and the names of the graph.
import { startCompletion } from "@codemirror/autocomplete";
import { syntaxTree } from "@codemirror/language";

const KEYWORDS = `SELECT CONSTRUCT DESCRIBE ASK WHERE DISTINCT OPTIONAL UNION MINUS FILTER BIND VALUES GRAPH FROM PREFIX
  LIMIT OFFSET COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT CONTAINS LCASE UCASE STRSTARTS STRENDS STRAFTER STRBEFORE
  REPLACE REGEX CONCAT COALESCE BOUND LANG STR DATATYPE EXISTS`.split(/\s+/).concat("ORDER BY", "GROUP BY", "HAVING", "NOT EXISTS");

// `names`: {prefixes: {name: namespace}, terms: [[name, label, comment, "class" | "property"]], entities: [[name, label, kind]]},
// where a name is a compact IRI; a name that no compact IRI can be made of is <an IRI>.
// `prefixFor(text, name)`: the change that declares a prefix, or null.
export const complete = ({ names, prefixFor }) => (context) => {
  if (/Comment|String|IriRef/.test(syntaxTree(context.state).resolveInner(context.pos, -1).name)) return null;

  const variable = context.matchBefore(/[?$]\w*/);
  if (variable) {
    const text = context.state.doc.toString();
    const found = new Set([...text.matchAll(/[?$]\w+/g)].filter(({ index }) => index !== variable.from).map(([name]) => name));
    return { from: variable.from, options: [...found].sort().map((label) => ({ label, type: "variable" })), validFor: /^[?$]\w*$/ };
  }

  const named = context.matchBefore(/(?<![\w:?$<])[A-Za-z][\w-]*:[\w.%\\/-]*/);
  if (named) {
    const prefix = named.text.slice(0, named.text.indexOf(":") + 1);
    const options = [...terms(names, prefix), ...entities(names, prefix)].map((option) => ({ ...option, apply: declare(prefixFor) }));
    return { from: named.from, options, validFor: /^[A-Za-z][\w-]*:[\w.%\\/-]*$/ };
  }

  const word = context.matchBefore(/\p{L}[\p{L}\w'’-]*/u);
  if (!word && !context.explicit) return null;
  return {
    from: word ? word.from : context.pos,
    options: [
      ...KEYWORDS.map((label) => ({ label, type: "keyword" })),
      ...Object.entries(names.prefixes).map(([name, namespace]) => ({ label: `${name}:`, detail: namespace, type: "namespace", apply: opened })),
      // a name may be asked for by its label: « budget participatif » offers tool:budget-participatif
      ...(word && word.text.length > 2 ? [...terms(names, ""), ...entities(names, "")].map((option) => byLabel(option, prefixFor)) : []),
    ],
    validFor: /^[\p{L}\w'’-]*$/u,
  };
};

const terms = (names, prefix) =>
  names.terms
    .filter(([name]) => name.startsWith(prefix))
    .map(([name, label, comment, type]) => ({ label: name, detail: label, info: comment, type, boost: 2 }));

const entities = (names, prefix) =>
  names.entities
    .filter(([name]) => name.startsWith(prefix) && !name.startsWith("<"))
    .map(([name, label, kind]) => ({ label: name, detail: label, type: kind }));

const byLabel = ({ label, detail, info, type }, prefixFor) => ({
  label: detail,
  detail: label,
  info,
  type,
  boost: -50,
  apply: declare(prefixFor, label),
});

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

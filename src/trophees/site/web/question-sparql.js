// The SPARQL of a frame, as `trophees/ask/words/sparql.py` fills the queries of `sparql.toml`.
/** @import { Condition, Frame, WordsData } from "./question-types.js" */

/** @typedef {Record<string, Record<string, string>>} Tables */

/** @type {(template: string, values: Record<string, string>) => string} */
const put = (template, values) => template.replace(/\$(\w+)/g, (_, name) => values[name]);

/** @type {(table: Record<string, string>, key: string) => string | undefined} */
const own = (table, key) => (Object.hasOwn(table, key) ? table[key] : undefined);

// The query for `frame`, in prefixes that need no declaration.
/** @type {(frame: Frame, data: WordsData, lang: string) => string} */
export const composed = (frame, data, lang) => filled(keyOf(frame, data), frame, data.sparql, lang);

// The query that counts the laureates of which the graph has no thing of `kind`; empty if nobody knows.
/** @type {(kind: string, data: WordsData) => string} */
export function missing(kind, { sparql }) {
  const path = own(sparql.missing, kind);
  return path ? put(sparql.query.missing, { laureates: sparql.laureates.all, path }) : "";
}

// The query for the editions whose list is not known to be complete: of all, or of that which is asked for.
/** @type {(frame: Frame, data: WordsData, lang: string) => string} */
export function incomplete({ conditions }, { sparql }, lang) {
  const asked = conditions.filter(({ sign }) => sign.kind === "edition");
  const editions = asked.map(({ sign }) => put(sparql.laureates.edition, { subject: sign.value })).join(" ");
  return put(sparql.query.incomplete, { editions, lang });
}

// The query that tells whether the numbers of `frame` measure the same: one row comes, which counts several.
/** @type {(frame: Frame, data: WordsData) => string} */
export const alike = (frame, data) => filled("alike", frame, data.sparql, "fr");

// The name of the query of `frame`.
/** @type {(frame: Frame, data: WordsData) => string} */
function keyOf({ act, target, by, thing }, { sparql, texts, processes }) {
  if (act === "without" || act === "group") return by === "stars" ? "group-stars" : act;
  if (act === "most" || act === "least") {
    if (thing) return "best-indicator";
    return by === "stars" ? "best-stars" : by ? "best-laureate" : "best-thing";
  }
  if (Object.hasOwn(sparql.operator, act)) {
    if (!thing) return "of-stars";
    return act === "max" || act === "min" ? "best-indicator" : "of-indicator";
  }
  if (target === "indicator" || target === "period") return target;
  if (act === "count") return processes.includes(target) ? `count-${target}` : "count";
  if (texts.includes(target)) return "text";
  if (processes.includes(target)) return "laureate";
  return ["stars", "summary"].includes(target) ? target : "thing";
}

/** @type {(key: string, frame: Frame, made: Tables, lang: string) => string} */
function filled(key, frame, made, lang) {
  const thing = frame.thing?.value ?? "";
  const lines = laureates(frame, thing, made);
  return put(made.query[key], {
    laureates: lines.join("\n  "),
    inner: lines.join(" "),
    path: put(path(frame, made.path), { thing }),
    thing,
    operator: own(made.operator, frame.act) ?? "",
    class: own(made.class, frame.target) ?? "",
    lang,
  });
}

// The lines that say which laureates are meant.
/** @type {(frame: Frame, thing: string, made: Tables) => string[]} */
function laureates({ subject, conditions, how, target }, thing, made) {
  if (subject) return [put(made.laureates.one, { subject: subject.value })];
  const found = [target === "case" ? made.laureates.cases : made.laureates.all, ...conditions.map((one) => condition(one, made.condition))];
  return how === "silent" ? [...found, put(made.laureates.silent, { thing })] : found;
}

/** @type {(condition: Condition, known: Record<string, string>) => string} */
const condition = ({ sign, how }, known) => put(own(known, `${sign.kind}-${how}`) ?? known[sign.kind], { term: sign.value, how });

// How a laureate has what is asked for, or counted by; nothing where it is a laureate or a number.
/** @type {(frame: Frame, known: Record<string, string>) => string} */
function path({ by, target, how }, known) {
  const of = by || target;
  return own(known, `${of}-${how || "used"}`) ?? own(known, of) ?? "";
}

// What is said beside an answer, as `trophees/ask/words/notes.py` says it: whether there are any, of how many laureates nobody
// knows, whose list is not whole.
import { incomplete, missing } from "./question-sparql.js";
import { fill } from "./words.js";
/** @import { Frame, WordsData } from "./question-types.js" */
/** @import { Rows, Term } from "./types.js" */

/** @typedef {(query: string) => Rows} Ask */

const NUMERIC = /#(?:integer|decimal|double|float|(?:unsigned)?(?:Long|Int|Short|Byte)|long|int|short|byte|(?:non)?(?:Positive|Negative|positive|negative)Integer)$/;

// What is to be known with the answer `rows` to `frame`.
/** @type {(frame: Frame, rows: Rows, ask: Ask, data: WordsData, lang: "fr" | "en") => string} */
export function note(frame, rows, ask, data, lang) {
  const told = any(frame, rows, ask, data, lang);
  if (frame.target === "case") told.push(data.sentences.cases[lang]);
  else if (!frame.subject) told.push(...editions(frame, ask, data, lang));
  return told.join(" ");
}

// Whether there is no row, or one that says zero.
/** @type {(rows: Rows) => boolean} */
export function isNothing({ head, results: { bindings } }) {
  const [row] = bindings;
  return !row || (bindings.length === 1 && head.vars.length === 1 && value(row[head.vars[0]]) === "0");
}

// Whether there are any, where that was asked; if there is none, of how many laureates nobody knows.
/** @type {(frame: Frame, rows: Rows, ask: Ask, data: WordsData, lang: "fr" | "en") => string[]} */
function any({ act, target, conditions }, rows, ask, data, lang) {
  const { sentences } = data;
  if (!isNothing(rows) && act !== "without") return act === "whether" ? [fill(sentences.yes[lang], { 0: rows.results.bindings.length })] : [];
  const told = act === "without" ? [] : [sentences[act === "whether" ? "no" : "none"][lang]];
  for (const kind of act === "without" ? [target] : conditions.map(({ sign }) => sign.kind)) {
    const query = missing(kind, data);
    const number = query ? Number(ask(query).results.bindings[0].laureates?.value) : 0;
    if (number) told.push(fill(data.missing[kind][lang], { 0: number }));
  }
  return told;
}

// Of the editions that the answer rests on, those of which not all laureates may be described.
/** @type {(frame: Frame, ask: Ask, data: WordsData, lang: "fr" | "en") => string[]} */
function editions(frame, ask, data, lang) {
  const found = ask(incomplete(frame, data, lang)).results.bindings.map(({ year, lacks, reason }) => ({
    year: String(year?.value ?? ""),
    lacks: lacks?.value === "true",
    reason: String(reason?.value ?? ""),
  }));
  if (frame.conditions.some(({ sign }) => sign.kind === "edition")) {
    return found.flatMap(({ year, lacks, reason }) => [fill(data.incomplete[lacks ? "lacks" : "may"][lang], { 0: year }), ...(reason ? [reason] : [])]);
  }
  return [true, false].flatMap((lacking) => {
    const years = found.filter(({ lacks }) => lacks === lacking).map(({ year }) => year);
    return years.length ? [fill(data.incomplete[lacking ? "several-lacks" : "several-may"][lang], { 0: years.join(", ") })] : [];
  });
}

// A value as it is compared: a number by what it amounts to, anything else by its text.
/** @type {(term: Term | undefined) => string | null} */
export function value(term) {
  if (!term) return null;
  if (term.type !== "literal") return JSON.stringify(term.value);
  return NUMERIC.test(term.datatype ?? "") ? number(term.value) : JSON.stringify(term.value);
}

// A number without zeros that tell nothing.
/** @type {(text: string) => string} */
function number(text) {
  const [, sign, whole, part] = /^([+-]?)0*(\d*)(?:\.(\d*?)0*)?$/.exec(text) ?? [];
  if (whole === undefined) return String(Number(text)); // with an exponent
  const plain = (whole || "0") + (part ? `.${part}` : "");
  return sign === "-" && plain !== "0" ? `-${plain}` : plain;
}

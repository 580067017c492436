// Where in a query one types: what stands before tells which kind of name is wanted there.
import { tokens } from "./query-tokens.js";
/** @import { Prefixes } from "./types.js" */

/** @typedef {"subject" | "property" | "class" | "object"} Position of a name in a pattern */

const TERMS = new Set(["iri", "name", "blank", "var", "string", "number"]);
const TYPES = new Set(["a", "rdf:type", "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"]);
const EXPRESSIONS = new Set(["FILTER", "BIND", "HAVING"]);

// How far a pattern is: how many of its terms are there, whether its predicate is a type; -1 where none may come. In brackets
// of a path, what is wanted is always a property; in those of an expression and of VALUES, no pattern is written.
/** @typedef {{ terms: number, type: boolean, within: "group" | "path" | "expression" | "values" }} Place */

// What a name is in its pattern that is typed after `text`; null where that cannot be told.
/** @type {(text: string, prefixes: Prefixes) => Position | null} */
export function positionAfter(text, prefixes) {
  /** @type {Place[]} */
  const around = [];
  /** @type {Place} */
  let at = { terms: -1, type: false, within: "expression" };
  let values = false;
  /** @type {(within: Place["within"], terms: number) => void} */
  const enter = (within, terms) => {
    around.push(at);
    at = { terms, type: false, within };
  };
  const term = (type = false) => {
    if (at.terms < 0) return;
    if (at.terms === 1) at.type = type;
    at.terms += 1;
  };
  for (const { kind, text: word } of tokens(text, prefixes)) {
    if (TERMS.has(kind)) term(TYPES.has(word));
    else if (kind === "word") {
      const upper = word.toUpperCase();
      if (word === "a" && at.terms === 1) term(true);
      else if (EXPRESSIONS.has(upper)) at.terms = -1;
      else values ||= upper === "VALUES";
    } else if (word === "{") {
      enter(values ? "values" : "group", 0);
      values = false;
    } else if (word === "[") enter("group", 1);
    else if (word === "(") enter(at.within === "group" && at.terms === 1 ? "path" : "expression", at.terms === 1 ? 1 : -1);
    else if (word === "}" || word === ")" || word === "]") {
      const inner = at.within;
      at = around.pop() ?? at;
      if (inner === "path" || word === "]") term();
      else if (at.within === "group") at.terms = 0;
    } else if (at.within === "group" && word === ".") at.terms = 0;
    else if (at.within === "group" && word === ";") at.terms = 1;
    else if (at.within === "group" && word === ",") at.terms = 2;
    else if ((word === "/" || word === "|") && at.terms === 2) at.terms = 1;
  }
  if (at.within === "path") return "property";
  if (at.within === "values") return "object";
  if (at.within === "expression" || at.terms < 0 || at.terms > 2) return null;
  return at.terms === 0 ? "subject" : at.terms === 1 ? "property" : at.type ? "class" : "object";
}

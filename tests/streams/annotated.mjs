// The statements of a Turtle 1.2 file, each a line of JSON: its terms, or those of the triple that is its object.
import { readFileSync } from "node:fs";
import { Parser } from "n3";

/**
 * A term as its kind, value, language and datatype; a triple as its three terms.
 * @param {any} term
 * @returns {any[]}
 */
const text = (term) =>
  term.termType === "Quad"
    ? [term.subject, term.predicate, term.object].map(text)
    : [term.termType, term.value, term.language ?? "", term.datatype?.value ?? ""];
for (const quad of new Parser().parse(readFileSync(process.argv[2], "utf-8"))) {
  console.log(JSON.stringify([quad.subject, quad.predicate, quad.object].map(text)));
}

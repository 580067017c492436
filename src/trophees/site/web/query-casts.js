// Casts of doubles as SPARQL 1.1 (section 17.5) and XPath have them, said in SPARQL: this engine has no functions of ours.
// What they are worth is what `trophees/ask/standard/casts.py` makes of them; a test asks both the same.
import { closing } from "./query-order.js";
import { tokens } from "./query-tokens.js";
/** @import { QueryToken } from "./query-types.js" */

const XSD = "http://www.w3.org/2001/XMLSchema#";
const LARGEST = 1 << 16; // characters of what is cast: it is written several times
const TWICE = /\b(?:RAND|UUID|STRUUID|BNODE)\s*\(/i; // is not the same twice

/** @type {(operand: string) => string} */
const double = (operand) => `DATATYPE(${operand}) IN (<${XSD}double>, <${XSD}float>) && ABS(${operand}) < 1e0/0`;

// What is not a double, or not finite, is the engine's; a text may have spaces around it.
/** @type {(operand: string, otherwise: string, value: string) => string} */
const either = (operand, otherwise, value) => `COALESCE(IF(${double(operand)}, ${value}, 1/0), ${otherwise})`;

/** @type {(operand: string, name: string) => string} */
const trimmed = (operand, name) => `<${XSD}${name}>(IF(DATATYPE(${operand}) = <${XSD}string>, REPLACE(${operand}, "^[ \\\\t\\\\n\\\\r]+|[ \\\\t\\\\n\\\\r]+$", ""), ${operand}))`;

/** @type {Record<string, (operand: string) => string>} */
const CASTS = {
  // eighteen digits after the point, as the engine has them
  decimal(operand) {
    const digits = `REPLACE(REPLACE(STR(${operand}), "([.][0-9]{18}).*$", "$\{1}"), "[.]0*$|([.][0-9]*[1-9])0*$", "$\{1}")`;
    return either(operand, trimmed(operand, "decimal"), `STRDT(REPLACE(${digits}, "^-0$", "0"), <${XSD}decimal>)`);
  },
  integer(operand) {
    const digits = `REPLACE(STR(${operand}), "[.].*$", "")`;
    return either(operand, trimmed(operand, "integer"), `STRDT(REPLACE(${digits}, "^-0$", "0"), <${XSD}integer>)`);
  },
  // from a million on, or under a millionth, with an exponent
  string(operand) {
    const plain = `REPLACE(STR(${operand}), "^-", "")`;
    const digits = `REPLACE(REPLACE(${plain}, "[.]", ""), "^0+|0+$", "")`;
    const mantissa = `REPLACE(REPLACE(${digits}, "^(.)(.*)$", "$\{1}.$\{2}"), "[.]$", ".0")`;
    const exponent = `IF(ABS(${operand}) >= 1, STRLEN(REPLACE(${plain}, "[.].*$", "")) - 1, 1 - STRLEN(REPLACE(${plain}, "^(0[.]0*).*$", "$\{1}")))`;
    const said = `CONCAT(IF(${operand} < 0, "-", ""), ${mantissa}, "E", STR(${exponent}))`;
    const large = `(ABS(${operand}) >= 1e6 || ABS(${operand}) < 1e-6 && ${operand} != 0)`;
    return either(operand, `<${XSD}string>(${operand})`, `IF(${large}, ${said}, 1/0)`);
  },
};

// The query `text`, which declares its prefixes, with its casts said so; the last first, as one may be inside of another.
/** @type {(text: string) => string} */
export function cast(text) {
  if (!/(?:decimal|integer|string)\s*>?[ \t\r\n(#]/.test(text)) return text;
  for (let end = Number.POSITIVE_INFINITY; ; ) {
    const found = tokens(text, {});
    const place = found.findLastIndex((token, at) => token.start < end && found[at + 1]?.text === "(" && castOf(token, found));
    if (place < 0) return text;
    const last = closing(found, place + 1);
    const name = castOf(found[place], found);
    end = found[place].start;
    const operand = text.slice(found[place + 1].end, found[last].start).trim();
    if (last >= found.length - 1 || !operand || operand.length > LARGEST || TWICE.test(operand)) continue;
    text = text.slice(0, end) + CASTS[name](`(${operand})`) + text.slice(found[last].end);
  }
}

// Which of the casts a token calls, if one; its prefix is declared before.
/** @type {(token: QueryToken, found: QueryToken[]) => string} */
function castOf(token, found) {
  let iri = token.kind === "iri" ? token.text.slice(1, -1) : "";
  if (token.kind === "name") {
    const [prefix, local] = token.text.split(":");
    const declared = found.findLastIndex(({ kind, text }, at) => kind === "name" && text === `${prefix}:` && found[at - 1]?.text.toUpperCase() === "PREFIX");
    if (declared >= 0) iri = found[declared + 1].text.slice(1, -1) + local;
  }
  const name = iri.startsWith(XSD) ? iri.slice(XSD.length) : "";
  return Object.hasOwn(CASTS, name) ? name : "";
}

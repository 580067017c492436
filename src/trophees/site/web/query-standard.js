// A query as the engine reads it right: names with dots, regular expressions, replacements, counts, casts, orders. The rules
// are those of `trophees/ask/standard/`; a test asks both the same.
import { AGGREGATES } from "./query-expressions.js";
import { cast } from "./query-casts.js";
import { closing, ordered } from "./query-order.js";
import { replacement, translated } from "./query-regular.js";
import { Mistake, tokens } from "./query-tokens.js";
/** @import { Edit, QueryToken } from "./query-types.js" */

const NUMBERED = `"[$]([0-9])", "$\${\${1}}"`; // what makes ${1} of $1
const NONE = "urn:none"; // what an error counts as, and is taken away again
/** @type {Record<string, string>} */
const ESCAPES = { t: "\t", b: "\b", n: "\n", r: "\r", f: "\f" };
/** @type {Record<string, string>} */
const WRITTEN = { "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\0": "\\u0000" };

// The query `text`, which declares its prefixes, in the words in which the engine does what the specifications say. Whether
// it knows a regular expression of its own is asked of `sound`, with the expression as SPARQL writes it. A Mistake, for what
// has no such words, and is written out in the query.
/** @type {(text: string, sound: (written: string) => boolean) => string} */
export function mended(text, sound) {
  const found = tokens(text, {});
  text = edited(text, [...names(found), ...calls(found).flatMap(([name, args]) => call(name, args, sound))]);
  text = edited(text, [...counts(text, tokens(text, {}))]);
  return ordered(cast(text));
}

/** @type {(text: string, edits: Edit[]) => string} */
const edited = (text, edits) =>
  edits.sort(([one, end], [other, last]) => other - one || last - end).reduce((said, [start, end, part]) => said.slice(0, start) + part + said.slice(end), text);

// Names with two dots or more, which the engine does not read: each dot escaped (SPARQL 1.1, rule 173).
/** @type {(found: QueryToken[]) => Generator<Edit>} */
function* names(found) {
  for (const { kind, text, start, end } of found) {
    const colon = text.indexOf(":");
    const local = kind === "name" ? text.slice(colon + 1) : "";
    if (local.replaceAll("\\.", "").split(".").length > 2) yield [start, end, text.slice(0, colon + 1) + local.replaceAll("\\.", ".").replaceAll(".", "\\.")];
  }
}

// Counts of an expression: of its values, but for errors, which the engine takes for one of the whole (SPARQL 1.1, section
// 18.5.1.2). Each value is a one in a sum; of different values, one more is taken away that stands for the errors.
/** @type {(text: string, found: QueryToken[]) => Generator<Edit>} */
function* counts(text, found) {
  let end = 0;
  for (const [place, token] of found.entries()) {
    if (token.start < end || token.kind !== "word" || token.text.toUpperCase() !== "COUNT" || found[place + 1]?.text !== "(") continue;
    const last = closing(found, place + 1);
    const distinct = found[place + 2].text.toUpperCase() === "DISTINCT";
    const counted = found.slice(place + 2 + Number(distinct), last);
    if (!counted.length || (counted.length === 1 && (counted[0].kind === "var" || counted[0].text === "*"))) continue;
    const inner = counted.find((one, at) => AGGREGATES.has(one.text.toUpperCase()) && counted[at + 1]?.text === "(");
    if (inner) throw new Mistake("nested", inner.start, [], { name: inner.text.toUpperCase() });
    end = found[last].end;
    const said = text.slice(counted[0].start, counted[counted.length - 1].end);
    const some = `COALESCE(IF(isIRI(${said}), 0, 0), 1)`;
    yield [token.start, end, distinct
      ? `(COUNT(DISTINCT COALESCE(${said}, <${NONE}>)) - SUM(DISTINCT ${some}))`
      : `SUM(COALESCE(IF(isIRI(${said}), 1, 1), 0))`];
  }
}

// The calls of REGEX and REPLACE, with the tokens of each argument.
/** @type {(found: QueryToken[]) => [name: string, args: QueryToken[][]][]} */
function calls(found) {
  return found.flatMap((token, place) => {
    const name = token.text.toUpperCase();
    if (token.kind !== "word" || (name !== "REGEX" && name !== "REPLACE") || found[place + 1]?.text !== "(") return [];
    /** @type {QueryToken[][]} */
    const args = [[]];
    let depth = 0;
    for (const one of found.slice(place + 2)) {
      const sign = one.kind === "sign" ? one.text : "";
      if (sign && "([{".includes(sign)) depth += 1;
      else if (sign && ")]}".includes(sign)) {
        if (!depth) break;
        depth -= 1;
      } else if (sign === "," && !depth) {
        args.push([]);
        continue;
      }
      args[args.length - 1].push(one);
    }
    return [[name, args]];
  });
}

/** @type {(name: string, args: QueryToken[][], sound: (written: string) => boolean) => Edit[]} */
function call(name, args, sound) {
  const texts = args.map(literal);
  const last = name === "REPLACE" ? 3 : 2; // where the flags stand
  if (args.length < last || args.length > last + 1) return [];
  const flags = args.length > last ? texts[last] : "";
  /** @type {Edit[]} */
  const edits = [];
  /** @type {number | null} */
  let groups = null;
  const pattern = texts[1];
  if (pattern !== null && flags !== null) {
    const said = placed(args[1], () => translated(pattern, flags));
    groups = said.groups;
    if (!sound(quoted(said.said))) throw new Mistake("regular", args[1][0].start, [], { word: brief(pattern) });
    const ahead = ["i", "m", "s"].map((flag) => (flags.includes(flag) ? `(?${flag})` : "")).join("");
    if (said.said !== ahead + pattern || /[xq]/.test(flags)) {
      edits.push([args[1][0].start, args[1][0].end, quoted(said.said)]);
      if (args.length > last) edits.push([args[last][0].start, args[last][0].end, '""']);
    }
  }
  if (name === "REPLACE" && flags !== null && args[2].length) {
    const given = texts[2];
    if (given !== null) {
      const said = placed(args[2], () => replacement(given, groups, flags));
      if (said !== given) edits.push([args[2][0].start, args[2][0].end, quoted(said)]);
    } else {
      edits.push([args[2][0].start, args[2][0].start, "REPLACE("]);
      const { end } = args[2][args[2].length - 1];
      edits.push([end, end, `, ${NUMBERED})`]);
    }
  }
  return edits;
}

// What `make` makes; a mistake in it has the place of the argument.
/** @template T @param {QueryToken[]} argument @param {() => T} make @returns {T} */
function placed(argument, make) {
  try {
    return make();
  } catch (error) {
    if (error instanceof Mistake) error.at = argument[0].start;
    throw error;
  }
}

const brief = (/** @type {string} */ text) => ([...text].length <= 60 ? text : `${[...text].slice(0, 59).join("")}…`);

// The text that an argument is; null if it is anything else, or nothing.
/** @type {(argument: QueryToken[]) => string | null} */
function literal(argument) {
  if (argument.length !== 1 || argument[0].kind !== "string") return null;
  const said = argument[0].text;
  const size = /^("""|''')/.test(said) && said.length >= 6 ? 3 : 1;
  const inner = said.slice(size, -size);
  if (/^(?:[^\\]|\\[tbnrf"'\\uU])*\\[^tbnrf"'\\uU]/s.test(inner)) return null; // for the engine to refuse
  return inner
    .replace(/\\u([0-9A-Fa-f]{4})|\\U(0010[0-9A-Fa-f]{4}|000[0-9A-Fa-f]{5})|\\(.)/gs, (_all, four, eight, sign) => (sign === undefined ? String.fromCodePoint(Number.parseInt(four ?? eight, 16)) : (ESCAPES[sign] ?? sign)));
}

/** @type {(text: string) => string} */
const quoted = (text) => `"${text.replace(/[\\"\n\r\t\0]/g, (sign) => WRITTEN[sign])}"`;

// What a text may hold, as `trophees/source/text.py` has it. Positions count characters, not UTF-16 units.
/** @import { Flaw, Pattern, Rules, Told } from "./record-types.js" */
import { filled } from "./record-sentences.js";

/** @type {Map<string, RegExp>} */
const compiled = new Map();

// The pattern as a regular expression, made once; `whole` if all of the text has to match.
/** @type {(pattern: Pattern, whole?: boolean) => RegExp} */
export function expression([source, flags], whole = false) {
  const written = whole ? `^(?:${source})$` : source;
  const key = `${flags}/${written}`;
  let found = compiled.get(key);
  if (!found) compiled.set(key, (found = new RegExp(written, flags)));
  return found;
}

/** @type {(text: string, index: number) => number} */
const characters = (text, index) => [...text.slice(0, index)].length;
/** @type {(character: string) => string} */
const code = (character) => `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;

/** @type {(rules: Rules, position: number, name: string, told?: Told) => Flaw} */
const flawAt = ({ sentences }, position, name, told = {}) => ({
  position,
  rule: name.split(".")[0],
  message: filled(sentences.reader[name], told),
});

// The first thing in `text` that its reader would not see, or not as it is written.
/** @type {(text: string, rules: Rules) => Flaw | null} */
export function flaw(text, rules) {
  const forbidden = expression(rules.text.forbidden).exec(text);
  if (forbidden) return flawAt(rules, characters(text, forbidden.index), "character", { code: code(forbidden[0]) });
  if (text.normalize("NFC") !== text) return decomposed(text, rules);
  const alike = expression(rules.text.lookalike).exec(text);
  if (alike) {
    const [character] = alike;
    const right = character.normalize("NFKC");
    const name = right === character ? "lookalike" : "lookalike.form";
    return flawAt(rules, characters(text, alike.index), name, { character, code: code(character), right });
  }
  const most = rules.text.marks;
  const marks = new RegExp(`\\p{M}{${most + 1}}`, "u").exec(text);
  return marks ? flawAt(rules, characters(text, marks.index) + most, "marks", { most }) : null;
}

// The same for a value, which stands on one line and has a length that people read.
/** @type {(text: string, rules: Rules) => Flaw | null} */
export function flawOfValue(text, rules) {
  const end = text.search(/[\n\r]/);
  if (end >= 0) return flawAt(rules, characters(text, end), "line-break");
  const tab = text.indexOf("\t");
  if (tab >= 0) return flawAt(rules, characters(text, tab), "character", { code: code("\t") });
  const count = [...text].length;
  const most = rules.text.longest;
  return count > most ? flawAt(rules, most, "length", { count, most }) : flaw(text, rules);
}

// The first space that a reader of `text` would not see.
/** @type {(text: string, rules: Rules) => Flaw | null} */
export function loose(text, rules) {
  const found = expression(rules.text.loose).exec(text);
  return found && flawAt(rules, characters(text, found.index), "space");
}

/** @type {(position: number, name: string, rules: Rules) => Flaw} */
export const flawOfFile = (position, name, rules) => flawAt(rules, position, name);

// Where `text` is not in normalization form C, and what it would be there.
/** @type {(text: string, rules: Rules) => Flaw} */
function decomposed(text, rules) {
  let start = 0;
  /** @type {string[]} */
  let written = [];
  /** @type {string[]} */
  let composed = [];
  // a character that composes with nothing begins a piece that is composed alone
  for (const piece of text.matchAll(/[\s\S]\P{ASCII}*/gu)) {
    start = characters(text, piece.index);
    written = [...piece[0]];
    composed = [...piece[0].normalize("NFC")];
    if (written.join("") !== composed.join("")) break;
  }
  let same = 0;
  while (same < Math.min(written.length, composed.length) && written[same] === composed[same]) same += 1;
  const shown = written.slice(same, same + 4);
  const right = composed[same] ?? "";
  while (shown.length > 1 && shown.join("").normalize("NFC") !== right) shown.pop();
  return flawAt(rules, start + same, "decomposed", { codes: shown.map(code).join(" "), right, code: code(right) });
}

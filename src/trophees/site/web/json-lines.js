// JSON Lines: one object a line. Its names are the columns; a value that is no text is as JSON writes it, a number in the digits
// that it was written with. By the rules of `trophees/reading/json_lines.py`; a test asks both the same.
import { Refusal } from "./refusal.js";
/** @import { TableRow } from "./file-types.js" */

const MOST = 1000; // names in all objects together
const DEEPEST = 500;
const SPACE = /[ \t\n\r]*/y;
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?|NaN|-?Infinity/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON has none of them in a text
const TEXT = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;

/** @typedef {string | boolean | null | Digits | Json[] | Map<string, Json>} Json */

// A number by its digits.
class Digits {
  /** @param {string} text */
  constructor(text) {
    this.text = text;
  }
}

// The names, on line 0, then the row of each line; an empty line is a row without cells.
/** @type {(text: string, stripped: (text: string) => string) => TableRow[]} */
export function objects(text, stripped) {
  const lines = text.split(/\r\n|\r|\n/);
  if (!lines[lines.length - 1]) lines.pop();
  /** @type {Set<string>} */
  const names = new Set();
  const found = lines.map((line, place) => {
    const object = stripped(line) ? one(line, place + 1) : new Map();
    for (const name of object.keys()) names.add(name);
    if (names.size > MOST) throw new Refusal("names", { line: place + 1, most: MOST });
    return { line: place + 1, object, empty: !stripped(line) };
  });
  const keys = [...names];
  return [{ line: 0, cells: keys.map(sound) }, ...found.map(({ line, object, empty }) => ({ line, cells: empty ? [] : keys.map((key) => cell(object.get(key))) }))];
}

/** @type {(line: string, number: number) => Map<string, Json>} */
function one(line, number) {
  let at = 0;
  /** @type {(pattern: RegExp) => string | null} */
  const take = (pattern) => {
    pattern.lastIndex = at;
    const found = pattern.exec(line)?.[0] ?? null;
    if (found !== null) at += found.length;
    return found;
  };
  const wrong = () => new Refusal("noJson", { line: number });
  /** @type {(sign: string) => boolean} */
  const sign = (wanted) => {
    take(SPACE);
    if (line[at] !== wanted) return false;
    at += 1;
    return true;
  };
  /** @type {() => string} */
  const text = () => {
    const found = take(TEXT);
    if (found === null) throw wrong();
    return JSON.parse(found);
  };
  /** @type {(depth: number) => Json} */
  const value = (depth) => {
    if (depth > DEEPEST) throw wrong();
    take(SPACE);
    if (line[at] === '"') return text();
    for (const [word, meant] of /** @type {const} */ ([["true", true], ["false", false], ["null", null]])) {
      if (!line.startsWith(word, at)) continue;
      at += word.length;
      return meant;
    }
    if (sign("[")) {
      /** @type {Json[]} */
      const parts = [];
      if (sign("]")) return parts;
      do parts.push(value(depth + 1)); while (sign(","));
      if (!sign("]")) throw wrong();
      return parts;
    }
    if (sign("{")) {
      /** @type {Map<string, Json>} */
      const parts = new Map();
      if (sign("}")) return parts;
      do {
        take(SPACE);
        const key = text();
        if (!sign(":")) throw wrong();
        parts.set(key, value(depth + 1));
      } while (sign(","));
      if (!sign("}")) throw wrong();
      return parts;
    }
    const digits = take(NUMBER);
    if (digits === null) throw wrong();
    return new Digits(digits);
  };
  const found = value(0);
  take(SPACE);
  if (at < line.length) throw wrong();
  if (!(found instanceof Map)) throw new Refusal("noObject", { line: number });
  return found;
}

/** @type {(value: Json | undefined) => string} */
function cell(value) {
  if (value === null || value === undefined) return "";
  return sound(typeof value === "string" ? value : json(value));
}

/** @type {(value: Json) => string} */
function json(value) {
  if (value instanceof Digits) return value.text;
  if (value instanceof Map) return `{${[...value].map(([key, part]) => `${json(key)}: ${json(part)}`).join(", ")}}`;
  if (Array.isArray(value)) return `[${value.map(json).join(", ")}]`;
  return typeof value === "string" ? JSON.stringify(sound(value)) : JSON.stringify(value);
}

// `text` without halves of characters, which JSON can write and UTF-8 cannot.
/** @type {(text: string) => string} */
const sound = (text) => text.replace(/[\ud800-\udfff]/gu, "?");

// How values are written, as `trophees/base/lexical.py` has it: its forms, handed over, decide.
/** @import { Rules } from "./record-types.js" */
import { expression } from "./record-text.js";

/** @type {(year: string, month: string, day: string) => boolean} */
function exists(year, month, day) {
  // the proleptic Gregorian calendar repeats every 400 years
  const number = Number(BigInt(year) % 400n);
  return Number(day) <= new Date(Date.UTC(2000 + ((number + 400) % 400), Number(month), 0)).getUTCDate();
}

/** @type {(text: string) => string} */
const sign = (text) => (text.startsWith("-") ? "-" : "");
/** @type {(text: string) => string} */
const digits = (text) => text.replace(/^[+-]+/, "");

/** @type {(text: string, datatype: string, rules: Rules) => string | null} */
export function spelling(text, datatype, { lexical }) {
  const { types } = lexical;
  /** @type {(name: "integer" | "decimal" | "boolean" | "year" | "date" | "edtf") => RegExpExecArray | null} */
  const match = (name) => expression(lexical[name], true).exec(text);
  if (datatype === types.integer) {
    if (!match("integer")) return null;
    const plain = digits(text).replace(/^0+/, "") || "0";
    return (plain === "0" ? "" : sign(text)) + plain;
  }
  if (datatype === types.decimal) {
    if (!match("decimal")) return null;
    const [whole, part = ""] = digits(text).split(".");
    const short = part.replace(/0+$/, "");
    const plain = (whole.replace(/^0+/, "") || "0") + (short && `.${short}`);
    return (plain === "0" ? "" : sign(text)) + plain;
  }
  if (datatype === types.boolean) return match("boolean") && (text === "1" ? "true" : text === "0" ? "false" : text);
  if (datatype === types.gYear) return match("year")?.[1] ?? null;
  if (datatype === types.date) {
    const found = match("date");
    return found && exists(found[2], found[3], found[4]) ? found[1] : null;
  }
  if (datatype === types.EDTF) {
    const found = match("edtf");
    return found && (!found[3] || exists(found[1], found[2], found[3])) ? text : null;
  }
  return text;
}

// Whether `text` is written as a day is, were it not for the calendar.
/** @type {(text: string, rules: Rules) => boolean} */
export const isDay = (text, { lexical }) => expression(lexical.date, true).test(text);

// What somebody who wrote `text` surely meant, in its one spelling.
/** @type {(text: string, datatype: string, rules: Rules) => string | null} */
export function meant(text, datatype, rules) {
  if (!Object.values(rules.lexical.types).includes(datatype) || [...text].length > 40) return null;
  const plain = text.normalize("NFKC").trim().replace(/\p{Nd}/gu, digit);
  for (const found of [plain, reread(plain, datatype, rules)]) {
    const written = found === null ? null : spelling(found, datatype, rules);
    if (written !== null && [...written].length <= 40) return written;
  }
  return null;
}

// The ASCII digit of a decimal digit of any script: they stand in tens, in order.
/** @type {(character: string) => string} */
function digit(character) {
  let first = character.codePointAt(0) ?? 0;
  let value = 0;
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(first - 1))) {
    first -= 1;
    value += 1;
  }
  return String(value);
}

/** @type {(text: string, datatype: string, rules: Rules) => string | null} */
function reread(text, datatype, { lexical }) {
  const { types, words } = lexical;
  if (datatype === types.integer || datatype === types.decimal) return number(text);
  if (datatype === types.boolean) {
    const found = Object.entries(words).find(([word, others]) => [word, ...others].includes(text.toLowerCase()));
    return found?.[0] ?? null;
  }
  const moment = /^([0-9]{4}-[0-9]{2}-[0-9]{2})T[0-9:.]+Z?$/.exec(text);
  if (moment) return moment[1];
  const french = /^([0-9]{1,2})[/.]([0-9]{1,2})[/.]([0-9]{4})$/.exec(text);
  if (french) return `${french[3]}-${french[2].padStart(2, "0")}-${french[1].padStart(2, "0")}`;
  const week = /^([0-9]{4})-?W([0-9]{2})-?([1-7])$/.exec(text);
  if (week) return dayOfWeek(Number(week[1]), Number(week[2]), Number(week[3]));
  return /^[0-9]{8}$/.test(text) ? text.replace(/^(....)(..)(..)$/, "$1-$2-$3") : null;
}

// The day of a week of ISO 8601, whose first has the fourth of January.
/** @type {(year: number, week: number, day: number) => string | null} */
function dayOfWeek(year, week, day) {
  const fourth = new Date(0);
  fourth.setUTCFullYear(year, 0, 4);
  const monday = fourth.getTime() - ((fourth.getUTCDay() + 6) % 7) * 864e5;
  const next = new Date(0);
  next.setUTCFullYear(year + 1, 0, 4);
  const weeks = Math.round((next.getTime() - ((next.getUTCDay() + 6) % 7) * 864e5 - monday) / (7 * 864e5));
  if (year < 1 || week < 1 || week > weeks) return null;
  const found = new Date(monday + ((week - 1) * 7 + day - 1) * 864e5).toISOString();
  return /^\d{4}-/.test(found) ? found.slice(0, 10) : null;
}

// A number with an exponent, with groups of three digits, or with a decimal comma that cannot part thousands.
/** @type {(text: string) => string | null} */
function number(text) {
  if (/^[+-]?[0-9]{1,3}([ _'’][0-9]{3})+([.,][0-9]+)?$/.test(text)) return text.replace(/[ _'’]/g, "").replaceAll(",", ".");
  if (/^[+-]?([0-9]{4,}|[0-9]+(?!,[0-9]{3}$)),[0-9]+$/.test(text)) return text.replaceAll(",", ".");
  const found = /^([+-]?)([0-9]+\.?[0-9]*|\.[0-9]+)[eE]([+-]?[0-9]{1,2})$/.exec(text);
  if (!found) return null;
  const [whole, part = ""] = found[2].split(".");
  const power = Number(found[3]);
  const all = whole + part;
  const point = whole.length + power;
  if (point >= all.length) return found[1] + all + "0".repeat(point - all.length);
  const padded = point > 0 ? all : "0".repeat(1 - point) + all;
  const at = Math.max(point, 1);
  return `${found[1]}${padded.slice(0, at)}.${padded.slice(at)}`;
}

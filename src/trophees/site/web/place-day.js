// The day that a cell is, by the rules of `trophees/places/answered.py`.
import { fold } from "./folding.js";

const DAY = /^(?:(?<y>\d{4})-(?<m>\d{1,2})-(?<d>\d{1,2})(?:[t ].*)?|(?<d1>\d{1,2})[/.](?<m1>\d{1,2})[/.](?<y1>\d{4})|(?<y2>\d{4})(?<m2>\d\d)(?<d2>\d\d)(?:\.0)?|(?<d3>\d{1,2})(?:er)? (?<word>[a-z]+)\.? (?<y3>\d{4})|(?<y4>\d{4})(?:\.0)?)$/;
const MONTHS = ["janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre", "novembre", "decembre"];

// 2015-03-01, 01/03/2015, 20150301, 1er mars 2015, or a year, whose first day is meant, as ISO 8601; null if it is none.
/** @type {(text: string) => string | null} */
export function day(text) {
  const said = [...text].length < 40 ? DAY.exec(fold(text).split(/\s+/).filter(Boolean).join(" "))?.groups : undefined;
  if (!said) return null;
  const of = (/** @type {string} */ key) => [key, `${key}1`, `${key}2`, `${key}3`, `${key}4`].map((name) => said[name]).find(Boolean);
  if (said.word && !MONTHS.includes(said.word)) return null;
  const [year, month, date] = [Number(of("y")), said.word ? MONTHS.indexOf(said.word) + 1 : Number(of("m") ?? 1), Number(of("d") ?? 1)];
  const found = new Date(Date.UTC(2000, month - 1, date));
  found.setUTCFullYear(year, month - 1, date);
  return year && month >= 1 && found.getUTCMonth() === month - 1 && found.getUTCDate() === date ? found.toISOString().slice(0, 10) : null;
}

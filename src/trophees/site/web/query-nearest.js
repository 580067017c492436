// What a name that is wrong may stand for: the names that are most like it, as `trophees/ask/explain/nearest.py` has it.
import { fold } from "./folding.js";

export const OFFERED = 3;
const FARTHEST = 4; // letters that two names like each other differ by

const compare = (/** @type {string} */ a, /** @type {string} */ b) => (a < b ? -1 : a > b ? 1 : 0);
const ascii = (/** @type {string} */ text) => !/[^ -~]/.test(text);
const size = (/** @type {string} */ text) => (ascii(text) ? text.length : [...text].length);
const folded = (/** @type {string} */ text) => (ascii(text) ? text.toLowerCase() : fold(text)); // most names are ASCII

// How many letters are to be put in, left out, changed or swapped with the next; more than `most` is `most + 1`.
/** @type {(one: string, other: string, most: number) => number} */
export function distance(one, other, most) {
  const a = [...one];
  const b = [...other];
  if (Math.abs(a.length - b.length) > most) return most + 1;
  /** @type {number[]} */
  let before = [];
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const earlier = before;
    before = row;
    row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      let cost = Math.min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (earlier.length && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, earlier[j - 2] + 1);
      row.push(cost);
    }
    if (Math.min(...row) > most) return most + 1;
  }
  return Math.min(row[b.length], most + 1);
}

// The `names` most like `name`, the best first; of those that are equally like it, those of more `weight`.
/** @type {(name: string, names: Iterable<string>, weight?: (name: string) => number, offered?: number) => string[]} */
export function nearest(name, names, weight = () => 0, offered = OFFERED) {
  const wanted = fold(name);
  const most = Math.min(FARTHEST, Math.max(1, Math.floor(size(wanted) / 3)));
  /** @type {string[][]} */
  const found = [];
  for (const other of names) {
    if (other === name || Math.abs(size(other) - size(name)) > most + 2) continue;
    const far = distance(wanted, folded(other), most);
    if (far <= most) (found[far] ??= []).push(other);
  }
  /** @type {string[]} */
  const ranked = [];
  for (const group of found) {
    if (!group || ranked.length >= offered) continue;
    const keyed = group.map((other) => ({ other, shared: other[0] === name[0] ? 0 : 1, weight: weight(other) }));
    keyed.sort((a, b) => a.shared - b.shared || b.weight - a.weight || compare(a.other, b.other));
    ranked.push(...keyed.map(({ other }) => other));
  }
  return ranked.slice(0, offered);
}

// The keywords most like `word`: those that it begins, or that differ by few letters.
/** @type {(word: string, known: Iterable<string>) => string[]} */
export function words(word, known) {
  const others = [...new Set(known)].filter((other) => other !== word).sort(compare);
  const begun = others.filter((other) => word.length >= 3 && other.startsWith(word));
  return [...new Set([...begun, ...nearest(word, others)])].slice(0, OFFERED);
}

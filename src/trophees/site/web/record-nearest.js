// The name that a misspelt text stands for, as Python's difflib and `trophees/base/errors.py` have it.

// How much two texts have in common: twice the signs of their matching blocks by the signs of both.
/** @type {(a: string[], b: string[], places: Map<string, number[]>) => number} */
function ratio(a, b, places) {
  let matches = 0;
  const ahead = [[0, a.length, 0, b.length]];
  for (let span = ahead.pop(); span; span = ahead.pop()) {
    const [aLow, aHigh, bLow, bHigh] = span;
    const [i, j, size] = longest(a, b, places, aLow, aHigh, bLow, bHigh);
    if (!size) continue;
    matches += size;
    if (aLow < i && bLow < j) ahead.push([aLow, i, bLow, j]);
    if (i + size < aHigh && j + size < bHigh) ahead.push([i + size, aHigh, j + size, bHigh]);
  }
  return a.length + b.length ? (2 * matches) / (a.length + b.length) : 1;
}

/** @type {(a: string[], b: string[], places: Map<string, number[]>, aLow: number, aHigh: number, bLow: number, bHigh: number) => [number, number, number]} */
function longest(a, b, places, aLow, aHigh, bLow, bHigh) {
  let [first, second, size] = [aLow, bLow, 0];
  /** @type {Map<number, number>} */
  let before = new Map();
  for (let i = aLow; i < aHigh; i += 1) {
    /** @type {Map<number, number>} */
    const row = new Map();
    for (const j of places.get(a[i]) ?? []) {
      if (j < bLow) continue;
      if (j >= bHigh) break;
      const run = (before.get(j - 1) ?? 0) + 1;
      row.set(j, run);
      if (run > size) [first, second, size] = [i - run + 1, j - run + 1, run];
    }
    before = row;
  }
  // signs that are everywhere in a long text are no start of a match, but may belong to one
  while (first > aLow && second > bLow && a[first - 1] === b[second - 1]) [first, second, size] = [first - 1, second - 1, size + 1];
  while (first + size < aHigh && second + size < bHigh && a[first + size] === b[second + size]) size += 1;
  return [first, second, size];
}

/** @type {(b: string[]) => Map<string, number[]>} */
function placesIn(b) {
  /** @type {Map<string, number[]>} */
  const places = new Map();
  b.forEach((sign, j) => {
    const found = places.get(sign);
    if (found) found.push(j);
    else places.set(sign, [j]);
  });
  if (b.length >= 200) {
    const most = Math.floor(b.length / 100) + 1;
    for (const [sign, found] of places) if (found.length > most) places.delete(sign);
  }
  return places;
}

// The order of Python, by code points.
/** @type {(a: string, b: string) => number} */
export function compare(a, b) {
  const [x, y] = [[...a], [...b]];
  for (let i = 0; i < Math.min(x.length, y.length); i += 1) {
    if (x[i] !== y[i]) return (x[i].codePointAt(0) ?? 0) - (y[i].codePointAt(0) ?? 0);
  }
  return x.length - y.length;
}

// Of the three names closest to `text`, the one that begins most like it; null if none is close.
/** @type {(text: string, names: Iterable<string>, cutoff?: number) => string | null} */
export function nearest(text, names, cutoff = 0.6) {
  const word = [...text];
  const places = placesIn(word);
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const sign of word) counts.set(sign, (counts.get(sign) ?? 0) + 1);
  /** @type {{ name: string, score: number }[]} */
  const found = [];
  for (const name of new Set(names)) {
    if (name === text) continue;
    const signs = [...name];
    if (bound(signs, word.length, counts) < cutoff) continue;
    const score = ratio(signs, word, places);
    if (score >= cutoff) found.push({ name, score });
  }
  found.sort((a, b) => b.score - a.score || compare(b.name, a.name));
  /** @type {(name: string) => number} */
  const shared = (name) => {
    const signs = [...name];
    const end = signs.findIndex((sign, i) => sign !== word[i]);
    return end < 0 ? signs.length : end;
  };
  let best = null;
  for (const { name } of found.slice(0, 3)) if (best === null || shared(name) > shared(best)) best = name;
  return best;
}

// What the ratio cannot exceed, from the signs that both have.
/** @type {(signs: string[], length: number, counts: Map<string, number>) => number} */
function bound(signs, length, counts) {
  const left = new Map(counts);
  let common = 0;
  for (const sign of signs) {
    const n = left.get(sign) ?? 0;
    if (n > 0) common += 1;
    left.set(sign, n - 1);
  }
  return signs.length + length ? (2 * common) / (signs.length + length) : 1;
}

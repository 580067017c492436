// Which items of a list a choice leaves, how many each further value would leave, and in what order they stand.
// `site/lists/listing.py` chooses by the same rules, as a test holds.
import { fold } from "./folding.js";
import { ALL, NONE } from "./list-choice.js";
import { wording } from "./words.js";
/** @import { Axis, Choice, ListData, ListItem, Prepared, ReadyList, Selection, Sort } from "./list-types.js" */
/** @import { Written } from "./types.js" */

/** @type {(written: Written) => string} */
export const plain = (written) => (typeof written === "string" ? written : written[0]);

// each value of an axis with all that is broader
/** @type {(axis: Axis) => number[][]} */
export const upwards = (axis) => axis.values.map((_, number) => {
  const found = [number];
  for (const one of found) found.push(...(axis.values[one][2] ?? []).filter((above) => !found.includes(above)));
  return found;
});

/** @type {(data: ListData, lang: string) => ReadyList} */
export function ready(data, lang) {
  const up = data.axes.map(upwards);
  const items = data.items.map((item, place) => {
    const closed = data.axes.map(({ values, qualifier }, number) => {
      /** @type {Set<number>[]} */
      const sets = Array.from({ length: (qualifier?.[2].length ?? 0) + 1 }, () => new Set());
      for (const code of item[3][number]) {
        const way = Math.floor(code / values.length);
        for (const value of up[number][code % values.length]) {
          if (qualifier) sets[way].add(value);
          sets[sets.length - 1].add(value);
        }
      }
      return sets;
    });
    return { item, place, closed, text: "" };
  });
  const places = data.axes.map(({ values }) => new Map(values.map(([key], number) => [key, number])));
  return { data, words: wording(data.words, lang), items, places };
}

// What the search looks into: made when something is first looked for.
/** @type {(list: ReadyList, one: Prepared) => string} */
function text({ data }, one) {
  if (!one.text) {
    const { item } = one;
    const labels = data.axes.flatMap(({ values, switch: is }, number) => (is ? [] : item[3][number].map((code) => values[code % values.length][1])));
    const said = [plain(item[2]), ...Object.values(item[5] ?? {}).flat().map(plain), ...labels, item[6] ?? ""];
    one.text = ` ${fold(said.join(" ")).replace(/[^\p{L}\p{N}]+/gu, " ")}`;
  }
  return one.text;
}

// the place of a qualifier among the sets of an item: the last one is that of any
/** @type {(axis: Axis, choice: Choice) => number} */
function way({ qualifier, given }, { how }) {
  if (!qualifier) return 0;
  const [name, , values] = qualifier;
  const found = values.findIndex(([key]) => key === (how[name] ?? given));
  return found < 0 ? values.length : found;
}

// The amounts that are known not to be larger; where kinds are chosen, those of these kinds.
/** @type {(item: ListItem, choice: Choice) => number[]} */
function amounts(item, { picked }) {
  const kinds = picked.budget ?? [];
  return (item[7] ?? []).filter(([kind, , more]) => !more && (!kinds.length || kinds.includes(kind))).map(([, number]) => number);
}

// The lowest amount of each item that a choice leaves without its limit, null where none is known.
/** @type {(list: ReadyList, choice: Choice, lang: string) => (number | null)[]} */
export function lowest(list, choice, lang) {
  const { items } = select(list, { ...choice, most: null }, lang);
  return items.map((item) => amounts(item, choice)).map((known) => (known.length ? Math.min(...known) : null));
}

// The filters of a choice by name: what each lets through.
/** @type {(list: ReadyList, choice: Choice) => [name: string, passes: (one: Prepared) => boolean][]} */
function filters(list, choice) {
  const { data, places } = list;
  /** @type {[name: string, passes: (one: Prepared) => boolean][]} */
  const found = [];
  data.axes.forEach((axis, number) => {
    const keys = choice.picked[axis.name]?.length ? choice.picked[axis.name] : axis.switch && axis.given ? [axis.given] : [];
    const how = way(axis, choice);
    if (axis.switch && keys[0] === ALL) return;
    if (keys.length) {
      const wanted = keys.flatMap((key) => places[number].get(key) ?? []);
      const none = keys.includes(NONE);
      found.push([axis.name, ({ closed }) => (none && closed[number][how].size === 0) || wanted.some((value) => closed[number][how].has(value))]);
    } else if (axis.qualifier) {
      const asked = choice.how[axis.qualifier[0]] ?? axis.given; // a qualifier that is asked for alone is that of any value
      if (asked !== axis.given && asked !== ALL) found.push([axis.name, ({ closed }) => closed[number][how].size > 0]);
    }
  });
  const words = fold(choice.text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  if (words.length) found.push(["q", (one) => words.every((word) => text(list, one).includes(` ${word}`))]);
  if (choice.most !== null) found.push(["max", ({ item }) => amounts(item, choice).some((number) => number <= Number(choice.most))]);
  return found;
}

/** @type {(list: ReadyList, choice: Choice, lang: string) => Selection} */
export function select(list, choice, lang) {
  const asked = filters(list, choice);
  const hows = list.data.axes.map((axis) => way(axis, choice));
  const counts = list.data.axes.map(({ values }) => Array(values.length + 1).fill(0));
  const without = new Map(asked.map(([name]) => [name, 0]));
  /** @type {Prepared[]} */
  const found = [];
  for (const one of list.items) {
    let missed = "";
    let many = false;
    for (const [name, passes] of asked) {
      if (passes(one)) continue;
      many = missed !== "";
      missed = name;
      if (many) break;
    }
    if (many) continue;
    if (missed) without.set(missed, (without.get(missed) ?? 0) + 1);
    else found.push(one);
    list.data.axes.forEach(({ name, values }, number) => {
      if (missed && missed !== name) return;
      const set = one.closed[number][hows[number]];
      for (const value of set) counts[number][value] += 1;
      if (!set.size) counts[number][values.length] += 1;
    });
  }
  for (const [name, number] of without) without.set(name, number + found.length);
  return { items: sorted(list, found, choice.sort, lang).map(({ item }) => item), counts, without };
}

// What is not known stands last, whichever way the rest stands.
/** @type {(list: ReadyList, found: Prepared[], asked: string, lang: string) => Prepared[]} */
function sorted({ data }, found, asked, lang) {
  const sort = /** @type {Sort} */ (data.sorts.find(([key]) => key === asked.replace(/^-/, "")));
  const [, , from, of = "", down = false] = sort;
  if (from === "given") return asked.startsWith("-") ? found.toReversed() : found;
  const collator = new Intl.Collator(lang, { numeric: true, ignorePunctuation: true });
  const number = data.numbers.indexOf(of);
  /** @type {(one: Prepared) => string | number | null} */
  const key = ({ item }) => (from === "number" ? item[4][number] : from === "name" ? plain(item[2]) : plain(item[5][of]?.[0] ?? "") || null);
  const keys = new Map(found.map((one) => [one, key(one)]));
  const turn = down !== asked.startsWith("-") ? -1 : 1;
  return found.toSorted((one, other) => {
    const [a, b] = [keys.get(one) ?? null, keys.get(other) ?? null];
    if (a === null || b === null) return Number(a === null) - Number(b === null) || one.place - other.place;
    const order = typeof a === "number" ? a - Number(b) : collator.compare(a, String(b));
    return turn * order || one.place - other.place;
  });
}

// What is chosen of a list, read from an address and written to one: ?region=11,84&tool=numerique&status=all&q=climat
import { decoded } from "./words.js";
/** @import { Axis, Choice, ListData } from "./list-types.js" */

export const NONE = "none";
export const ALL = "all";
const LONGEST = 200; // characters of a text that is looked for
// addresses that were: the levels of the list were sections of its page
/** @type {Record<string, string>} */
const FORMER = { level: "stars" };

/** @type {(data: ListData) => Choice} */
export const nothing = (data) => ({ picked: {}, how: {}, text: "", most: null, sort: data.sorts[0][0], view: data.views[0], unknown: [] });

// The parts of an address: those of a query that stands in its fragment (`#?region=11`), as it was put there later; else of
// its query, else of a fragment of former releases (`#region=11+84&tool=numerique`, `#theme-energie`).
/** @type {(data: ListData, search: string, hash: string) => [name: string, value: string][]} */
function parts(data, search, hash) {
  if (hash.startsWith("#?")) return [...new URLSearchParams(hash.slice(1))];
  const asked = [...new URLSearchParams(search)];
  const known = new Set(data.axes.flatMap(({ name, qualifier }) => (qualifier ? [name, qualifier[0]] : [name])));
  const former = decoded(hash.slice(1)).split("&").flatMap((part) => {
    const [, name, value] = /^(\w+)[=-](.+)$/.exec(part) ?? [];
    const now = FORMER[name] ?? name;
    return known.has(now) ? [/** @type {[string, string]} */ ([now, value])] : [];
  });
  return asked.length ? asked : former;
}

/** @type {(axis: Axis, key: string) => boolean} */
const has = (axis, key) => axis.values.some(([value]) => value === key) || (key === NONE && axis.none !== "") || (key === ALL && axis.switch === true);

// What an address asks for; other parameters than those of the list are none of its business.
/** @type {(data: ListData, search: string, hash: string) => Choice} */
export function read(data, search, hash) {
  const choice = nothing(data);
  for (const [name, said] of parts(data, search, hash)) {
    const axis = data.axes.find((one) => one.name === name);
    const qualified = data.axes.find(({ qualifier }) => qualifier?.[0] === name);
    const keys = said.split(/[\s,+]+/).filter(Boolean);
    if (axis) {
      const found = keys.filter((key) => has(axis, key));
      choice.picked[name] = [...new Set([...(choice.picked[name] ?? []), ...(axis.switch ? found.slice(0, 1) : found)])];
      for (const key of keys.filter((one) => !has(axis, one))) choice.unknown.push([axis.title, key]);
    } else if (qualified?.qualifier) {
      const [, title, values] = qualified.qualifier;
      if (said === ALL || values.some(([key]) => key === said)) choice.how[name] = said;
      else choice.unknown.push([title, said]);
    } else if (name === "q") choice.text = said.trim().slice(0, LONGEST);
    else if (name === "max") {
      if (/^\d{1,15}$/.test(said)) choice.most = Number(said);
      else if (said) choice.unknown.push([data.words.most, said]);
    } else if (name === "sort") {
      if (data.sorts.some(([key]) => key === said.replace(/^-/, ""))) choice.sort = said;
      else choice.unknown.push([data.words.sort, said]);
    } else if (name === "view") {
      if (data.views.includes(said)) choice.view = said;
      else choice.unknown.push([data.words.view, said]);
    }
  }
  return choice;
}

// The query of the address of a choice: empty if nothing is chosen; `kept` are the parameters of others.
/** @type {(data: ListData, choice: Choice, kept?: string) => string} */
export function written(data, choice, kept = "") {
  const first = nothing(data);
  /** @type {[name: string, value: string][]} */
  const said = [];
  for (const { name, given, switch: one, qualifier } of data.axes) {
    const keys = choice.picked[name] ?? [];
    if (keys.length && !(one && keys[0] === given)) said.push([name, keys.join(",")]);
    const how = qualifier && choice.how[qualifier[0]];
    if (qualifier && how && how !== given) said.push([qualifier[0], how]);
  }
  if (choice.text) said.push(["q", choice.text]);
  if (choice.most !== null) said.push(["max", String(choice.most)]);
  if (choice.sort !== first.sort) said.push(["sort", choice.sort]);
  if (choice.view !== first.view) said.push(["view", choice.view]);
  const ours = new Set([...data.axes.flatMap(({ name, qualifier }) => [name, qualifier?.[0]]), "q", "max", "sort", "view"]);
  said.push(...[...new URLSearchParams(kept)].filter(([name]) => !ours.has(name)));
  const query = said.map(([name, value]) => `${name}=${encodeURIComponent(value).replaceAll("%2C", ",")}`).join("&");
  return query ? `?${query}` : "";
}

// A number as people type it, « 10 000 € » too; null if it is none.
/** @type {(typed: string) => number | null} */
export function whole(typed) {
  const digits = typed.replace(/[\s€]/gu, "");
  return /^\d{1,15}$/.test(digits) ? Number(digits) : null;
}

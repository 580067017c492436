// What the page says, with names and numbers put in as the reader's language writes them.
/** @import { Messages, Words } from "./types.js" */
/** @type {(text: string, values: Record<string, unknown>) => string} */
export const fill = (text, values) => text.replace(/\{(\w+)\}/g, (slot, name) => String(values[name] ?? slot));

// A part of an address as text; as it is where it is no such part.
/** @type {(part: string) => string} */
export function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

// What a column is called, in the middle of a sentence: without its capital, unless all of it is in capitals.
/** @type {(heading: string) => string} */
export const within = (heading) => (/^\p{Lu}(?!\p{Lu})/u.test(heading) ? heading[0].toLowerCase() + heading.slice(1) : heading);

// The messages themselves, and `number(n)`, and `count(key, n, values)`: the message `key.one` or `key.many`.
/** @type {(messages: Messages, lang: string) => Words} */
export function wording(messages, lang) {
  const format = new Intl.NumberFormat(lang);
  const rules = new Intl.PluralRules(lang);
  /** @type {Words["number"]} */
  const number = (n) => format.format(n);
  /** @type {Words["count"]} */
  const count = (key, n, values = {}) => fill(messages[`${key}.${rules.select(n) === "one" ? "one" : "many"}`], { n: number(n), ...values });
  return { ...messages, number, count };
}

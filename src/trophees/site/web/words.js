// What the page says, with names and numbers put in as the reader's language writes them.
/** @import { Messages, Words } from "./types.js" */
/** @type {(text: string, values: Record<string, unknown>) => string} */
export const fill = (text, values) => text.replace(/\{(\w+)\}/g, (slot, name) => String(values[name] ?? slot));

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

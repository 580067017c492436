// What the page says, with names and numbers put in as the reader's language writes them.
export const fill = (text, values) => text.replace(/\{(\w+)\}/g, (slot, name) => values[name] ?? slot);

// The messages themselves, and `number(n)`, and `count(key, n, values)`: the message `key.one` or `key.many`.
export function wording(messages, lang) {
  const format = new Intl.NumberFormat(lang);
  const rules = new Intl.PluralRules(lang);
  const number = (n) => format.format(n);
  const count = (key, n, values = {}) => fill(messages[`${key}.${rules.select(n) === "one" ? "one" : "many"}`], { n: number(n), ...values });
  return { ...messages, number, count };
}

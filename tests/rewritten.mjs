// Writes records anew under Node.js, as the form does. Reads {folder, rules, records, published, stepwise} from its input,
// where `records` are [path, content in base 64] and `published` the greatest number after each beginning of a name;
// writes of each the text that comes of it (`stepwise`: key by key, in another order than theirs), what is left when all
// its keys are taken away again, its text without the names of its facts, and that with names given to them.
import { text } from "node:stream/consumers";

const { folder, rules, records, published, stepwise } = JSON.parse(await text(process.stdin));
const { Reading } = await import(`${folder}/record-reading.js`);
const { draftOf, Editing, fixed } = await import(`${folder}/record-editing.js`);

const names = new Map(Object.entries(published).map(([start, number]) => [start, BigInt(number)]));
/** @type {(written: string) => Uint8Array} */
const bytes = (written) => new TextEncoder().encode(written);

// The same without the names of its facts. What is inside and no fact, as a concept, keeps the name that it alone can have.
/** @type {(draft: any, inside?: boolean) => any} */
const unnamed = (draft, inside = false) => {
  if (typeof draft === "string") return draft;
  if (Array.isArray(draft)) return draft.map((item) => unnamed(item, true));
  return Object.fromEntries(Object.entries(draft).flatMap(([key, value]) => (inside && key === "id" && value.includes("#") ? [] : [[key, unnamed(value, inside)]])));
};

/** @type {(draft: any, rules: any, context: any) => any} */
const written = (draft, rules, context) => {
  const editing = new Editing(`id: ${draft.id}\ntype: ${draft.type}\n`, rules, context);
  const order = Object.keys(draft);
  if (!stepwise) {
    for (const key of order.slice(2)) editing.put([key], draft[key], order);
    return editing;
  }
  // in another order than theirs, each is put in its place
  for (const key of [...order].reverse().filter((name) => name !== "id" && name !== "type")) {
    const value = draft[key];
    if (!Array.isArray(value) || typeof value[0] === "string") editing.put([key], value, order);
    else {
      value.forEach((item, index) => {
        const [[first, said], ...others] = Object.entries(item);
        editing.append([key], { [first]: said }, order);
        for (const [name, one] of others) editing.put([key, index, name], one, Object.keys(item));
      });
    }
  }
  return editing;
};

const told = records.map((/** @type {[string, string]} */ [path, data]) => {
  const content = Buffer.from(data, "base64");
  const { context } = new Reading(content, path, rules);
  const draft = draftOf(new Editing(content.toString("utf8"), rules, context).root());
  const editing = written(draft, rules, context);
  const whole = editing.text;
  for (const key of Object.keys(draft).filter((name) => name !== "id" && name !== "type")) editing.remove([key]);
  const without = written(unnamed(draft), rules, context).text;
  return [whole, editing.text, without, fixed(without, new Reading(bytes(without), path, rules), names)];
});
process.stdout.write(JSON.stringify(told));

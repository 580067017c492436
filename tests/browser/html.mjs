// html.mjs FOLDER: what the HTML standard forbids in any page of the folder, as a JSON list of lines.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { HtmlValidate, StaticConfigLoader } from "html-validate";

const folder = process.argv[2];
const validator = new HtmlValidate(new StaticConfigLoader({ root: true, extends: ["html-validate:standard"] }));
const errors = [];
let pages = 0;
for (const path of readdirSync(folder, { encoding: "utf8", recursive: true }).sort()) {
  if (!path.endsWith(".html")) continue;
  pages += 1;
  const { results } = validator.validateStringSync(readFileSync(join(folder, path), "utf8"));
  for (const { messages } of results) {
    for (const { line, column, message, ruleId } of messages) errors.push(`${path}:${line}:${column}: ${message} (${ruleId})`);
  }
}
console.log(JSON.stringify({ pages, errors }));

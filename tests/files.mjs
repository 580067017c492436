// What the page makes of files, under Node.js: reads [bytes in base64, extension, or "" to unpack only] from its input; writes
// the statements and notes of each table, or what is unpacked, in base64, or the key of the sentence with which it is refused.
import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { runInThisContext } from "node:vm";

const { script, files } = JSON.parse(await text(process.stdin));
const self = {};
Object.assign(globalThis, { self });
runInThisContext(await readFile(script, "utf8"));
/** @type {{ tropheesFiles?: any }} */
const { tropheesFiles } = self;
const told = [];
for (const [data, extension] of files) {
  try {
    const plain = await tropheesFiles.unpacked(new Uint8Array(Buffer.from(data, "base64")));
    told.push(extension ? tropheesFiles.statements(plain, extension, "file:///a") : Buffer.from(plain).toString("base64"));
  } catch (error) {
    if (!(error instanceof Error) || !("key" in error)) throw error;
    told.push({ refused: error.key });
  }
}
process.stdout.write(JSON.stringify(told));

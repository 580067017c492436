// What the worker reads tables and compressed files with; loaded with the first of them.
import { unpacked } from "./packed.js";
import { statements } from "./rows.js";
import { table } from "./table.js";
/** @import { FileReading } from "./types.js" */

/** @type {FileReading} */
const reading = { unpacked, statements: (data, extension, file) => statements(table(data, extension), file) };
Object.assign(self, { tropheesFiles: reading });

// What the worker reads tables and compressed files with; loaded with the first of them.
import { unpacked } from "./packed.js";
import { properties, statements } from "./rows.js";
import { table } from "./table.js";
/** @import { FileReading } from "./file-types.js" */

/** @type {FileReading} */
const reading = {
  unpacked,
  statements(data, extension, file) {
    const read = table(data, extension);
    return { ...statements(read, file), table: { ...read, properties: properties(read.columns) } };
  },
};
Object.assign(self, { tropheesFiles: reading });

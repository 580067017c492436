// The members of the event stream at an address, from a moment on if one is given, as N-Quads.
import { intoConfig, replicateLDES } from "ldes-client";
import { Writer } from "n3";

const [url, after] = process.argv.slice(2);
const client = replicateLDES(intoConfig({ url, ...(after && { after: new Date(after) }) }), "none");
client.on("error", (/** @type {unknown} */ error) => {
  console.error(error);
  process.exitCode = 1;
});
const writer = new Writer(process.stdout, { format: "N-Quads" });
for await (const member of client.stream({ highWaterMark: 10 })) {
  writer.addQuads(member.quads);
}
writer.end();

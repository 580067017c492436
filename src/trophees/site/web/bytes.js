// What a worker is given: bytes, gzipped or not, or where to fetch them.

// `come` is told how many bytes have come, each time that some have.
/** @type {(source: string | ArrayBuffer, come?: (bytes: number) => void) => Promise<Uint8Array<ArrayBuffer>>} */
export async function bytes(source, come) {
  const data = new Uint8Array(typeof source === "string" ? await fetched(source, come) : source);
  if (data[0] !== 0x1f || data[1] !== 0x8b) return data; // the host has decompressed it already
  const plain = new Blob([data]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(plain).arrayBuffer());
}

/** @type {(address: string, come?: (bytes: number) => void) => Promise<ArrayBuffer>} */
async function fetched(address, come) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${response.status} ${address}`);
  if (!come || !response.body) return response.arrayBuffer();
  const counted = new TransformStream({
    transform(chunk, out) {
      come(chunk.byteLength);
      out.enqueue(chunk);
    },
  });
  return new Response(response.body.pipeThrough(counted)).arrayBuffer();
}

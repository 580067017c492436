// What a worker is given: bytes, gzipped or not, or where to fetch them.

/** @type {(source: string | ArrayBuffer) => Promise<Uint8Array<ArrayBuffer>>} */
export async function bytes(source) {
  const data = new Uint8Array(typeof source === "string" ? await fetched(source) : source);
  if (data[0] !== 0x1f || data[1] !== 0x8b) return data; // the host has decompressed it already
  const plain = new Blob([data]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(plain).arrayBuffer());
}

/** @type {(address: string) => Promise<ArrayBuffer>} */
async function fetched(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${response.status} ${address}`);
  return response.arrayBuffer();
}

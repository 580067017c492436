// The reader of blocks that `unbzip2-stream` is made with, which tells no types.
type Bits = ((count: number | null) => number) & { bytesRead: number };
declare module "unbzip2-stream/lib/bit_iterator.js" {
  export default function bits(next: () => Uint8Array): Bits;
}
declare module "unbzip2-stream/lib/bzip2.js" {
  const bzip2: {
    header(read: Bits): number; // how many hundred thousand bytes a block has
    // the checksum so far, or null at the end of a stream
    decompress(read: Bits, add: (byte: number) => void, room: Int32Array, size: number, checksum: number): number | null;
  };
  export default bzip2;
}

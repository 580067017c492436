// Files that are compressed, told by their first bytes: gzip, bzip2, xz, Zstandard. By the rules of `trophees/reading/packed.py`.
import { Gunzip } from "fflate";
import { Decompress } from "fzstd";
import bits from "unbzip2-stream/lib/bit_iterator.js";
import bzip2 from "unbzip2-stream/lib/bzip2.js";
import xxhash from "xxhash-wasm";
import { XzReadableStream } from "xz-decompress";
import { Refusal } from "./refusal.js";

export const LARGEST = 1 << 27; // bytes of a file, packed or not: less than on the command line, as a page has less memory
const PART = 1 << 16; // bytes that are unpacked at once, so that a bomb is noticed

/** @typedef {Uint8Array<ArrayBuffer>} Bytes */
/** @typedef {(data: Bytes, add: (part: Uint8Array) => void) => void | Promise<void>} Unpacking */

/** @type {[name: string, begins: number[], unpacking: Unpacking][]} */
const KINDS = [
  ["gzip", [0x1f, 0x8b], gunzipped],
  ["bzip2", [0x42, 0x5a, 0x68], bunzipped],
  ["xz", [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], unxzed],
  ["Zstandard", [0x28, 0xb5, 0x2f, 0xfd], unzstded],
];

// What is in `data`, which may be compressed. Of several members, one after the other, all are read.
/** @type {(data: Bytes) => Promise<Bytes>} */
export async function unpacked(data) {
  if (data.length > LARGEST) throw new Refusal("larger", { n: LARGEST >> 20 });
  const [kind, , unpacking] = KINDS.find(([, begins]) => begins.every((byte, place) => data[place] === byte)) ?? [];
  if (!unpacking) return data;
  /** @type {Uint8Array[]} */
  const parts = [];
  let size = 0;
  try {
    await unpacking(data, (part) => {
      size += part.length;
      if (size > LARGEST) throw new Refusal("bomb", { n: LARGEST >> 20 });
      parts.push(part.slice());
    });
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal("damaged", { kind });
  }
  const found = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    found.set(part, at);
    at += part.length;
  }
  return found;
}

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let code = byte;
  for (let bit = 0; bit < 8; bit += 1) code = code & 1 ? 0xedb88320 ^ (code >>> 1) : code >>> 1;
  return code;
});

// Each member has its checksum after it, and its size (RFC 1952, section 2.3.1), which may end in zeros; what tapes put after
// the last are zeros, too.
/** @type {Unpacking} */
function gunzipped(data, add) {
  let end = data.length;
  while (end && !data[end - 1]) end -= 1;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  let [checksum, size] = [0xffffffff, 0];
  const right = (/** @type {number} */ after) =>
    after >= 18 && after <= data.length && view.getUint32(after - 8, true) === (checksum ^ 0xffffffff) >>> 0 && view.getUint32(after - 4, true) === size;
  const stream = new Gunzip((part) => {
    for (const byte of part) checksum = TABLE[(checksum ^ byte) & 0xff] ^ (checksum >>> 8);
    size += part.length;
    add(part);
  });
  stream.onmember = (after) => {
    if (!right(after)) throw new Error("checksum");
    [checksum, size] = [0xffffffff, 0];
  };
  for (let at = 0; at < end; at += PART) stream.push(data.subarray(at, Math.min(at + PART, end)), false);
  for (let after = end; after <= end + 8; after += 1) if (right(after)) return;
  throw new Error("checksum");
}

/** @type {Unpacking} */
function bunzipped(data, add) {
  let given = false;
  const read = bits(() => {
    if (given) throw new Refusal("cut", { kind: "bzip2" });
    given = true;
    return data;
  });
  while (read.bytesRead < data.length) {
    const size = 100000 * bzip2.header(read);
    /** @type {number | null} */
    let checksum = 0;
    while (checksum !== null) {
      /** @type {number[]} */
      const part = [];
      checksum = bzip2.decompress(read, (byte) => part.push(byte), new Int32Array(size), size, checksum);
      add(Uint8Array.from(part));
    }
  }
}

/** @type {Unpacking} */
async function unxzed(data, add) {
  if (data[7] === 0x0a) throw new Refusal("sha256"); // its check is one that the library does not know
  // a stream ends with these (The .xz File Format, section 2.1.2)
  let end = data.length;
  while (end && !data[end - 1]) end -= 1; // what tapes put after it
  if (data[end - 2] !== 0x59 || data[end - 1] !== 0x5a) throw new Refusal("cut", { kind: "xz" });
  const reader = new XzReadableStream(new Blob([data.subarray(0, end)]).stream()).getReader();
  for (let { value, done } = await reader.read(); !done; { value, done } = await reader.read()) if (value) add(value);
}

// The library does not look at checksums, which `zstd` always writes.
/** @type {Unpacking} */
async function unzstded(data, add) {
  const { create64 } = await xxhash();
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  for (let at = 0; at < data.length; ) {
    const { end, checked, skipped } = frame(view, at);
    if (end > data.length) throw new Refusal("cut", { kind: "Zstandard" });
    const hash = create64();
    const stream = new Decompress((part) => {
      hash.update(part);
      add(part);
    });
    if (!skipped) for (; at < end; at += PART) stream.push(data.subarray(at, Math.min(at + PART, end)), at + PART >= end);
    if (checked && Number(hash.digest() & 0xffffffffn) !== view.getUint32(end - 4, true)) throw new Error("checksum");
    at = end;
  }
}

// Where the frame ends that begins at `at`, and whether it has a checksum, or is to be skipped (RFC 8878, section 3.1).
/** @type {(view: DataView, at: number) => { end: number, checked: boolean, skipped: boolean }} */
function frame(view, at) {
  try {
    const magic = view.getUint32(at, true);
    if (magic >>> 4 === 0x184d2a5) return { end: at + 8 + view.getUint32(at + 4, true), checked: false, skipped: true };
    if (magic !== 0xfd2fb528) throw new Error("magic");
    const told = view.getUint8(at + 4);
    const single = (told >> 5) & 1;
    const checked = ((told >> 2) & 1) === 1;
    let end = at + 5 + (1 - single) + [0, 1, 2, 4][told & 3] + [single, 2, 4, 8][told >> 6];
    for (let last = 0; !last; ) {
      const block = view.getUint16(end, true) | (view.getUint8(end + 2) << 16);
      last = block & 1;
      end += 3 + (((block >> 1) & 3) === 1 ? 1 : block >> 3);
    }
    return { end: end + (checked ? 4 : 0), checked, skipped: false };
  } catch (error) {
    if (error instanceof RangeError) throw new Refusal("cut", { kind: "Zstandard" });
    throw error;
  }
}

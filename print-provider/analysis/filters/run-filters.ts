import { PdfDamage } from "../pdf/pdf-object.ts";

/** Bytes that grow as they are put in, up to a limit; beyond it PdfDamage is thrown. */
function growing(bytesMax: number) {
  let bytes = new Uint8Array(Math.min(bytesMax, 64 * 1024));
  let length = 0;
  return {
    /** Room for so many more bytes, and where to put them. */
    reserve: (count: number): { bytes: Uint8Array; at: number } => {
      if (length + count > bytesMax) throw new PdfDamage("a stream unpacks to too much");
      if (length + count > bytes.length) {
        const larger = new Uint8Array(
          Math.min(bytesMax, Math.max(length + count, bytes.length * 2)),
        );
        larger.set(bytes.subarray(0, length));
        bytes = larger;
      }
      const at = length;
      length += count;
      return { bytes, at };
    },
    result: (): Uint8Array => bytes.subarray(0, length),
  };
}

/** RunLengthDecode (ISO 32000-2, 7.4.5). Throws PdfDamage beyond `bytesMax`. */
export function runLength(bytes: Uint8Array, bytesMax: number): Uint8Array {
  const out = growing(bytesMax);
  for (let at = 0; at < bytes.length; ) {
    const length = bytes[at] ?? 128;
    if (length === 128) break;
    if (length < 128) {
      const run = bytes.subarray(at + 1, at + 2 + length);
      const room = out.reserve(run.length);
      room.bytes.set(run, room.at);
      at += 2 + length;
    } else {
      const room = out.reserve(257 - length);
      room.bytes.fill(bytes[at + 1] ?? 0, room.at, room.at + 257 - length);
      at += 2;
    }
  }
  return out.result();
}

const clearCode = 256;
const endCode = 257;
const codesMax = 4096;

/**
 * LZWDecode (ISO 32000-2, 7.4.4). `early` is the EarlyChange of the parameters: whether codes grow one
 * code before they must. Throws PdfDamage beyond `bytesMax`.
 */
export function lzw(options: { bytes: Uint8Array; early: boolean; bytesMax: number }): Uint8Array {
  const { bytes, early, bytesMax } = options;
  const out = growing(bytesMax);
  // Each code is what another code gives and one byte more.
  const prefix = new Int16Array(codesMax);
  const last = new Uint8Array(codesMax);
  const lengths = new Uint16Array(codesMax).fill(1, 0, 256);
  for (let code = 0; code < 256; code++) last[code] = code;
  let count = 258;
  let width = 9;
  let previous = -1;
  let held = 0;
  let heldBits = 0;

  const emit = (code: number, extra: number): number => {
    const length = lengths[code] ?? 0;
    const room = out.reserve(length + extra);
    let current = code;
    for (let place = length - 1; place >= 0; place--) {
      room.bytes[room.at + place] = last[current] ?? 0;
      current = prefix[current] ?? 0;
    }
    const first = room.bytes[room.at] ?? 0;
    if (extra === 1) room.bytes[room.at + length] = first;
    return first;
  };

  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xffffff;
    heldBits += 8;
    if (heldBits < width) continue;
    heldBits -= width;
    const code = (held >> heldBits) & ((1 << width) - 1);
    if (code === endCode) break;
    if (code === clearCode) {
      count = 258;
      width = 9;
      previous = -1;
      continue;
    }
    if (code > count || (code === count && previous === -1))
      throw new PdfDamage("LZW data are damaged");
    const first = code < count ? emit(code, 0) : emit(previous, 1);
    if (previous !== -1 && count < codesMax) {
      prefix[count] = previous;
      last[count] = first;
      lengths[count] = (lengths[previous] ?? 0) + 1;
      count += 1;
    }
    previous = code;
    if (count + (early ? 1 : 0) >= 1 << width && width < 12) width += 1;
  }
  return out.result();
}

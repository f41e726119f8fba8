import type { Budget } from "../budget.ts";
import type { ByteSource } from "../byte-source.ts";
import { RasterDamage } from "./raster-page.ts";

/** A document read from its beginning to its end, a window at a time. */
export interface ForwardReader {
  /** Bytes from the present place on, at least `length` of them unless the document ends. */
  window(length: number): Buffer;
  /** Goes on; what was in a window behind the new place is not valid any more. */
  skip(length: number): void;
  /** Throws {@link RasterDamage} where the document has fewer. */
  take(length: number): Buffer;
  atEnd(): boolean;
}

const windowBytes = 1024 * 1024;

/** Reads `source` forward, at the cost of the budget. */
export function readForward(source: ByteSource, budget: Budget): ForwardReader {
  let bytes: Buffer = Buffer.alloc(0);
  let base = 0;
  let at = 0;

  const window = (length: number): Buffer => {
    if (bytes.length - at < length && base + bytes.length < source.length) {
      base += at;
      at = 0;
      const read = source.read(base, Math.max(length, windowBytes));
      budget.bytes(read.length);
      bytes = Buffer.from(read.buffer, read.byteOffset, read.length);
    }
    return at === 0 ? bytes : bytes.subarray(at);
  };
  const skip = (length: number): void => {
    at += length;
  };
  return {
    window,
    skip,
    take: (length) => {
      const taken = window(length);
      if (taken.length < length) throw new RasterDamage("the document is cut");
      skip(length);
      return taken.subarray(0, length);
    },
    atEnd: () => base + at >= source.length,
  };
}

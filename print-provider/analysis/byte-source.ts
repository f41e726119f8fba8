/** A document that is read at random, without ever being whole in memory. */
export interface ByteSource {
  /** Bytes in all. */
  readonly length: number;
  /** The bytes from `offset`, fewer than `length` only at the end. Shared: not to be changed. */
  read(offset: number, length: number): Uint8Array;
  /** The same bytes in pieces, each of which is valid only until the next one is asked for. */
  pieces(offset: number, length: number): Iterable<Uint8Array>;
}

const pieceBytes = 1024 * 1024;

/** A document that is in memory. */
export function memorySource(bytes: Uint8Array): ByteSource {
  return {
    length: bytes.length,
    read: (offset, length) => bytes.subarray(offset, offset + length),
    pieces: function* (offset, length) {
      const end = Math.min(bytes.length, offset + length);
      for (let at = offset; at < end; at += pieceBytes)
        yield bytes.subarray(at, Math.min(end, at + pieceBytes));
    },
  };
}

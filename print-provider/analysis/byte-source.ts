/** A document that is read at random, without ever being whole in memory. */
export interface ByteSource {
  /** Bytes in all. */
  readonly length: number;
  /** The bytes from `offset`, fewer than `length` only at the end. Shared: not to be changed. */
  read(offset: number, length: number): Uint8Array;
}

/** A document that is in memory. */
export function memorySource(bytes: Uint8Array): ByteSource {
  return {
    length: bytes.length,
    read: (offset, length) => bytes.subarray(offset, offset + length),
  };
}

/** A document to send. It is opened anew for each attempt, which is at most twice. */
export interface OutgoingDocument {
  /** Bytes in all. Known: announced to the device. Not known: sent in HTTP chunks, which some devices refuse. */
  readonly length: number | undefined;
  /** The bytes in order. `stop` aborts when no more are wanted; the iterator is closed as well. */
  open(stop: AbortSignal): AsyncIterable<Uint8Array>;
}

/** A document that is in memory. */
export function documentOf(bytes: Uint8Array): OutgoingDocument {
  return {
    length: bytes.length,
    async *open() {
      yield await Promise.resolve(bytes);
    },
  };
}

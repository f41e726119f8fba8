import type { OutgoingDocument } from "./document.ts";

/** More is not held in memory for a device that must know a length beforehand. */
const bytesMax = 64 * 1024 * 1024;

/**
 * The same document with its length, for a device that takes no chunks: it is read to its end first.
 * Throws what reading throws, and Error when it is too long to be held.
 */
export async function withLength(
  document: OutgoingDocument,
  signal: AbortSignal,
): Promise<OutgoingDocument> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of document.open(signal)) {
    length += piece.length;
    if (length > bytesMax)
      throw new Error("The device wants to know a length that is too long to be found out.");
    pieces.push(piece);
  }
  return {
    length,
    async *open() {
      for (const piece of pieces) yield await Promise.resolve(piece);
    },
  };
}

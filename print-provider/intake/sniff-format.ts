/** A byte-order mark or a few blanks before the first mark are what some programs write. */
const blanksMost = 16;

/**
 * Tells a document's format by its first bytes. Undefined for one that is not taken. Nothing but
 * blanks may come before the mark: a printer would carry out the commands of another language there.
 */
export function sniffFormat(head: Uint8Array): "application/pdf" | undefined {
  const text = Buffer.from(head.buffer, head.byteOffset, Math.min(head.length, 64))
    .toString("latin1")
    .replace(/^\xef\xbb\xbf/, "");
  const start = text.trimStart();
  return text.length - start.length <= blanksMost && start.startsWith("%PDF-")
    ? "application/pdf"
    : undefined;
}

/** Bytes that `sniffFormat` wants to see, unless the document is shorter. */
export const sniffBytes = 5 + blanksMost + 3;

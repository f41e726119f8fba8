import type { ByteSource } from "../byte-source.ts";

const windowBytes = 16 * 1024;

/** A place in a document that moves on byte by byte, reading a window at a time. */
export interface Cursor {
  /** The window, and the next byte's place in it. */
  bytes: Uint8Array;
  at: number;
  /** Where the window begins in the document. */
  base: number;
  readonly source: ByteSource;
}

export function cursorAt(source: ByteSource, offset: number): Cursor {
  return { bytes: source.read(offset, windowBytes), at: 0, base: offset, source };
}

/** The next byte, or -1 at the end; moves on. */
export function take(cursor: Cursor): number {
  const byte = peek(cursor);
  if (byte !== -1) cursor.at += 1;
  return byte;
}

/** The next byte, or -1 at the end; stays. After a `take`, one step back (`at -= 1`) is allowed. */
export function peek(cursor: Cursor): number {
  const byte = cursor.bytes[cursor.at];
  if (byte !== undefined) return byte;
  const next = cursor.base + cursor.at;
  if (next >= cursor.source.length) return -1;
  cursor.base = next;
  cursor.bytes = cursor.source.read(next, windowBytes);
  cursor.at = 0;
  return cursor.bytes[0] ?? -1;
}

export function placeOf(cursor: Cursor): number {
  return cursor.base + cursor.at;
}

export function moveTo(cursor: Cursor, offset: number): void {
  const at = offset - cursor.base;
  if (at >= 0 && at <= cursor.bytes.length) {
    cursor.at = at;
    return;
  }
  cursor.base = offset;
  cursor.bytes = cursor.source.read(offset, windowBytes);
  cursor.at = 0;
}

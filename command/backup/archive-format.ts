import type { Envelope } from "./envelope.ts";

/*
 * A backup is one file: a line that names the form, a line of JSON (the envelope of its key), and
 * segments of 1 MiB, each sealed with AES-256-GCM under its number. Inside, the files one after the
 * other: four bytes of length and a JSON head `{"file": "server/server.db"}`, then pieces with four
 * bytes of length before each, an empty one last; at the end the head `{"files": 12}`.
 */

export const formLine = "guichet-backup-1\n";
export const segmentBytes = 1024 * 1024;
export const tagBytes = 16;
/** The two lines before the segments; more than any envelope needs. */
export const headBytesMost = 4096;

export function headOf(envelope: Envelope): Buffer {
  return Buffer.from(`${formLine}${JSON.stringify(envelope)}\n`);
}

/** A segment's nonce: its number, and whether it is the last. A key seals one backup only. */
export function nonceOf(number: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt8(last ? 1 : 0, 3);
  nonce.writeBigUInt64BE(BigInt(number), 4);
  return nonce;
}

export function lastMark(files: number): { files: number } {
  return { files };
}

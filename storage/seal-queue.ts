import { fdatasync, write, writeSync } from "node:fs";
import { promisify } from "node:util";
import { segmentBytes, tagBytes } from "./seal-format.ts";

/** How much may wait to be written, so that a fast sender cannot fill the memory. */
const waitingBytesMax = 4 * segmentBytes;
/** Dirty pages are flushed on the way, so that the last sync has little left to do. */
const flushEveryBytes = 16 * segmentBytes;
const roomBytes = segmentBytes + tagBytes;
/** Less than this is copied to the system sooner than another thread is woken up for it. */
const atOnceBytes = 64 * 1024;

const writeLater = promisify(write);
const datasyncLater = promisify(fdatasync);

/**
 * Rooms that were written out, for the next file: they hold sealed bytes only. A new one for each small
 * document would have the collector go through the whole memory every few dozen documents.
 */
const free: Buffer[] = [];
const freeMost = 8;

/** What is sealed and waits for the disk. */
export interface SealQueue {
  /** A buffer for one segment; the queue takes it back when what it holds was written. */
  take(): Buffer;
  /** Writes after all that was put before; a failure is told by `room` and `drain`. */
  put(buffer: Buffer): void;
  /** Resolves when more may be put. */
  room(): Promise<void>;
  /** Resolves when all is written, though not yet durable; nothing is in course then, or after it rejects. */
  drain(): Promise<void>;
}

/** Writes buffers one after the other while the next ones are sealed; the first failure stays. */
export function queueTo(file: number): SealQueue {
  let tail: Promise<void> = Promise.resolve();
  let waiting = 0;
  let unflushed = 0;
  let flushing: Promise<void> = Promise.resolve();

  const writeNow = async (buffer: Buffer): Promise<void> => {
    for (let from = 0; from < buffer.length; )
      from +=
        buffer.length <= atOnceBytes
          ? writeSync(file, buffer, from)
          : (await writeLater(file, buffer, from, buffer.length - from, null)).bytesWritten;
    waiting -= buffer.length;
    unflushed += buffer.length;
    if (buffer.buffer.byteLength === roomBytes && free.length < freeMost)
      free.push(Buffer.from(buffer.buffer));
    if (unflushed < flushEveryBytes) return;
    unflushed = 0;
    await flushing;
    flushing = datasyncLater(file);
    flushing.catch(() => undefined); // told by the next flush, or by `drain`
  };

  return {
    take: () => free.pop() ?? Buffer.allocUnsafeSlow(roomBytes),
    put: (buffer) => {
      waiting += buffer.length;
      tail = tail.then(() => writeNow(buffer));
      tail.catch(() => undefined); // told by `room` and `drain`
    },
    room: async () => {
      if (waiting > waitingBytesMax) await tail;
    },
    drain: async () => {
      try {
        await tail;
      } finally {
        await flushing;
      }
    },
  };
}

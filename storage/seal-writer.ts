import { type KeyObject, randomBytes } from "node:crypto";
import { closeSync, fsync, openSync, renameSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { promisify } from "node:util";
import { giveBack } from "./give-back.ts";
import {
  type FileSeal,
  newFileSeal,
  sealPart,
  sealTrailer,
  segmentBytes,
  tagBytes,
} from "./seal-format.ts";
import { queueTo } from "./seal-queue.ts";
import { storageErrorFrom } from "./storage-error.ts";
import { syncFolderLater } from "./sync-folder.ts";

/** The ending of a file that is still being written; what has it after a start is an orphan. */
export const partSuffix = ".part";

const syncLater = promisify(fsync);

export interface SealWriter {
  /** Takes the next plain bytes; resolves when more may come. The chunk may be reused afterwards. */
  write(chunk: Uint8Array): Promise<void>;
  /** Makes the file durable under its name; gives its plain length. Nothing may be written after. */
  finish(): Promise<{ plainBytes: number }>;
  /** Gives up and removes what was written. Harmless after `finish` or a failure. */
  abort(): Promise<void>;
}

/**
 * Starts a sealed file at `path` (its folder must exist), under a temporary name until it is whole.
 * All methods throw StorageError when the disk is full or fails.
 */
export function sealTo(options: { path: string; key: KeyObject }): SealWriter {
  const { path, key } = options;
  const temporary = path + partSuffix;
  const seal = newFileSeal(key, randomBytes(16));
  try {
    const file = openSync(temporary, "wx", 0o600);
    return writerOf({ path, temporary, file, seal });
  } catch (error) {
    throw storageErrorFrom(error, path);
  }
}

function writerOf(options: {
  path: string;
  temporary: string;
  file: number;
  seal: FileSeal;
}): SealWriter {
  const { path, temporary, file, seal } = options;
  const queue = queueTo(file);
  let segment = startSegment(seal, 0, queue.take());
  let plainBytes = 0;
  let ended = false;
  let isWhole = false;
  let name = temporary;
  let open = true;
  const close = (): void => {
    if (open) closeSync(file);
    open = false;
  };
  queue.put(seal.header);

  const failing = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw storageErrorFrom(error, path);
    }
  };

  return {
    write: (chunk) => {
      if (ended) throw new Error("A sealed file was written to after its end.");
      plainBytes += chunk.length;
      for (let from = 0; from < chunk.length; ) {
        from += addTo(segment, chunk.subarray(from, from + segmentBytes - segment.plainBytes));
        if (segment.plainBytes === segmentBytes) {
          queue.put(endSegment(segment));
          segment = startSegment(seal, segment.index + 1, queue.take());
        }
      }
      return failing(() => queue.room());
    },
    finish: () => {
      if (ended) throw new Error("A sealed file was ended twice.");
      ended = true;
      return failing(async () => {
        const segments = segment.plainBytes > 0 ? segment.index + 1 : segment.index;
        if (segment.plainBytes > 0) queue.put(endSegment(segment));
        queue.put(sealTrailer(seal, { segments, plainBytes }));
        await queue.drain();
        // Name and bytes are flushed together. A power cut in between may leave a cut file under the
        // name: nobody was told of it yet, and its missing end would be noticed.
        renameSync(temporary, path);
        name = path;
        const flushes = [syncLater(file), syncFolderLater(dirname(path))];
        for (const flush of await Promise.allSettled(flushes))
          if (flush.status === "rejected") throw flush.reason;
        close();
        isWhole = true;
        return { plainBytes };
      });
    },
    abort: async () => {
      ended = true;
      if (isWhole) return;
      await queue.drain().catch(() => undefined);
      close();
      rmSync(name, { force: true });
    },
  };
}

interface OpenSegment {
  index: number;
  cipher: ReturnType<typeof sealPart>;
  /** Room for a whole segment and its tag, filled up to `plainBytes`. */
  room: Buffer;
  plainBytes: number;
}

function startSegment(seal: FileSeal, index: number, room: Buffer): OpenSegment {
  return { index, cipher: sealPart(seal, { kind: "segment", index }), room, plainBytes: 0 };
}

function addTo(segment: OpenSegment, plain: Uint8Array): number {
  const sealed = segment.cipher.update(plain);
  segment.room.set(sealed, segment.plainBytes);
  segment.plainBytes += plain.length;
  giveBack(sealed);
  return plain.length;
}

function endSegment(segment: OpenSegment): Buffer {
  segment.cipher.final();
  segment.room.set(segment.cipher.getAuthTag(), segment.plainBytes);
  return segment.room.subarray(0, segment.plainBytes + tagBytes);
}

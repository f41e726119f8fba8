import { type KeyObject, randomBytes } from "node:crypto";
import { type FileHandle, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { giveBack } from "./give-back.ts";
import { type FileSeal, newFileSeal, sealPart, segmentBytes, tagBytes } from "./seal-format.ts";
import { queueTo } from "./seal-queue.ts";
import { storageErrorFrom } from "./storage-error.ts";
import { syncFolderLater } from "./sync-folder.ts";

/** The ending of a file that is still being written; what has it after a start is an orphan. */
export const partSuffix = ".part";

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
export async function sealTo(options: { path: string; key: KeyObject }): Promise<SealWriter> {
  const { path, key } = options;
  const temporary = path + partSuffix;
  const seal = newFileSeal(key, randomBytes(16));
  try {
    const handle = await open(temporary, "wx", 0o600);
    return writerOf({ path, temporary, handle, seal });
  } catch (error) {
    throw storageErrorFrom(error, path);
  }
}

function writerOf(file: {
  path: string;
  temporary: string;
  handle: FileHandle;
  seal: FileSeal;
}): SealWriter {
  const { path, temporary, handle, seal } = file;
  const queue = queueTo(handle);
  let segment = startSegment(seal, 0, queue.take());
  let plainBytes = 0;
  let ended = false;
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
        queue.put(trailerOf(seal, segments, plainBytes));
        await queue.drain();
        await handle.sync();
        await handle.close();
        await rename(temporary, path);
        await syncFolderLater(dirname(path));
        return { plainBytes };
      });
    },
    abort: async () => {
      ended = true;
      await queue.drain().catch(() => undefined);
      await handle.close().catch(() => undefined);
      await rm(temporary, { force: true });
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

function trailerOf(seal: FileSeal, segments: number, plainBytes: number): Buffer {
  const length = Buffer.alloc(8);
  length.writeBigUInt64BE(BigInt(plainBytes));
  const cipher = sealPart(seal, { kind: "trailer", segments });
  return Buffer.concat([cipher.update(length), cipher.final(), cipher.getAuthTag()]);
}

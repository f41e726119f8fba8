import type { KeyObject } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";
import { giveBack } from "./give-back.ts";
import { fileSealBroken } from "./seal-broken.ts";
import {
  type FileSeal,
  headerBytes,
  openPart,
  plainBytesOf,
  readFileSeal,
  segmentBytes,
  segmentCount,
  segmentPlace,
  tagBytes,
  trailerBytes,
} from "./seal-format.ts";
import { storageErrorFrom } from "./storage-error.ts";

/** A sealed file, opened. Everything it gives was verified before. */
export interface SealedFile {
  /** Plain bytes. */
  readonly length: number;
  /** The bytes from `offset`, fewer than `length` only at the end of the file. */
  read(offset: number, length: number): Promise<Buffer>;
  /**
   * All bytes from `start` on, a segment at a time, one ahead of the reader. With `lend` each piece is
   * taken back when the next one is asked for: steady memory, for a reader that is done with it by then.
   */
  stream(options?: { start?: number; lend?: boolean }): AsyncGenerator<Buffer, void>;
  close(): Promise<void>;
}

/**
 * Opens the sealed file at `path`. Throws SealBroken when it is not whole or not sealed with `key`
 * (here, or later at the segment that was changed), StorageError when it cannot be read.
 */
export async function openSealed(options: { path: string; key: KeyObject }): Promise<SealedFile> {
  const { path, key } = options;
  let handle: FileHandle | undefined;
  try {
    handle = await open(path, "r");
    const header = await readExactly(handle, 0, headerBytes);
    const { size } = await handle.stat();
    const plainBytes = plainBytesOf(size);
    const seal = readFileSeal(key, header);
    if (seal === undefined) throw fileSealBroken(path, "its head is not one of a sealed file");
    if (plainBytes === undefined) throw fileSealBroken(path, "its length is impossible");
    const trailer = await readExactly(handle, size - trailerBytes, trailerBytes);
    verifyTrailer({ path, seal, trailer, plainBytes });
    return fileOf({ path, handle, seal, length: plainBytes });
  } catch (error) {
    await handle?.close();
    throw storageErrorFrom(error, path);
  }
}

/** Throws SealBroken unless the trailer was sealed with this file and says this length. */
export function verifyTrailer(options: {
  path: string;
  seal: FileSeal;
  trailer: Buffer;
  plainBytes: number;
}): void {
  const { path, seal, trailer, plainBytes } = options;
  const part = { kind: "trailer", segments: segmentCount(plainBytes) } as const;
  const stated = openPart(seal, part, trailer)?.readBigUInt64BE();
  if (stated !== BigInt(plainBytes)) throw fileSealBroken(path, "its end is not the one it had");
}

function fileOf(file: {
  path: string;
  handle: FileHandle;
  seal: FileSeal;
  length: number;
}): SealedFile {
  const { path, handle, seal, length: fileLength } = file;

  // Sealed bytes are read into the same few buffers: garbage of this size piles up before it goes.
  const rooms: Buffer[] = [];
  const segment = async (index: number): Promise<Buffer> => {
    const room = rooms.pop() ?? Buffer.allocUnsafeSlow(segmentBytes + tagBytes);
    try {
      const { position, length } = segmentPlace(index, fileLength);
      const sealed = await readInto(handle, position, room.subarray(0, length));
      const plain = openPart(seal, { kind: "segment", index }, sealed);
      if (plain === undefined) throw fileSealBroken(path, `part ${index} does not fit its seal`);
      return plain;
    } catch (error) {
      throw storageErrorFrom(error, path);
    } finally {
      rooms.push(room);
    }
  };

  return {
    length: fileLength,
    read: async (offset, length) => {
      const end = Math.min(fileLength, offset + length);
      const pieces: Buffer[] = [];
      for (let at = offset; at < end; ) {
        const index = Math.floor(at / segmentBytes);
        const from = at - index * segmentBytes;
        const piece = (await segment(index)).subarray(from, from + end - at);
        pieces.push(piece);
        at += piece.length;
      }
      return pieces.length === 1 && pieces[0] !== undefined ? pieces[0] : Buffer.concat(pieces);
    },
    stream: async function* ({ start = 0, lend = false } = {}) {
      const first = Math.floor(start / segmentBytes);
      const count = segmentCount(fileLength);
      let next = first < count ? segment(first) : undefined;
      for (let index = first; next !== undefined; index++) {
        const current = await next;
        next = index + 1 < count ? segment(index + 1) : undefined;
        // Told to whoever asks for it; nobody may ask any more.
        next?.catch(() => undefined);
        yield index === first ? current.subarray(start - first * segmentBytes) : current;
        if (lend) giveBack(current);
      }
    },
    close: () => handle.close(),
  };
}

function readExactly(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  return readInto(handle, position, Buffer.alloc(length));
}

/** Fills the buffer; gives its filled part, shorter only at the end of the file. */
async function readInto(handle: FileHandle, position: number, buffer: Buffer): Promise<Buffer> {
  let got = 0;
  while (got < buffer.length) {
    const { bytesRead } = await handle.read(buffer, got, buffer.length - got, position + got);
    if (bytesRead === 0) break;
    got += bytesRead;
  }
  return buffer.subarray(0, got);
}

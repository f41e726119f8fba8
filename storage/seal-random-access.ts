import type { KeyObject } from "node:crypto";
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { forgetOldest } from "./forget-oldest.ts";
import { giveBack } from "./give-back.ts";
import { fileSealBroken } from "./seal-broken.ts";
import {
  headerBytes,
  openPart,
  plainBytesOf,
  readFileSeal,
  segmentBytes,
  segmentPlace,
  tagBytes,
  trailerBytes,
} from "./seal-format.ts";
import { verifyTrailer } from "./seal-reader.ts";
import { storageErrorFrom } from "./storage-error.ts";

/** A sealed file for a process of its own that jumps about in it, and may block while it reads. */
export interface SealedRandomAccess {
  readonly length: number;
  /** The bytes from `offset`, fewer only at the end. Shared with the segments kept: not to be changed. */
  read(offset: number, length: number): Uint8Array;
  /** The same bytes in pieces, each of which is taken back when the next one is asked for. */
  pieces(offset: number, length: number): Generator<Uint8Array, void>;
  close(): void;
}

/**
 * Opens the sealed file at `path` for blocking reads, with the segments last used kept open.
 * Throws as `openSealed` does.
 */
export function openSealedBlocking(options: {
  path: string;
  key: KeyObject;
  /** How many opened segments of 1 MiB are kept. */
  segmentsKept?: number;
}): SealedRandomAccess {
  const { path, key, segmentsKept = 16 } = options;
  let descriptor: number | undefined;
  try {
    const file = openSync(path, "r");
    descriptor = file;
    const { size } = fstatSync(file);
    const seal = readFileSeal(key, readExactly(file, 0, headerBytes));
    const length = plainBytesOf(size);
    if (seal === undefined) throw fileSealBroken(path, "its head is not one of a sealed file");
    if (length === undefined) throw fileSealBroken(path, "its length is impossible");
    const trailer = readExactly(file, size - trailerBytes, trailerBytes);
    verifyTrailer({ path, seal, trailer, plainBytes: length });

    const kept = new Map<number, Buffer>();
    const room = Buffer.allocUnsafeSlow(segmentBytes + tagBytes);
    const opened = (index: number): Buffer => {
      const place = segmentPlace(index, length);
      const sealed = readInto(file, place.position, room.subarray(0, place.length));
      const plain = openPart(seal, { kind: "segment", index }, sealed);
      if (plain === undefined) throw fileSealBroken(path, `part ${index} does not fit its seal`);
      return plain;
    };
    const segment = (index: number): Buffer => {
      const plain = kept.get(index) ?? opened(index);
      kept.delete(index);
      kept.set(index, plain);
      forgetOldest(kept, segmentsKept);
      return plain;
    };
    return {
      length,
      read: (offset, wanted) => readAcross({ segment, length, offset, wanted }),
      pieces: function* (offset, wanted) {
        const end = Math.min(length, offset + wanted);
        for (let at = offset; at < end; ) {
          const index = Math.floor(at / segmentBytes);
          const known = kept.get(index);
          const plain = known ?? opened(index);
          const from = at - index * segmentBytes;
          const piece = plain.subarray(from, from + end - at);
          at += piece.length;
          yield piece;
          if (known === undefined) giveBack(plain);
        }
      },
      close: () => closeSync(file),
    };
  } catch (error) {
    if (descriptor !== undefined) closeSync(descriptor);
    throw storageErrorFrom(error, path);
  }
}

function readAcross(options: {
  segment: (index: number) => Buffer;
  length: number;
  offset: number;
  wanted: number;
}): Uint8Array {
  const { segment, offset } = options;
  const end = Math.min(options.length, offset + options.wanted);
  const pieces: Buffer[] = [];
  for (let at = offset; at < end; ) {
    const index = Math.floor(at / segmentBytes);
    const from = at - index * segmentBytes;
    const piece = segment(index).subarray(from, from + end - at);
    pieces.push(piece);
    at += piece.length;
  }
  return pieces.length === 1 && pieces[0] !== undefined ? pieces[0] : Buffer.concat(pieces);
}

function readExactly(descriptor: number, position: number, length: number): Buffer {
  return readInto(descriptor, position, Buffer.alloc(length));
}

/** Fills the buffer; gives its filled part, shorter only at the end of the file. */
function readInto(descriptor: number, position: number, buffer: Buffer): Buffer {
  let got = 0;
  while (got < buffer.length) {
    const count = readSync(descriptor, buffer, got, buffer.length - got, position + got);
    if (count === 0) break;
    got += count;
  }
  return buffer.subarray(0, got);
}

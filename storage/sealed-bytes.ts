import { type KeyObject, randomBytes } from "node:crypto";
import { SealBroken } from "./seal-broken.ts";
import {
  headerBytes,
  newFileSeal,
  openPart,
  plainBytesOf,
  readFileSeal,
  sealPart,
  sealTrailer,
  segmentBytes,
  segmentPlace,
  trailerBytes,
} from "./seal-format.ts";
import type { SealedFile } from "./seal-reader.ts";

/**
 * Seals what is short enough for one segment in memory: the very bytes that a sealed file of it would
 * have. For what is kept in a database, with the commit that tells of it.
 */
export function sealBytes(options: { pieces: readonly Uint8Array[]; key: KeyObject }): Buffer {
  const { pieces, key } = options;
  const plainBytes = pieces.reduce((sum, piece) => sum + piece.length, 0);
  if (plainBytes > segmentBytes) throw new Error("It is too long to be sealed in memory.");
  const seal = newFileSeal(key, randomBytes(16));
  if (plainBytes === 0)
    return Buffer.concat([seal.header, sealTrailer(seal, { segments: 0, plainBytes })]);
  const cipher = sealPart(seal, { kind: "segment", index: 0 });
  const sealed = pieces.map((piece) => cipher.update(piece));
  cipher.final();
  const trailer = sealTrailer(seal, { segments: 1, plainBytes });
  return Buffer.concat([seal.header, ...sealed, cipher.getAuthTag(), trailer]);
}

/** Opens what `sealBytes` sealed. Throws SealBroken when it is not whole or not sealed with `key`. */
export function openSealedBytes(options: { sealed: Uint8Array; key: KeyObject }): Buffer {
  const { key } = options;
  const { buffer, byteOffset, byteLength } = options.sealed;
  const sealed = Buffer.from(buffer, byteOffset, byteLength);
  const seal = readFileSeal(key, sealed.subarray(0, headerBytes));
  const length = plainBytesOf(sealed.length);
  if (seal === undefined || length === undefined || length > segmentBytes) throw broken();
  const segments = length > 0 ? 1 : 0;
  const trailer = sealed.subarray(sealed.length - trailerBytes);
  const stated = openPart(seal, { kind: "trailer", segments }, trailer)?.readBigUInt64BE();
  if (stated !== BigInt(length)) throw broken();
  if (segments === 0) return Buffer.alloc(0);
  const place = segmentPlace(0, length);
  const segment = sealed.subarray(place.position, place.position + place.length);
  const plain = openPart(seal, { kind: "segment", index: 0 }, segment);
  if (plain === undefined) throw broken();
  return plain;
}

/** The same, to be read as a sealed file is. */
export function sealedBytesAsFile(options: { sealed: Uint8Array; key: KeyObject }): SealedFile {
  const plain = openSealedBytes(options);
  return {
    length: plain.length,
    read: (offset, length) => Promise.resolve(plain.subarray(offset, offset + length)),
    stream: async function* ({ start = 0 } = {}) {
      if (start < plain.length) yield await Promise.resolve(plain.subarray(start));
    },
    close: () => Promise.resolve(),
  };
}

function broken(): SealBroken {
  return new SealBroken(
    "A stored document is not used, since it is not what was sealed: it was changed, or sealed with another key. Ask for it to be sent again.",
  );
}

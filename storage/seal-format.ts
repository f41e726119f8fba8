import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  hkdfSync,
  type KeyObject,
} from "node:crypto";

/*
 * A sealed file:
 *
 *   header 32 bytes | segment 0 | segment 1 | … | trailer 24 bytes
 *
 * header   "GuichetS", version, 7 zero bytes, 16 random bytes of file id
 * segment  up to 1 MiB, encrypted, and its 16-byte tag; only the last one may be shorter
 * trailer  the plain length as 8 bytes, encrypted, and its tag: without it the file was cut
 *
 * Each part is AES-256-GCM under a key made from the given key and the file id, with its kind and its
 * counter as the nonce and the header as associated data. So a part fits one place of one file only.
 */

export const segmentBytes = 1024 * 1024;
export const headerBytes = 32;
export const tagBytes = 16;
export const trailerBytes = 8 + tagBytes;
const magic = Buffer.from("GuichetS", "latin1");
const version = 1;

/** What is needed to seal or open the parts of one file. */
export interface FileSeal {
  header: Buffer;
  key: KeyObject;
}

/** The seal of a file: `key` is 32 bytes, `fileId` 16 random bytes never used before with it. */
export function newFileSeal(key: KeyObject, fileId: Uint8Array): FileSeal {
  const header = Buffer.alloc(headerBytes);
  magic.copy(header);
  header.writeUInt8(version, 8);
  header.set(fileId, 16);
  return { header, key: fileKey(key, fileId) };
}

/** Reads a header; undefined when it is not one of a file that this program can open. */
export function readFileSeal(key: KeyObject, header: Buffer): FileSeal | undefined {
  if (header.length !== headerBytes || !header.subarray(0, 8).equals(magic)) return undefined;
  if (header.readUInt8(8) !== version) return undefined;
  return { header, key: fileKey(key, header.subarray(16)) };
}

function fileKey(key: KeyObject, fileId: Uint8Array): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync("sha256", key, fileId, "guichet sealed file 1", 32)));
}

export type Part = { kind: "segment"; index: number } | { kind: "trailer"; segments: number };

function nonceOf(part: Part): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt8(part.kind === "trailer" ? 1 : 0, 0);
  nonce.writeBigUInt64BE(BigInt(part.kind === "trailer" ? part.segments : part.index), 4);
  return nonce;
}

/** The cipher of one part: update with its plain bytes, final, then its tag. */
export function sealPart(seal: FileSeal, part: Part): ReturnType<typeof newCipher> {
  const cipher = newCipher(seal.key, nonceOf(part));
  cipher.setAAD(seal.header);
  return cipher;
}

function newCipher(key: KeyObject, nonce: Buffer) {
  return createCipheriv("aes-256-gcm", key, nonce, { authTagLength: tagBytes });
}

/** The end of a file of so many segments and plain bytes. */
export function sealTrailer(
  seal: FileSeal,
  { segments, plainBytes }: { segments: number; plainBytes: number },
): Buffer {
  const length = Buffer.alloc(8);
  length.writeBigUInt64BE(BigInt(plainBytes));
  const cipher = sealPart(seal, { kind: "trailer", segments });
  return Buffer.concat([cipher.update(length), cipher.final(), cipher.getAuthTag()]);
}

/** Opens one part (with its tag at the end); undefined when it is not the part that was sealed. */
export function openPart(seal: FileSeal, part: Part, sealed: Buffer): Buffer | undefined {
  if (sealed.length < tagBytes) return undefined;
  const end = sealed.length - tagBytes;
  const decipher = createDecipheriv("aes-256-gcm", seal.key, nonceOf(part), {
    authTagLength: tagBytes,
  });
  decipher.setAAD(seal.header);
  decipher.setAuthTag(sealed.subarray(end));
  const plain = decipher.update(sealed.subarray(0, end));
  try {
    decipher.final();
  } catch {
    return undefined;
  }
  return plain;
}

export function segmentCount(plainBytes: number): number {
  return Math.ceil(plainBytes / segmentBytes);
}

/** The whole size on the disk of a file of so many plain bytes. */
export function sealedSize(plainBytes: number): number {
  return headerBytes + plainBytes + segmentCount(plainBytes) * tagBytes + trailerBytes;
}

/** Where a segment lies on the disk: position and length, its tag included. */
export function segmentPlace(
  index: number,
  plainBytes: number,
): { position: number; length: number } {
  const plain = Math.min(segmentBytes, plainBytes - index * segmentBytes);
  return { position: headerBytes + index * (segmentBytes + tagBytes), length: plain + tagBytes };
}

/** The plain length that the trailer of a file of `fileBytes` must state, or undefined: no such size. */
export function plainBytesOf(fileBytes: number): number | undefined {
  const body = fileBytes - headerBytes - trailerBytes;
  if (body < 0) return undefined;
  const plain = body - Math.ceil(body / (segmentBytes + tagBytes)) * tagBytes;
  return plain >= 0 && sealedSize(plain) === fileBytes ? plain : undefined;
}

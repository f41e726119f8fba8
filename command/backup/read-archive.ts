import { createDecipheriv, type KeyObject } from "node:crypto";
import { closeSync, openSync, readSync } from "node:fs";
import { Type } from "typebox";
import { Compile } from "typebox/compile";
import { storageErrorFrom } from "../../storage/storage-error.ts";
import { UserError } from "../folders.ts";
import { formLine, headBytesMost, nonceOf, segmentBytes, tagBytes } from "./archive-format.ts";

/** Two words and a name, never a way out of the folder: `server/spool/….sealed`. */
const FileHead = Type.Object({
  file: Type.String({
    pattern: "^[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*){0,4}$",
  }),
});
const LastHead = Type.Object({ files: Type.Integer({ minimum: 0 }) });
const fileHead = Compile(FileHead);
const lastHead = Compile(LastHead);

/** Whether a file may be in a backup by this name. */
export function isFileName(name: string): boolean {
  return fileHead.Check({ file: name });
}

/** The envelope of a backup and where its segments begin. Throws `UserError` for what is none. */
export function readHead(path: string): { envelope: unknown; head: Buffer } {
  const file = open(path);
  try {
    const buffer = Buffer.alloc(headBytesMost);
    const text = buffer.subarray(0, readSync(file, buffer, 0, headBytesMost, 0));
    const first = text.indexOf(10);
    const second = text.indexOf(10, first + 1);
    if (second < 0 || text.toString("latin1", 0, first + 1) !== formLine)
      throw new UserError(`${path} is not a backup of Guichet, or of a newer one.`);
    const envelope: unknown = JSON.parse(text.toString("utf8", first + 1, second));
    return { envelope, head: Buffer.from(text.subarray(0, second + 1)) };
  } finally {
    closeSync(file);
  }
}

/**
 * Reads a backup from its beginning to its end: each file is begun with its name, given in pieces, and
 * ended by undefined. Nothing is given that was not verified; whether nothing is missing is known only
 * when this returns. Throws `UserError` where the backup is damaged or cut off.
 */
export function readArchive(
  options: { path: string; key: KeyObject; head: Buffer },
  take: (name: string, piece: Buffer | undefined) => void,
): { files: number } {
  const source = plainOf(options);
  const damaged = () => new UserError(`${options.path} is damaged: it cannot be restored.`);
  const { next, isAtEnd, close } = source;
  try {
    for (let files = 0; ; files += 1) {
      const head: unknown = JSON.parse(next(length(next(4), 4096)).toString("utf8"));
      if (lastHead.Check(head)) {
        if (head.files !== files || !isAtEnd()) throw damaged();
        return { files };
      }
      if (!fileHead.Check(head)) throw damaged();
      for (;;) {
        const size = length(next(4), segmentBytes);
        take(head.file, size === 0 ? undefined : next(size));
        if (size === 0) break;
      }
    }
  } catch (error) {
    if (error instanceof RangeError || error instanceof SyntaxError) throw damaged();
    throw error;
  } finally {
    close();
  }
}

function length(bytes: Buffer, most: number): number {
  const size = bytes.readUInt32BE(0);
  if (size > most) throw new RangeError("A length is too great.");
  return size;
}

/** The plain bytes behind the head, verified segment by segment. */
function plainOf({ path, key, head }: { path: string; key: KeyObject; head: Buffer }) {
  const file = open(path);
  const buffer = Buffer.alloc(segmentBytes + tagBytes);
  let position = head.length;
  let number = 0;
  let plain = Buffer.alloc(0);
  let ended = false;

  function openSegment(): void {
    let read = 0;
    for (let got = -1; got !== 0 && read < buffer.length; read += got)
      got = readSync(file, buffer, read, buffer.length - read, position + read);
    if (read < tagBytes || ended) throw new RangeError("It is cut off.");
    position += read;
    // Only the last may be short; a whole one may be the last all the same.
    const opened = (read === buffer.length ? unseal(read, false) : undefined) ?? unseal(read, true);
    if (opened === undefined) throw new RangeError("A segment was changed.");
    plain = plain.length === 0 ? opened : Buffer.concat([plain, opened]);
    number += 1;
  }

  function unseal(read: number, last: boolean): Buffer<ArrayBuffer> | undefined {
    const decipher = createDecipheriv("aes-256-gcm", key, nonceOf(number, last), {
      authTagLength: tagBytes,
    });
    if (number === 0) decipher.setAAD(head);
    decipher.setAuthTag(buffer.subarray(read - tagBytes, read));
    const bytes = decipher.update(buffer.subarray(0, read - tagBytes));
    try {
      decipher.final();
    } catch {
      return undefined;
    }
    ended = last;
    return Buffer.from(bytes);
  }

  return {
    next(size: number): Buffer {
      while (plain.length < size) openSegment();
      const piece = plain.subarray(0, size);
      plain = plain.subarray(size);
      return piece;
    },
    isAtEnd: () => ended && plain.length === 0,
    close: () => closeSync(file),
  };
}

function open(path: string): number {
  try {
    return openSync(path, "r");
  } catch (error) {
    throw storageErrorFrom(error, path);
  }
}

import { createCipheriv, type KeyObject } from "node:crypto";
import { closeSync, fsyncSync, linkSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { storageErrorFrom } from "../../storage/storage-error.ts";
import { syncFolder } from "../../storage/sync-folder.ts";
import { UserError } from "../folders.ts";
import { headOf, lastMark, nonceOf, segmentBytes } from "./archive-format.ts";
import type { Envelope } from "./envelope.ts";

export type ArchiveWriter = {
  /** Adds a file, as it is now. */
  add: (name: string, path: string) => void;
  /** Makes it durable and gives it its name. */
  finish: () => { files: number; bytes: number };
  /** Leaves nothing of it. Harmless after `finish`. */
  abort: () => void;
};

/**
 * Begins a backup at `path`, sealed with AES-256-GCM in segments, each with its number and the last one
 * marked; see `archive-format.ts`. It has its name only once it is whole. Throws `UserError` where
 * something of that name is there already, and StorageError.
 */
export function writeArchive(options: {
  path: string;
  key: KeyObject;
  envelope: Envelope;
}): ArchiveWriter {
  const { path, key, envelope } = options;
  const part = `${path}.part`;
  const guarded = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw storageErrorFrom(error, path);
    }
  };
  const head = headOf(envelope);
  const file = guarded(() => openSync(part, "wx", 0o600));
  const gathered = Buffer.alloc(segmentBytes);
  let filled = 0;
  let number = 0;
  let files = 0;
  let bytes = 0;
  let open = true;
  guarded(() => writeSync(file, head));

  function seal(last: boolean): void {
    const cipher = createCipheriv("aes-256-gcm", key, nonceOf(number, last));
    if (number === 0) cipher.setAAD(head);
    const sealed = cipher.update(gathered.subarray(0, filled));
    cipher.final();
    guarded(() => writeSync(file, Buffer.concat([sealed, cipher.getAuthTag()])));
    number += 1;
    filled = 0;
  }

  function put(piece: Uint8Array): void {
    for (let at = 0; at < piece.length; ) {
      if (filled === segmentBytes) seal(false);
      const taken = Math.min(segmentBytes - filled, piece.length - at);
      gathered.set(piece.subarray(at, at + taken), filled);
      filled += taken;
      at += taken;
    }
  }

  function entry(value: object): void {
    const json = Buffer.from(JSON.stringify(value));
    const length = Buffer.alloc(4);
    length.writeUInt32BE(json.length);
    put(length);
    put(json);
  }

  return {
    add(name, from) {
      const source = openSync(from, "r");
      try {
        const buffer = Buffer.alloc(segmentBytes);
        // In pieces with their lengths before them: a file may grow or shrink while it is read.
        entry({ file: name });
        for (;;) {
          const read = readSync(source, buffer);
          const length = Buffer.alloc(4);
          length.writeUInt32BE(read);
          put(length);
          if (read === 0) break;
          put(buffer.subarray(0, read));
          bytes += read;
        }
      } finally {
        closeSync(source);
      }
      files += 1;
    },
    finish() {
      entry(lastMark(files));
      seal(true);
      guarded(() => fsyncSync(file));
      closeSync(file);
      open = false;
      try {
        // A link is refused where the name is taken; a rename would replace what is there.
        linkSync(part, path);
      } catch (error) {
        if (error instanceof Error && "code" in error && error.code === "EEXIST")
          throw new UserError(`${path} is there already, and is not overwritten.`);
        throw storageErrorFrom(error, path);
      } finally {
        rmSync(part, { force: true });
      }
      syncFolder(dirname(path));
      return { files, bytes };
    },
    abort() {
      if (!open) return;
      open = false;
      closeSync(file);
      rmSync(part, { force: true });
    },
  };
}

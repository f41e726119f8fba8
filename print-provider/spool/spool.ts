import type { KeyObject } from "node:crypto";
import { mkdirSync } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { decideSpace, readFreeSpace } from "../../storage/free-space.ts";
import { openSealed, type SealedFile } from "../../storage/seal-reader.ts";
import { sealTo } from "../../storage/seal-writer.ts";
import { storageErrorFrom } from "../../storage/storage-error.ts";
import { syncFolderLater } from "../../storage/sync-folder.ts";
import { newKey, unwrapKey, wrapKey } from "../../storage/wrapped-key.ts";
import { type DocumentId, documentOfFile, fileNameOf } from "./document-id.ts";

/** How often the room on the disk is looked at while a document comes in. */
const spaceCheckBytes = 32 * 1024 * 1024;
const headBytes = 64;

export type Stored =
  | {
      kind: "stored";
      /** Plain bytes. */
      bytes: number;
      /** To be kept in the provider's database: deleting it there erases the document. */
      wrappedKey: Buffer;
      /** The first bytes, by which a format may be told. */
      head: Buffer;
    }
  | { kind: "too-large" }
  | { kind: "no-room"; sentence: string };

/** The documents of held jobs, each sealed in a file of its own named by ids, never by titles. */
export interface Spool {
  /**
   * Takes a document in; resolves when it is durable. Nothing is left of one that is refused, or whose
   * source throws (which is thrown on).
   */
  store(options: {
    document: DocumentId;
    source: AsyncIterable<Uint8Array>;
    maxBytes: number;
  }): Promise<Stored>;
  /** Opens a document to hand it out. Throws SealBroken or StorageError. */
  open(options: { document: DocumentId; wrappedKey: Uint8Array }): Promise<SealedFile>;
  /** What a separate process needs to read the document by itself. Throws SealBroken. */
  access(options: { document: DocumentId; wrappedKey: Uint8Array }): {
    path: string;
    key: KeyObject;
  };
  /** Removes the file. The wrapped key must be deleted before: a kill in between leaves no secret. */
  remove(document: DocumentId): Promise<void>;
  /**
   * Removes what no job knows: files whose database entry was never made or is gone. For the start,
   * before jobs are taken in. Gives how many were removed.
   */
  sweep(isKnown: (document: DocumentId) => boolean): Promise<number>;
}

/** The spool in `folder`, made when missing. `reserveBytes` of the disk are always left free. */
export function openSpool(options: {
  folder: string;
  wrappingKey: KeyObject;
  reserveBytes: number;
}): Spool {
  const { folder, wrappingKey, reserveBytes } = options;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw storageErrorFrom(error, folder);
  }
  const pathOf = (document: DocumentId): string => join(folder, fileNameOf(document));
  const access: Spool["access"] = ({ document, wrappedKey }) => ({
    path: pathOf(document),
    key: unwrapKey({ wrappingKey, wrapped: wrappedKey, context: contextOf(document) }),
  });

  return {
    store: async ({ document, source, maxBytes }) => {
      const key = newKey();
      const refusal = (wantedBytes: number): Stored | undefined => {
        const space = readFreeSpace(folder);
        const decision = decideSpace({ space, wantedBytes, reserveBytes });
        return decision.kind === "low"
          ? { kind: "no-room", sentence: decision.sentence }
          : undefined;
      };
      const noRoom = refusal(0);
      if (noRoom !== undefined) return noRoom;

      const writer = sealTo({ path: pathOf(document), key });
      try {
        let bytes = 0;
        let checkedAt = 0;
        let head = Buffer.alloc(0);
        for await (const chunk of source) {
          bytes += chunk.length;
          if (bytes > maxBytes) return { kind: "too-large" };
          if (head.length < headBytes) head = Buffer.concat([head, chunk.subarray(0, headBytes)]);
          if (bytes - checkedAt >= spaceCheckBytes) {
            checkedAt = bytes;
            const full = refusal(0);
            if (full !== undefined) return full;
          }
          await writer.write(chunk);
        }
        await writer.finish();
        const wrappedKey = wrapKey({ wrappingKey, key, context: contextOf(document) });
        return { kind: "stored", bytes, wrappedKey, head: head.subarray(0, headBytes) };
      } finally {
        await writer.abort();
      }
    },
    open: (stored) => openSealed(access(stored)),
    access,
    remove: async (document) => {
      await rm(pathOf(document), { force: true });
      await syncFolderLater(folder);
    },
    sweep: async (isKnown) => {
      let removed = 0;
      for (const name of await readdir(folder)) {
        const document = documentOfFile(name);
        if (document === undefined || (document.whole && isKnown(document.id))) continue;
        await rm(join(folder, name), { force: true });
        removed += 1;
      }
      if (removed > 0) await syncFolderLater(folder);
      return removed;
    },
  };
}

function contextOf({ jobId, number }: DocumentId): string {
  return `spool job ${jobId} document ${number}`;
}

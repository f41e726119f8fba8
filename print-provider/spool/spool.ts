import type { KeyObject } from "node:crypto";
import { mkdirSync } from "node:fs";
import { readdir, rm, unlink } from "node:fs/promises";
import { join } from "node:path";
import { decideSpace, readFreeSpace } from "../../storage/free-space.ts";
import { openSealed, type SealedFile } from "../../storage/seal-reader.ts";
import { type SealWriter, sealTo } from "../../storage/seal-writer.ts";
import { sealBytes, sealedBytesAsFile } from "../../storage/sealed-bytes.ts";
import { storageErrorFrom } from "../../storage/storage-error.ts";
import { syncFolderLater } from "../../storage/sync-folder.ts";
import { newKey, unwrapKey, wrapKey } from "../../storage/wrapped-key.ts";
import { type DocumentId, documentOfFile, fileNameOf } from "./document-id.ts";

/** How often the room on the disk is looked at while a document comes in. */
const spaceCheckBytes = 32 * 1024 * 1024;
/**
 * A document up to this is not worth a file: it is sealed into the database with the job, so that one
 * flush makes both durable. Most that people print is longer, and most that machines print is not.
 */
export const shortBytesMost = 64 * 1024;

export type Stored =
  | {
      kind: "stored";
      /** Plain bytes. */
      bytes: number;
      /** To be kept in the provider's database: deleting it there erases the document. */
      wrappedKey: Buffer;
      /** All of a short document, sealed: to be kept in the provider's database, for it has no file. */
      sealed?: Buffer;
    }
  | { kind: "too-large" }
  | { kind: "no-room"; sentence: string };

/** What the database keeps of a document, by which it is found again. */
export interface StoredKey {
  readonly document: DocumentId;
  readonly wrappedKey: Uint8Array;
  /** Where it is short: all of it. */
  readonly sealed?: Uint8Array;
}

/** What a separate process needs to read a document by itself. */
export type SealedAt = { readonly key: KeyObject } & (
  | { readonly path: string }
  | { readonly sealed: Uint8Array }
);

/** The documents of held jobs, each sealed in a file of its own named by ids, never by titles. */
export interface Spool {
  /**
   * Takes a document in; resolves when it is durable, or when it is short and sealed in memory. Nothing is left of one that is refused, or whose
   * source throws (which is thrown on).
   */
  store(options: {
    document: DocumentId;
    source: AsyncIterable<Uint8Array>;
    maxBytes: number;
  }): Promise<Stored>;
  /** The same for a short document that is here already: it is sealed in memory. */
  storeShort(options: { document: DocumentId; bytes: Uint8Array; maxBytes: number }): Stored;
  /** Opens a document to hand it out. Throws SealBroken or StorageError. */
  open(stored: StoredKey): Promise<SealedFile>;
  /** Throws SealBroken. */
  access(stored: StoredKey): SealedAt;
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
  const keyOf = ({ document, wrappedKey }: StoredKey): KeyObject =>
    unwrapKey({ wrappingKey, wrapped: wrappedKey, context: contextOf(document) });

  const refusal = (): Stored | undefined => {
    const space = readFreeSpace(folder);
    const decision = decideSpace({ space, wantedBytes: 0, reserveBytes });
    return decision.kind === "low" ? { kind: "no-room", sentence: decision.sentence } : undefined;
  };
  const wrapped = (document: DocumentId, key: KeyObject): Buffer =>
    wrapKey({ wrappingKey, key, context: contextOf(document) });

  return {
    storeShort: ({ document, bytes, maxBytes }) => {
      if (bytes.length > maxBytes) return { kind: "too-large" };
      const noRoom = refusal();
      if (noRoom !== undefined) return noRoom;
      const key = newKey();
      const sealed = sealBytes({ pieces: [bytes], key });
      return { kind: "stored", bytes: bytes.length, wrappedKey: wrapped(document, key), sealed };
    },
    store: async ({ document, source, maxBytes }) => {
      const key = newKey();
      const noRoom = refusal();
      if (noRoom !== undefined) return noRoom;

      let writer: SealWriter | undefined;
      try {
        let bytes = 0;
        let checkedAt = 0;
        let pieces: Buffer[] = [];
        for await (const chunk of source) {
          bytes += chunk.length;
          if (bytes > maxBytes) return { kind: "too-large" };
          if (bytes - checkedAt >= spaceCheckBytes) {
            checkedAt = bytes;
            const full = refusal();
            if (full !== undefined) return full;
          }
          if (writer === undefined) {
            pieces.push(Buffer.from(chunk));
            if (bytes <= shortBytesMost) continue;
            writer = sealTo({ path: pathOf(document), key });
            for (const piece of pieces) await writer.write(piece);
            pieces = [];
          } else await writer.write(chunk);
        }
        await writer?.finish();
        const wrappedKey = wrapped(document, key);
        const sealed = writer === undefined ? { sealed: sealBytes({ pieces, key }) } : {};
        return { kind: "stored", bytes, wrappedKey, ...sealed };
      } finally {
        await writer?.abort();
      }
    },
    open: async (stored) =>
      stored.sealed === undefined
        ? await openSealed({ path: pathOf(stored.document), key: keyOf(stored) })
        : sealedBytesAsFile({ sealed: stored.sealed, key: keyOf(stored) }),
    access: (stored) => {
      const key = keyOf(stored);
      return stored.sealed === undefined
        ? { key, path: pathOf(stored.document) }
        : { key, sealed: stored.sealed };
    },
    remove: async (document) => {
      try {
        await unlink(pathOf(document));
      } catch (error) {
        if (isMissing(error)) return; // a short one, or it was removed before
        throw error;
      }
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

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}

function contextOf({ jobId, number }: DocumentId): string {
  return `spool job ${jobId} document ${number}`;
}

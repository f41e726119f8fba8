import { createWriteStream } from "node:fs";
import { mkdir, rm, unlink } from "node:fs/promises";
import { join } from "node:path";
import { Readable, Transform, Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip, createInflate } from "node:zlib";
import type { Arrived } from "../printer/answer-new-job.ts";
import type { AwaitedDocument } from "../printer/reply.ts";

/** The device's memory for documents: files of one boot, gone when it is switched off. */
export interface DocumentStore {
  pathOf(document: { readonly boot: number; readonly jobId: number }): string;
  /** Takes in a document, decompressed, and tells how that ended. Never throws. */
  take(body: AsyncIterable<Uint8Array>, awaited: AwaitedDocument): Promise<Arrived>;
  discard(document: { readonly boot: number; readonly jobId: number }): Promise<void>;
  close(): Promise<void>;
}

/** A store in `folder`, which is emptied first. Throws what the file system throws. */
export async function openDocumentStore(options: {
  readonly folder: string;
  /** The largest document, decompressed. */
  readonly bytesMax: number;
}): Promise<DocumentStore> {
  const { folder, bytesMax } = options;
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const pathOf: DocumentStore["pathOf"] = ({ boot, jobId }) => join(folder, `${boot}-${jobId}`);
  return {
    pathOf,
    take: (body, awaited) => take(body, { awaited, path: pathOf(awaited), bytesMax }),
    discard: (document) => unlink(pathOf(document)).catch(() => {}),
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

class TooLarge extends Error {
  override readonly name = "TooLarge";
}

async function take(
  body: AsyncIterable<Uint8Array>,
  options: { readonly awaited: AwaitedDocument; readonly path: string; readonly bytesMax: number },
): Promise<Arrived> {
  const { awaited, path, bytesMax } = options;
  let bytes = 0;
  const count = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      done(bytes > bytesMax ? new TooLarge() : null, chunk);
    },
  });
  const sink = awaited.wanted ? createWriteStream(path, { mode: 0o600 }) : drain();
  try {
    const source = Readable.from(body, { objectMode: false });
    switch (awaited.compression) {
      case "none":
        await pipeline(source, count, sink);
        break;
      case "gzip":
        await pipeline(source, createGunzip(), count, sink);
        break;
      case "deflate":
        await pipeline(source, createInflate(), count, sink);
        break;
    }
    return { kind: "whole", bytes };
  } catch (error) {
    if (awaited.wanted) await unlink(path).catch(() => {});
    return refusalOf(error);
  }
}

function drain(): Writable {
  return new Writable({ write: (_chunk, _encoding, done) => done() });
}

function refusalOf(error: unknown): Arrived {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (error instanceof TooLarge) {
    const status = "client-error-request-entity-too-large";
    return { kind: "refused", status, message: "The document is larger than the device's memory." };
  }
  if (code.startsWith("Z_")) {
    const message = "The document's compression is damaged.";
    return { kind: "refused", status: "client-error-compression-error", message };
  }
  if (code === "ENOSPC" || code === "EDQUOT") {
    const message = "The device's memory is full.";
    return { kind: "refused", status: "server-error-temporary-error", message };
  }
  return { kind: "broken" };
}

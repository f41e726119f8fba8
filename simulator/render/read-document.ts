import type { DocumentPage } from "../printer/document-page.ts";
import { type ByteFile, openByteFile } from "./byte-file.ts";
import { readJpeg } from "./jpeg-page.ts";
import { readPdf } from "./pdf-pages.ts";
import { readPwgRaster, readUrf } from "./raster-pages.ts";
import { UnreadableError } from "./unreadable-error.ts";

export type ReadDocument =
  | { readonly kind: "pages"; readonly pages: readonly DocumentPage[] }
  /** `reason` is a job-state-reasons keyword, the sentence is for the log. */
  | { readonly kind: "unreadable"; readonly reason: string; readonly sentence: string };

/**
 * Interprets a document as the device would: by its first bytes, whatever it was called. Throws only
 * what the file system throws.
 */
export async function readDocument(path: string): Promise<ReadDocument> {
  const file = await openByteFile(path);
  try {
    return { kind: "pages", pages: await readByKind(file) };
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error;
    return { kind: "unreadable", reason: error.reason, sentence: error.message };
  } finally {
    await file.close();
  }
}

async function readByKind(file: ByteFile): Promise<readonly DocumentPage[]> {
  const start = (await file.read(0, 1024)).toString("latin1");
  if (start.includes("%PDF-")) return readPdf(file);
  if (start.startsWith("RaS2")) return readPwgRaster(file);
  if (start.startsWith("UNIRAST\0")) return readUrf(file);
  if (start.startsWith("\xff\xd8\xff")) return readJpeg(file);
  throw new UnreadableError("unsupported-document-format", "The device knows no such document.");
}

import type { DocumentFormat } from "../formats.ts";
import { documentNumber, type StoredDocument } from "../jobs/documents.ts";
import type { ProviderLimits } from "../provider-limits.ts";
import { type Spool, type Stored, shortBytesMost } from "../spool/spool.ts";
import { type Compression, decompress } from "./decompress.ts";
import { type DocumentSource, piecesOf } from "./document-source.ts";
import { keepPace } from "./keep-pace.ts";
import { formatOf, lookInside } from "./look-inside.ts";
import { UploadRefused } from "./upload-trouble.ts";

export interface Upload {
  readonly jobId: string;
  readonly source: DocumentSource;
  readonly compression: Compression;
  /** What the client says it is; undefined where it is to be told from the document. */
  readonly declared: DocumentFormat | undefined;
}

/**
 * Takes a document into the spool; durable when it resolves, or, where it is short, with its row. Undefined for one without a byte.
 * Throws UploadRefused with what to answer, UploadBroken, StorageError, or what the source throws;
 * in each case nothing of the document is left.
 */
export async function receiveDocument(
  upload: Upload,
  parts: { spool: Spool; limits: ProviderLimits; now: () => number },
): Promise<StoredDocument | undefined> {
  const { limits } = parts;
  let format: DocumentFormat = "application/pdf";
  const stored = await store(upload, parts, (told) => {
    format = told;
  });
  switch (stored?.kind) {
    case undefined:
      return undefined;
    case "stored":
      return {
        format,
        bytes: stored.bytes,
        wrappedKey: stored.wrappedKey,
        ...(stored.sealed === undefined ? {} : { sealed: stored.sealed }),
      };
    case "too-large":
      throw new UploadRefused(
        "client-error-request-entity-too-large",
        { cause: "aborted-by-system", because: "too-large" },
        `The document is larger than ${Math.floor(limits.documentBytesMost / 1024 ** 2)} MB, the most that is taken. Print it in parts.`,
      );
    case "no-room":
      throw new UploadRefused(
        "server-error-temporary-error",
        { cause: "aborted-by-system", because: "no-room" },
        noRoomSentence,
      );
  }
}

async function store(
  { jobId, source, compression, declared }: Upload,
  { spool, limits, now }: { spool: Spool; limits: ProviderLimits; now: () => number },
  tell: (format: DocumentFormat) => void,
): Promise<Stored | undefined> {
  const document = { jobId, number: documentNumber };
  const maxBytes = limits.documentBytesMost;
  if (source instanceof Uint8Array && compression === "none" && source.length <= shortBytesMost) {
    if (source.length === 0) return undefined;
    tell(formatOf(source, declared));
    return spool.storeShort({ document, bytes: source, maxBytes });
  }
  const paced = keepPace(piecesOf(source), { bytesPerSecondLeast: limits.uploadPaceLeast, now });
  const plain = lookInside(decompress(paced, compression), declared, tell);
  const first = await plain.next();
  if (first.done) return undefined;
  return spool.store({ document, source: withFirst(first.value, plain), maxBytes });
}

/** For the person who prints; what an administrator needs is in the log. */
export const noRoomSentence =
  "The print server has no room for more documents at present. Try again later, or tell your administrator.";

async function* withFirst(
  first: Uint8Array,
  rest: AsyncGenerator<Uint8Array, void, undefined>,
): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    yield first;
    yield* rest;
  } finally {
    await rest.return();
  }
}

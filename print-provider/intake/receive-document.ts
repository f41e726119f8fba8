import type { DeclaredFormat, DocumentFormat } from "../formats.ts";
import { documentNumber, type StoredDocument } from "../jobs/documents.ts";
import type { PostScriptToPdf } from "../postscript/postscript-to-pdf.ts";
import type { ProviderLimits } from "../provider-limits.ts";
import { type Spool, type Stored, shortBytesMost } from "../spool/spool.ts";
import { type Compression, decompress } from "./decompress.ts";
import { type DocumentSource, piecesOf } from "./document-source.ts";
import { keepPace } from "./keep-pace.ts";
import { formatOf, lookInside } from "./look-inside.ts";
import { beginsAsPostScript, type Taken, unlessPostScript } from "./unless-postscript.ts";
import { UploadRefused } from "./upload-trouble.ts";

export interface Upload {
  readonly jobId: string;
  readonly source: DocumentSource;
  readonly compression: Compression;
  /** What the client says it is; undefined where it is to be told from the document. */
  readonly declared: DeclaredFormat | undefined;
}

export interface Reception {
  readonly spool: Spool;
  readonly limits: ProviderLimits;
  readonly now: () => number;
  readonly postScript?: PostScriptToPdf | undefined;
}

/**
 * Takes a document into the spool; durable when it resolves, or, where it is short, with its row. Undefined for one without a byte.
 * Throws UploadRefused with what to answer, UploadBroken, StorageError, or what the source throws;
 * in each case nothing of the document is left.
 */
export async function receiveDocument(
  upload: Upload,
  parts: Reception,
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
  { spool, limits, now, postScript }: Reception,
  tell: (format: DocumentFormat) => void,
): Promise<Stored | undefined> {
  const document = { jobId, number: documentNumber };
  const maxBytes = limits.documentBytesMost;
  const isPostScript =
    declared === "application/postscript" ||
    (postScript !== undefined && source instanceof Uint8Array && beginsAsPostScript(source));
  if (
    source instanceof Uint8Array &&
    compression === "none" &&
    source.length <= shortBytesMost &&
    !isPostScript
  ) {
    if (source.length === 0) return undefined;
    tell(formatOf(source, declared));
    return spool.storeShort({ document, bytes: source, maxBytes });
  }
  const paced = keepPace(piecesOf(source), { bytesPerSecondLeast: limits.uploadPaceLeast, now });
  const unpacked = decompress(paced, compression);
  const taken = await takenAs(unpacked, declared, postScript);
  const plain = lookInside(taken.source, taken.declared, tell);
  const first = await plain.next();
  if (first.done) return undefined;
  return spool.store({ document, source: withFirst(first.value, plain), maxBytes });
}

function takenAs(
  source: AsyncGenerator<Uint8Array, void, undefined>,
  declared: DeclaredFormat | undefined,
  toPdf: PostScriptToPdf | undefined,
): Taken | Promise<Taken> {
  if (toPdf !== undefined) return unlessPostScript(source, { declared, toPdf });
  if (declared === "application/postscript")
    throw new Error("PostScript was let in where it cannot be taken.");
  return { source, declared };
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

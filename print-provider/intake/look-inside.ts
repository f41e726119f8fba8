import { type DocumentFormat, formatNames } from "../formats.ts";
import { guessKind, sniffBytes, sniffFormat } from "./sniff-format.ts";
import { UploadRefused } from "./upload-trouble.ts";

/**
 * Passes a document on once its first bytes tell a format that is taken, so that one that is not
 * costs nothing. `declared` is its `document-format`, undefined where the client left it to us;
 * `tell` is called with what it is, before the first byte is passed on.
 */
export async function* lookInside(
  source: AsyncGenerator<Uint8Array, void, undefined>,
  declared: DocumentFormat | undefined,
  tell: (format: DocumentFormat) => void,
): AsyncGenerator<Uint8Array, void, undefined> {
  let head = Buffer.alloc(0);
  while (head.length < sniffBytes) {
    const next = await source.next();
    if (next.done) break;
    head = Buffer.concat([head, next.value]);
  }
  if (head.length > 0) {
    tell(formatOf(head, declared));
    yield head;
  }
  yield* source;
}

/** The format that the first bytes of a document tell. Throws UploadRefused for one that is not taken. */
export function formatOf(head: Uint8Array, declared: DocumentFormat | undefined): DocumentFormat {
  const format = sniffFormat(head);
  if (format === undefined || (declared !== undefined && format !== declared))
    throw notTaken(head, declared);
  return format;
}

function notTaken(head: Uint8Array, declared: DocumentFormat | undefined): UploadRefused {
  if (declared !== undefined)
    return new UploadRefused(
      "client-error-document-format-error",
      { cause: "document-format-error", because: "damaged" },
      `The document says it is a ${formatNames[declared]} but does not begin as one. Open it, save it anew and print that.`,
    );
  const kind = guessKind(head);
  return new UploadRefused(
    "client-error-document-format-not-supported",
    { cause: "unsupported-document-format", because: "unsupported" },
    kind === undefined ? formatsSentence : `This is ${kind}. ${formatsSentence}`,
  );
}

/** What is taken, for people who sent something else. */
export const formatsSentence =
  "PDF, JPEG, PWG raster and Apple raster are taken here. Set the print client to send one of them, or save the document as a PDF and print that.";

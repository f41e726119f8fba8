import { sniffBytes, sniffFormat } from "./sniff-format.ts";
import { UploadRefused } from "./upload-trouble.ts";

/**
 * Passes a document on once its first bytes tell a format that is taken, so that one that is not
 * costs nothing. `declared` is its `document-format`, undefined where the client left it to us.
 */
export async function* lookInside(
  source: AsyncGenerator<Uint8Array, void, undefined>,
  declared: "application/pdf" | undefined,
): AsyncGenerator<Uint8Array, void, undefined> {
  let head = Buffer.alloc(0);
  while (head.length < sniffBytes) {
    const next = await source.next();
    if (next.done) break;
    head = Buffer.concat([head, next.value]);
  }
  if (head.length > 0) {
    if (sniffFormat(head) === undefined) throw notTaken(declared);
    yield head;
  }
  yield* source;
}

function notTaken(declared: string | undefined): UploadRefused {
  if (declared !== undefined)
    return new UploadRefused(
      "client-error-document-format-error",
      "document-format-error",
      "The document says it is a PDF but does not begin as one. Open it, save it anew as a PDF and print that.",
    );
  return new UploadRefused(
    "client-error-document-format-not-supported",
    "unsupported-document-format",
    "Only PDF documents are taken here. Set the print client to send PDF.",
  );
}

import { type DeclaredFormat, type DocumentFormat, postScript } from "../formats.ts";
import type { PostScriptToPdf } from "../postscript/postscript-to-pdf.ts";
import { UploadRefused } from "./upload-trouble.ts";

export interface Taken {
  readonly source: AsyncGenerator<Uint8Array, void, undefined>;
  readonly declared: DocumentFormat | undefined;
}

/** `%!`, after the end-of-file mark that some drivers begin with (Adobe TN 5001 §2.2). */
const marks = ["%!", "\u0004%!"];
const longestMark = 3;

export function beginsAsPostScript(head: Uint8Array): boolean {
  const text = Buffer.from(head.subarray(0, longestMark)).toString("latin1");
  return marks.some((mark) => text.startsWith(mark));
}

/**
 * Passes a document on as it is, unless it is PostScript: then what follows is the PDF of it. Throws
 * UploadRefused where it is said to be PostScript and is not.
 */
export async function unlessPostScript(
  source: AsyncGenerator<Uint8Array, void, undefined>,
  { declared, toPdf }: { declared: DeclaredFormat | undefined; toPdf: PostScriptToPdf },
): Promise<Taken> {
  if (declared !== undefined && declared !== postScript) return { source, declared };
  let head = Buffer.alloc(0);
  while (head.length < longestMark) {
    const next = await source.next();
    if (next.done) break;
    head = Buffer.concat([head, next.value]);
  }
  if (beginsAsPostScript(head))
    return { source: toPdf(withHead(head, source)), declared: "application/pdf" };
  if (declared === postScript && head.length > 0)
    throw new UploadRefused(
      "client-error-document-format-error",
      { cause: "document-format-error", because: "damaged" },
      "The document says it is PostScript but does not begin as such. Save it as a PDF and print that.",
    );
  return { source: withHead(head, source), declared: undefined };
}

async function* withHead(
  head: Uint8Array,
  rest: AsyncGenerator<Uint8Array, void, undefined>,
): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    if (head.length > 0) yield head;
    yield* rest;
  } finally {
    await rest.return();
  }
}

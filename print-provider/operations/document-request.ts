import type { IppGroup } from "../../ipp/message.ts";
import { attributeOf, stringOf } from "../../ipp/read.ts";
import { countedFormat, type DeclaredFormat, postScript } from "../formats.ts";
import type { Compression } from "../intake/decompress.ts";
import { formatsSentence } from "../intake/look-inside.ts";
import { compressions } from "../printer/description-attributes.ts";
import type { Answer } from "./call.ts";

/** How a document comes. */
export interface DocumentRequest {
  readonly kind: "fit";
  readonly compression: Compression;
  /** Undefined where the client leaves it to us (`application/octet-stream`). */
  readonly declared: DeclaredFormat | undefined;
}

export type CheckedDocumentRequest =
  | DocumentRequest
  | { readonly kind: "unfit"; readonly answer: Answer };

/** Decides whether a document of this format and compression is taken: RFC 8011 §4.1.7, §4.2.1.1. */
export function checkDocumentRequest(
  operation: IppGroup,
  takes: { readonly postScript: boolean },
): CheckedDocumentRequest {
  const packed = stringOf(operation, "compression") ?? "none";
  const compression = compressions.find((known) => known === packed);
  if (compression === undefined)
    return unfit(operation, "compression", {
      status: "client-error-compression-not-supported",
      sentence: "Documents may come packed with gzip or deflate, or not at all.",
    });
  const given = stringOf(operation, "document-format") ?? "application/octet-stream";
  const format = given.split(";", 1)[0]?.trim().toLowerCase() ?? "";
  const declared = takes.postScript && format === postScript ? postScript : countedFormat(format);
  if (declared === undefined && format !== "application/octet-stream")
    return unfit(operation, "document-format", {
      status: "client-error-document-format-not-supported",
      sentence: formatsSentence,
    });
  return { kind: "fit", compression, declared };
}

function unfit(operation: IppGroup, name: string, answer: Answer): CheckedDocumentRequest {
  const sent = attributeOf(operation, name);
  return {
    kind: "unfit",
    answer: sent === undefined ? answer : { ...answer, unsupported: [sent] },
  };
}

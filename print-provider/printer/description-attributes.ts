import {
  attribute,
  boolean,
  charset,
  enumeration,
  integer,
  keyword,
  keywords,
  mimeMediaType,
  name,
  naturalLanguage,
  outOfBand,
  range,
  text,
  uri,
} from "../../ipp/build.ts";
import type { IppAttribute } from "../../ipp/message.ts";
import type { Queue } from "../../protocol/site.ts";
import { jobTemplateAttributes } from "../ticket/capabilities.ts";
import type { PrinterUris } from "./printer-uris.ts";

/** Formats that are taken; `application/octet-stream` is looked into to tell which it is. */
export const documentFormats = ["application/pdf", "application/octet-stream"] as const;
export const compressions = ["none", "gzip", "deflate"] as const;

export interface Description {
  readonly queue: Queue;
  readonly uris: PrinterUris;
  readonly organisation: string;
  /** Without `urn:uuid:`. */
  readonly uuid: string;
  readonly operations: readonly number[];
  readonly documentBytesMost: number;
  readonly documentWaitSeconds: number;
}

/** What a queue is and never changes while its configuration stays: RFC 8011 §5.4, PWG 5100.14. */
export function descriptionAttributes(it: Description): IppAttribute[] {
  const { queue, uris } = it;
  return [
    attribute("printer-uri-supported", uri(uris.printer)),
    attribute("uri-security-supported", keyword("none")),
    attribute("uri-authentication-supported", keyword("requesting-user-name")),
    attribute("printer-uuid", uri(`urn:uuid:${it.uuid}`)),
    attribute("printer-name", name(queue.name)),
    attribute("printer-info", text((queue.info || queue.name).slice(0, 127))),
    attribute("printer-location", text("")),
    attribute("printer-geo-location", outOfBand("unknown")),
    attribute("printer-organization", text(it.organisation)),
    attribute("printer-organizational-unit", text("")),
    attribute("printer-make-and-model", text("Guichet Print Provider")),
    attribute("printer-device-id", text("MFG:Guichet;MDL:Print Provider;CMD:PDF;")),
    attribute("printer-more-info", uri(uris.moreInfo)),
    attribute("charset-configured", charset("utf-8")),
    attribute("charset-supported", charset("utf-8"), charset("us-ascii")),
    attribute("natural-language-configured", naturalLanguage("en")),
    attribute("generated-natural-language-supported", naturalLanguage("en")),
    attribute("ipp-versions-supported", ...keywords("1.1", "2.0")),
    attribute("ipp-features-supported", keyword("none")),
    attribute("operations-supported", ...it.operations.map(enumeration)),
    attribute("document-format-default", mimeMediaType("application/octet-stream")),
    attribute("document-format-preferred", mimeMediaType("application/pdf")),
    attribute("document-format-supported", ...documentFormats.map(mimeMediaType)),
    attribute("compression-supported", ...keywords(...compressions)),
    attribute("job-creation-attributes-supported", ...keywords(...jobTemplateAttributes)),
    attribute("job-ids-supported", boolean(true)),
    attribute("job-k-octets-supported", range(0, Math.floor(it.documentBytesMost / 1024))),
    attribute("multiple-document-jobs-supported", boolean(false)),
    attribute("multiple-operation-time-out", integer(it.documentWaitSeconds)),
    attribute("multiple-operation-time-out-action", keyword("abort-job")),
    attribute("pdl-override-supported", keyword("attempted")),
    attribute("preferred-attributes-supported", boolean(false)),
    attribute("printer-get-attributes-supported", keyword("document-format")),
    attribute("which-jobs-supported", ...keywords("completed", "not-completed", "all")),
    attribute("identify-actions-default", keyword("display")),
    attribute("identify-actions-supported", keyword("display")),
    attribute("color-supported", boolean(true)),
    // A queue has no engine of its own; the numbers only let clients guess how long a job takes.
    attribute("pages-per-minute", integer(30)),
    attribute("pages-per-minute-color", integer(30)),
  ];
}

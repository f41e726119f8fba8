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
  octetString,
  outOfBand,
  range,
  text,
  uri,
} from "../../ipp/build.ts";
import type { IppAttribute } from "../../ipp/message.ts";
import type { Queue } from "../../protocol/site.ts";
import { jobTemplateAttributes } from "../ticket/capabilities.ts";
import type { PrinterUris } from "./printer-uris.ts";
import { rasterAttributes } from "./raster-attributes.ts";
import { uriAttributes } from "./uri-attributes.ts";

export const compressions = ["none", "gzip", "deflate"] as const;

export interface Description {
  readonly queue: Queue;
  readonly uris: PrinterUris;
  readonly organisation: string;
  /** Without `urn:uuid:`. */
  readonly uuid: string;
  readonly operations: readonly number[];
  /** Media types of documents that are taken. */
  readonly formats: readonly string[];
  readonly documentBytesMost: number;
  readonly documentWaitSeconds: number;
  /** Whether some accounts may speak for others. */
  readonly hasServiceAccounts: boolean;
}

/** PWG 5100.13 §5.6.32: level -2 is not known. */
const unknownSupply =
  "type=toner;class=supplyThatIsConsumed;maxcapacity=100;level=-2;unit=percent;colorantname=black;";

const commandNames = new Map<string, string>([
  ["application/pdf", "PDF"],
  ["image/jpeg", "JPEG"],
  ["image/pwg-raster", "PWGRaster"],
  ["image/urf", "URF"],
  ["application/postscript", "PS"],
]);

function deviceId(formats: readonly string[]): string {
  const commands = formats.flatMap((format) => commandNames.get(format) ?? []);
  return `MFG:Guichet;MDL:Print Provider;CMD:${commands.join(",")};`;
}

/** The name of a queue on the network, as people see it in a list of printers: RFC 6763 §4.1.1. */
export function dnsSdName({ name, info }: Queue, organisation: string): string {
  const what = info === "" ? name : info;
  let full = organisation === "" ? what : `${what} @ ${organisation}`;
  while (Buffer.byteLength(full) > 63) full = [...full].slice(0, -1).join("");
  return full;
}

/** What a queue is and never changes while its configuration stays: RFC 8011 §5.4, PWG 5100.14. */
export function descriptionAttributes(it: Description): IppAttribute[] {
  const { queue, uris } = it;
  return [
    ...uriAttributes(queue, uris, it.hasServiceAccounts),
    attribute("printer-uuid", uri(`urn:uuid:${it.uuid}`)),
    attribute("printer-name", name(queue.name)),
    attribute("printer-info", text((queue.info || queue.name).slice(0, 127))),
    attribute("printer-location", text("")),
    attribute("printer-geo-location", outOfBand("unknown")),
    attribute("printer-organization", text(it.organisation)),
    attribute("printer-organizational-unit", text("")),
    attribute("printer-make-and-model", text("Guichet Print Provider")),
    attribute("printer-device-id", text(deviceId(it.formats))),
    attribute("printer-more-info", uri(uris.moreInfo)),
    attribute("printer-icons", ...uris.icons.map(uri)),
    attribute("printer-dns-sd-name", name(dnsSdName(queue, it.organisation))),
    attribute("charset-configured", charset("utf-8")),
    attribute("charset-supported", charset("utf-8"), charset("us-ascii")),
    attribute("natural-language-configured", naturalLanguage("en")),
    attribute("generated-natural-language-supported", naturalLanguage("en")),
    attribute("ipp-versions-supported", ...keywords("1.1", "2.0")),
    attribute("ipp-features-supported", keyword("ipp-everywhere")),
    // Windows and Android take a printer without a driver only where it tells this (Mopria 1.3).
    attribute("mopria-certified", text("1.3")),
    attribute("operations-supported", ...it.operations.map(enumeration)),
    attribute("document-format-default", mimeMediaType("application/octet-stream")),
    attribute("document-format-preferred", mimeMediaType("application/pdf")),
    attribute("document-format-supported", ...it.formats.map(mimeMediaType)),
    attribute("compression-supported", ...keywords(...compressions)),
    ...rasterAttributes(it.formats),
    attribute("document-password-supported", integer(0)),
    attribute("pdf-versions-supported", ...keywords("iso-32000-1_2008")),
    attribute(
      "job-creation-attributes-supported",
      ...keywords("ipp-attribute-fidelity", "job-name", ...jobTemplateAttributes),
    ),
    attribute("job-ids-supported", boolean(true)),
    attribute("job-k-octets-supported", range(0, Math.floor(it.documentBytesMost / 1024))),
    attribute("multiple-document-jobs-supported", boolean(false)),
    attribute("multiple-operation-time-out", integer(it.documentWaitSeconds)),
    attribute("multiple-operation-time-out-action", keyword("abort-job")),
    attribute("pdl-override-supported", keyword("attempted")),
    attribute("preferred-attributes-supported", boolean(false)),
    attribute("printer-get-attributes-supported", keyword("document-format")),
    // A page of a job cannot be asked for in another way than the rest: `overrides` in a job is
    // answered as unsupported. IPP Everywhere wants the members named all the same.
    attribute("overrides-supported", ...keywords("document-numbers", "pages")),
    attribute("which-jobs-supported", ...keywords("completed", "not-completed", "all")),
    attribute("identify-actions-default", keyword("display")),
    attribute("identify-actions-supported", keyword("display")),
    attribute("color-supported", boolean(true)),
    // A queue has no engine of its own; the numbers only let clients guess how long a job takes.
    attribute("pages-per-minute", integer(30)),
    attribute("pages-per-minute-color", integer(30)),
    // What is in the devices their own bridge watches; a queue has no supplies of its own.
    attribute("printer-supply", octetString(Buffer.from(unknownSupply))),
    attribute("printer-supply-description", text("Toner of the printers of this queue")),
    attribute("printer-supply-info-uri", uri(uris.moreInfo)),
  ];
}

import * as ipp from "../../ipp/build.ts";
import type { IppAttribute } from "../../ipp/message.ts";
import { operation } from "../../ipp/operations.ts";
import { orientation, printerState, printQuality } from "../../ipp/states.ts";
import { type Address, byColour, printerUri, upTime } from "./job-attributes.ts";
import { loadedMedia, type Medium } from "./media.ts";
import { impressions } from "./printed-side.ts";
import type { PrinterState } from "./printer-state.ts";
import { showPrinter } from "./shown-printer.ts";
import { colourModes, copiesMax, sidesKeywords } from "./ticket.ts";

/** What the device can interpret; octet-stream means that it looks at the first bytes. */
export const documentFormats = [
  "application/octet-stream",
  "application/pdf",
  "image/jpeg",
  "image/pwg-raster",
  "image/urf",
] as const;

export const compressions = ["none", "gzip", "deflate"] as const;

/** Job template attributes that the device looks at; others are reported as unsupported. */
export const templateAttributes = [
  "copies",
  "finishings",
  "media",
  "media-col",
  "multiple-document-handling",
  "orientation-requested",
  "output-bin",
  "page-ranges",
  "print-color-mode",
  "print-content-optimize",
  "print-quality",
  "print-rendering-intent",
  "print-scaling",
  "printer-resolution",
  "sides",
] as const;

export const supportedOperations = [
  operation.printJob,
  operation.validateJob,
  operation.createJob,
  operation.sendDocument,
  operation.cancelJob,
  operation.getJobAttributes,
  operation.getJobs,
  operation.getPrinterAttributes,
  operation.identifyPrinter,
];

/** All that the device tells of itself, RFC 8011 §5.4 and PWG 5100.14 (IPP Everywhere) §5. */
export function printerAttributes(
  printer: PrinterState,
  address: Address,
  now: number,
): IppAttribute[] {
  return [
    ...status(printer, now),
    ...identity(printer, address),
    ...protocol(printer),
    ...documents(),
    ...template(),
    ...media(),
    ...supplies(printer, address),
  ];
}

function status(printer: PrinterState, now: number): IppAttribute[] {
  const shown = showPrinter(printer);
  const waiting = printer.jobs.filter((job) => job.stage.kind !== "ended").length;
  return [
    ipp.attribute("printer-state", ipp.enumeration(printerState[shown.state])),
    ipp.attribute("printer-state-reasons", ...ipp.keywords(...shown.reasons)),
    ipp.attribute("printer-state-message", ipp.text(shown.message)),
    ipp.attribute("printer-is-accepting-jobs", ipp.boolean(true)),
    ipp.attribute("queued-job-count", ipp.integer(waiting)),
    ipp.attribute("printer-up-time", ipp.integer(upTime(printer, now))),
    ipp.attribute("printer-current-time", ipp.dateTime(new Date(now))),
    ipp.attribute("printer-state-change-time", ipp.integer(1)),
    ipp.attribute("printer-state-change-date-time", ipp.dateTime(new Date(printer.bootedAt))),
    ipp.attribute("printer-config-change-time", ipp.integer(1)),
    ipp.attribute("printer-config-change-date-time", ipp.dateTime(new Date(printer.bootedAt))),
    ...(printer.faults["no-counters"] === undefined
      ? [
          ipp.attribute("printer-impressions-completed", ipp.integer(impressions(printer.counter))),
          byColour("printer-impressions-completed-col", printer.counter),
          ipp.attribute("printer-media-sheets-completed", ipp.integer(printer.counter.sheets)),
        ]
      : []),
  ];
}

function identity(printer: PrinterState, address: Address): IppAttribute[] {
  const { config } = printer;
  return [
    ipp.attribute("printer-uri-supported", ipp.uri(printerUri(address))),
    ipp.attribute("uri-authentication-supported", ipp.keyword("none")),
    ipp.attribute("uri-security-supported", ipp.keyword("none")),
    ipp.attribute("printer-name", ipp.name("print")),
    ipp.attribute("printer-info", ipp.text(config.name)),
    ipp.attribute("printer-dns-sd-name", ipp.name(config.name)),
    ipp.attribute("printer-make-and-model", ipp.text("Guichet Virtual MFP")),
    ipp.attribute("printer-device-id", ipp.text(deviceId)),
    ipp.attribute("printer-uuid", ipp.uri(`urn:uuid:${config.uuid}`)),
    ipp.attribute("printer-location", ipp.text(config.location)),
    ipp.attribute("printer-geo-location", ipp.outOfBand("unknown")),
    ipp.attribute("printer-organization", ipp.text("")),
    ipp.attribute("printer-organizational-unit", ipp.text("")),
    ipp.attribute("printer-more-info", ipp.uri(`http://${address.authority}/`)),
    ipp.attribute("identify-actions-default", ipp.keyword("display")),
    ipp.attribute("identify-actions-supported", ipp.keyword("display")),
    ipp.attribute("color-supported", ipp.boolean(true)),
    ipp.attribute("pages-per-minute", ipp.integer(pace(printer))),
    ipp.attribute("pages-per-minute-color", ipp.integer(pace(printer))),
  ];
}

const deviceId = "MFG:Guichet;MDL:Virtual MFP;CMD:PDF,JPEG,PWGRaster,URF;";

/** An engine without a pace still has to tell one. */
function pace({ config }: PrinterState): number {
  return config.pagesPerMinute === 0 ? 100_000 : Math.max(1, Math.round(config.pagesPerMinute));
}

function protocol(printer: PrinterState): IppAttribute[] {
  const waitSeconds = Math.max(1, Math.round(printer.config.documentWaitMs / 1000));
  return [
    ipp.attribute("charset-configured", ipp.charset("utf-8")),
    ipp.attribute("charset-supported", ipp.charset("utf-8")),
    ipp.attribute("natural-language-configured", ipp.naturalLanguage("en")),
    ipp.attribute("generated-natural-language-supported", ipp.naturalLanguage("en")),
    ipp.attribute("ipp-versions-supported", ...ipp.keywords("1.0", "1.1", "2.0")),
    ipp.attribute("ipp-features-supported", ipp.keyword("none")),
    ipp.attribute("operations-supported", ...supportedOperations.map(ipp.enumeration)),
    ipp.attribute("multiple-document-jobs-supported", ipp.boolean(false)),
    ipp.attribute("multiple-operation-time-out", ipp.integer(waitSeconds)),
    ipp.attribute("multiple-operation-time-out-action", ipp.keyword("abort-job")),
    ipp.attribute("job-ids-supported", ipp.boolean(true)),
    ipp.attribute("which-jobs-supported", ...ipp.keywords("completed", "not-completed", "all")),
    ipp.attribute("printer-get-attributes-supported", ipp.keyword("document-format")),
    ipp.attribute(
      "job-creation-attributes-supported",
      ...ipp.keywords("ipp-attribute-fidelity", "job-name", ...templateAttributes),
    ),
    ipp.attribute("preferred-attributes-supported", ipp.boolean(false)),
    ipp.attribute("pdl-override-supported", ipp.keyword("attempted")),
  ];
}

function documents(): IppAttribute[] {
  return [
    ipp.attribute("document-format-default", ipp.mimeMediaType("application/octet-stream")),
    ipp.attribute("document-format-supported", ...documentFormats.map(ipp.mimeMediaType)),
    ipp.attribute("document-format-preferred", ipp.mimeMediaType("application/pdf")),
    ipp.attribute("document-password-supported", ipp.integer(0)),
    ipp.attribute("compression-supported", ...ipp.keywords(...compressions)),
    ipp.attribute("pdf-versions-supported", ...ipp.keywords("iso-32000-1_2008")),
    ipp.attribute("pwg-raster-document-resolution-supported", ...resolutions),
    ipp.attribute("pwg-raster-document-sheet-back", ipp.keyword("normal")),
    ipp.attribute(
      "pwg-raster-document-type-supported",
      ...ipp.keywords("black_1", "sgray_8", "srgb_8"),
    ),
    ipp.attribute(
      "urf-supported",
      ...ipp.keywords("V1.4", "W8", "SRGB24", "RS300-600", "DM1", "CP255", "IS1", "MT1", "PQ4"),
    ),
  ];
}

const resolutions = [ipp.dotsPerInch(300), ipp.dotsPerInch(600)];

function template(): IppAttribute[] {
  return [
    ipp.attribute("copies-default", ipp.integer(1)),
    ipp.attribute("copies-supported", ipp.range(1, copiesMax)),
    ipp.attribute("finishings-default", ipp.enumeration(3)),
    ipp.attribute("finishings-supported", ipp.enumeration(3)),
    ipp.attribute("multiple-document-handling-default", ipp.keyword(collated)),
    ipp.attribute("multiple-document-handling-supported", ipp.keyword(collated)),
    ipp.attribute("orientation-requested-default", ipp.enumeration(orientation.portrait)),
    ipp.attribute(
      "orientation-requested-supported",
      ...[orientation.portrait, orientation.landscape].map(ipp.enumeration),
    ),
    ipp.attribute("output-bin-default", ipp.keyword("face-down")),
    ipp.attribute("output-bin-supported", ipp.keyword("face-down")),
    ipp.attribute("overrides-supported", ...ipp.keywords("document-numbers", "pages")),
    ipp.attribute("page-ranges-supported", ipp.boolean(true)),
    ipp.attribute("print-color-mode-default", ipp.keyword("auto")),
    ipp.attribute("print-color-mode-supported", ...ipp.keywords(...colourModes)),
    ipp.attribute("print-content-optimize-default", ipp.keyword("auto")),
    ipp.attribute("print-content-optimize-supported", ipp.keyword("auto")),
    ipp.attribute("print-quality-default", ipp.enumeration(printQuality.normal)),
    ipp.attribute("print-quality-supported", ipp.enumeration(printQuality.normal)),
    ipp.attribute("print-rendering-intent-default", ipp.keyword("auto")),
    ipp.attribute("print-rendering-intent-supported", ipp.keyword("auto")),
    ipp.attribute("print-scaling-default", ipp.keyword("auto")),
    ipp.attribute("print-scaling-supported", ...ipp.keywords("auto", "fit", "none")),
    ipp.attribute("printer-resolution-default", ipp.dotsPerInch(600)),
    ipp.attribute("printer-resolution-supported", ...resolutions),
    ipp.attribute("sides-default", ipp.keyword("one-sided")),
    ipp.attribute("sides-supported", ...ipp.keywords(...sidesKeywords)),
  ];
}

const collated = "separate-documents-collated-copies";

function media(): IppAttribute[] {
  const names = ipp.keywords(...loadedMedia.map(({ keyword }) => keyword));
  const columns = loadedMedia.map((medium) => ipp.collection(mediaColumn(medium)));
  const margin = (side: string) =>
    ipp.attribute(`media-${side}-margin-supported`, ipp.integer(423));
  const [first] = loadedMedia;
  if (first === undefined) throw new Error("The cassette must be made for at least one medium.");
  return [
    ipp.attribute("media-default", ipp.keyword(first.keyword)),
    ipp.attribute("media-supported", ...names),
    ipp.attribute("media-ready", ...names),
    ipp.attribute("media-col-default", ipp.collection(mediaColumn(first))),
    ipp.attribute("media-col-ready", ...columns),
    ipp.attribute("media-col-database", ...columns),
    ipp.attribute(
      "media-col-supported",
      ...ipp.keywords("media-size", "media-type", "media-source", ...marginNames),
    ),
    ipp.attribute("media-size-supported", ...loadedMedia.map((m) => ipp.collection(size(m)))),
    ipp.attribute("media-source-supported", ...ipp.keywords("auto", "main")),
    ipp.attribute("media-type-supported", ipp.keyword("stationery")),
    ...["bottom", "left", "right", "top"].map(margin),
  ];
}

const marginNames = ["bottom", "left", "right", "top"].map((side) => `media-${side}-margin`);

function mediaColumn(medium: Medium): IppAttribute[] {
  return [
    ipp.attribute("media-size", ipp.collection(size(medium))),
    ...marginNames.map((name) => ipp.attribute(name, ipp.integer(423))),
    ipp.attribute("media-source", ipp.keyword("main")),
    ipp.attribute("media-type", ipp.keyword("stationery")),
  ];
}

function size({ width, height }: Medium): IppAttribute[] {
  return [
    ipp.attribute("x-dimension", ipp.integer(width)),
    ipp.attribute("y-dimension", ipp.integer(height)),
  ];
}

function supplies(printer: PrinterState, { authority }: Address): IppAttribute[] {
  const level = printer.faults["toner-low"] === undefined ? 80 : 6;
  const supply = `type=toner;maxcapacity=100;level=${level};class=supplyThatIsConsumed;unit=percent;colorantname=black;`;
  return [
    ipp.attribute("printer-supply", ipp.octetString(Buffer.from(supply))),
    ipp.attribute("printer-supply-description", ipp.text("Black toner")),
    ipp.attribute("printer-supply-info-uri", ipp.uri(`http://${authority}/`)),
    ipp.attribute("marker-names", ipp.name("Black toner")),
    ipp.attribute("marker-types", ipp.keyword("toner")),
    ipp.attribute("marker-colors", ipp.name("#000000")),
    ipp.attribute("marker-levels", ipp.integer(level)),
    ipp.attribute("marker-low-levels", ipp.integer(10)),
    ipp.attribute("marker-high-levels", ipp.integer(100)),
  ];
}

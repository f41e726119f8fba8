import * as ipp from "../../ipp/build.ts";
import type { IppAttribute } from "../../ipp/message.ts";
import { operation } from "../../ipp/operations.ts";
import { behaves } from "./habits.ts";
import { handlingAttributes } from "./handling.ts";
import { mediaAttributes } from "./media-attributes.ts";
import type { PrinterState } from "./printer-state.ts";
import { colourModes, copiesMax, numberUps, sidesKeywords } from "./ticket.ts";

/** What the device can interpret; octet-stream means that it looks at the first bytes. */
export function documentFormatsOf(printer: PrinterState): readonly string[] {
  const rasters = ["image/jpeg", "image/pwg-raster", "image/urf"];
  if (behaves(printer, "raster-only")) return rasters;
  return ["application/octet-stream", "application/pdf", ...rasters];
}

/** What a document is that does not say so, RFC 8011 §5.4.21. */
export function defaultFormatOf(printer: PrinterState): string {
  return behaves(printer, "raster-only") ? "image/pwg-raster" : "application/octet-stream";
}

export const compressions = ["none", "gzip", "deflate"] as const;

/** Job template attributes that the device looks at; others are reported as unsupported. */
export const templateAttributes = [
  "copies",
  "finishings",
  "job-sheets",
  "media",
  "media-col",
  "multiple-document-handling",
  "number-up",
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

/** What the device can be asked for. */
export function operationsOf(printer: PrinterState): readonly number[] {
  if (!behaves(printer, "no-create-job")) return allOperations;
  const { createJob, sendDocument } = operation;
  return allOperations.filter((code) => code !== createJob && code !== sendDocument);
}

const allOperations: readonly number[] = [
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

/** What the device can do, which no fault changes. */
export function printerCapabilities(printer: PrinterState): IppAttribute[] {
  const finisher = printer.faults["no-finisher"] === undefined;
  return [
    ...protocol(printer),
    ...documents(printer),
    ...template(printer),
    ...handlingAttributes({ finisher }),
    ...mediaAttributes(),
  ];
}

function protocol(printer: PrinterState): IppAttribute[] {
  const waitSeconds = Math.max(1, Math.round(printer.config.documentWaitMs / 1000));
  return [
    ipp.attribute("charset-configured", ipp.charset("utf-8")),
    ipp.attribute("charset-supported", ipp.charset("utf-8")),
    ipp.attribute("natural-language-configured", ipp.naturalLanguage("en")),
    ipp.attribute("generated-natural-language-supported", ipp.naturalLanguage("en")),
    ipp.attribute("ipp-versions-supported", ...ipp.keywords(...versionsOf(printer))),
    ipp.attribute("ipp-features-supported", ipp.keyword("none")),
    ipp.attribute("operations-supported", ...operationsOf(printer).map(ipp.enumeration)),
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

function versionsOf(printer: PrinterState): string[] {
  return behaves(printer, "ipp-1.1") ? ["1.0", "1.1"] : ["1.0", "1.1", "2.0"];
}

function documents(printer: PrinterState): IppAttribute[] {
  const formats = documentFormatsOf(printer);
  const takesPdf = formats.includes("application/pdf");
  const preferred = takesPdf ? "application/pdf" : "image/pwg-raster";
  return [
    ipp.attribute("document-format-default", ipp.mimeMediaType(defaultFormatOf(printer))),
    ipp.attribute("document-format-supported", ...formats.map(ipp.mimeMediaType)),
    ipp.attribute("document-format-preferred", ipp.mimeMediaType(preferred)),
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

function template(printer: PrinterState): IppAttribute[] {
  return [
    ipp.attribute("copies-default", ipp.integer(1)),
    ipp.attribute("copies-supported", ipp.range(1, copiesMax)),
    ipp.attribute("multiple-document-handling-default", ipp.keyword(collated)),
    ipp.attribute("multiple-document-handling-supported", ipp.keyword(collated)),
    ipp.attribute("overrides-supported", ...ipp.keywords("document-numbers", "pages")),
    ipp.attribute("page-ranges-supported", ipp.boolean(!behaves(printer, "plain-pages"))),
    ipp.attribute("number-up-default", ipp.integer(1)),
    ipp.attribute("number-up-supported", ...numberUpsOf(printer).map(ipp.integer)),
    ipp.attribute("print-color-mode-default", ipp.keyword("auto")),
    ipp.attribute("print-color-mode-supported", ...ipp.keywords(...colourModes)),
    ipp.attribute("print-content-optimize-default", ipp.keyword("auto")),
    ipp.attribute("print-content-optimize-supported", ipp.keyword("auto")),
    ipp.attribute("print-rendering-intent-default", ipp.keyword("auto")),
    ipp.attribute("print-rendering-intent-supported", ipp.keyword("auto")),
    ipp.attribute("printer-resolution-default", ipp.dotsPerInch(600)),
    ipp.attribute("printer-resolution-supported", ...resolutions),
    ipp.attribute("sides-default", ipp.keyword("one-sided")),
    ipp.attribute("sides-supported", ...ipp.keywords(...sidesKeywords)),
  ];
}

function numberUpsOf(printer: PrinterState): readonly number[] {
  return behaves(printer, "plain-pages") ? [1] : numberUps;
}

const collated = "separate-documents-collated-copies";

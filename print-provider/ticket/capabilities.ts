/**
 * What a queue can do with a job at present. The same lists are advertised and kept to: what is not
 * here is answered as unsupported, and never lost silently.
 */
export const capabilities = {
  copiesMost: 999,
  sides: ["one-sided", "two-sided-long-edge", "two-sided-short-edge"],
  printColorModes: ["auto", "color", "monochrome"],
  /** Margins that clients may name, in hundredths of a millimetre: those of common devices. */
  margins: [0, 423],
  mediaSource: "auto",
  mediaType: "stationery",
  /** RFC 8011 §5.2.6: `none`. */
  finishings: 3,
  printQuality: 4,
  resolutionDpi: 600,
  orientation: 3,
  outputBin: "face-down",
  jobSheets: "none",
  numberUp: 1,
  multipleDocumentHandling: ["separate-documents-collated-copies", "single-document"],
  printContentOptimize: "auto",
  printRenderingIntent: "auto",
  jobHoldUntil: ["no-hold", "indefinite"],
} as const;

/** Job template attributes that may come with a job. */
export const jobTemplateAttributes = [
  "copies",
  "finishings",
  "job-hold-until",
  "job-sheets",
  "media",
  "media-col",
  "multiple-document-handling",
  "number-up",
  "orientation-requested",
  "output-bin",
  "print-color-mode",
  "print-content-optimize",
  "print-quality",
  "print-rendering-intent",
  "printer-resolution",
  "sides",
] as const;

export type JobTemplateAttribute = (typeof jobTemplateAttributes)[number];

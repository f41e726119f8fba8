/**
 * What every queue does, and the defaults of what depends on its devices. What is advertised is also
 * kept to: anything else is answered as unsupported, and never lost silently.
 */
export const capabilities = {
  copiesMost: 999,
  sides: ["one-sided", "two-sided-long-edge", "two-sided-short-edge"],
  printColorModes: ["auto", "color", "monochrome", "process-monochrome"],
  /** Margins that clients may name, in hundredths of a millimetre: those of common devices. */
  margins: [0, 423],
  mediaSource: "auto",
  mediaType: "stationery",
  /** RFC 8011 §5.2.6: `none`. */
  finishings: 3,
  printQuality: 4,
  /** A raster is made for one of these; a PDF has none. So the wish for one changes nothing. */
  resolutionsDpi: [600, 300],
  orientation: 3,
  printScaling: "auto",
  outputBin: "face-down",
  /** PWG 5100.13 §6.2: the numbers whose layout everybody agrees on. */
  numberUps: [1, 2, 4, 6, 9, 16],
  pageRangesMost: 100,
  multipleDocumentHandling: ["separate-documents-collated-copies", "single-document"],
  printContentOptimize: "auto",
  printRenderingIntent: "auto",
  jobHoldUntil: ["no-hold", "indefinite"],
} as const;

/** Job template attributes that may come with a job. */
export const jobTemplateAttributes = [
  "copies",
  "finishings",
  "finishings-col",
  "job-hold-until",
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

export type JobTemplateAttribute = (typeof jobTemplateAttributes)[number];

/**
 * The formats whose pages can be counted, so that documents of them are taken. The first one is what
 * clients that can choose should send.
 */
export const countedFormats = [
  "application/pdf",
  "image/urf",
  "image/pwg-raster",
  "image/jpeg",
] as const;
export type DocumentFormat = (typeof countedFormats)[number];

/** What is advertised: `application/octet-stream` is told by its first bytes (RFC 8011 §5.1.10). */
export const documentFormats = [...countedFormats, "application/octet-stream"] as const;

/** What is made a PDF before it is counted, on machines that can do so safely. */
export const postScript = "application/postscript";

/** What a client may say that a document is. */
export type DeclaredFormat = DocumentFormat | typeof postScript;

/** What a provider advertises that does or does not take PostScript. */
export function formatsTaken(withPostScript: boolean): readonly string[] {
  return withPostScript ? [...documentFormats, postScript] : documentFormats;
}

/** The format of that name, as IPP writes it; undefined for one that is not taken. */
export function countedFormat(name: string): DocumentFormat | undefined {
  return countedFormats.find((format) => format === name);
}

/** How people call a format. */
export const formatNames: Readonly<Record<DocumentFormat, string>> = {
  "application/pdf": "PDF",
  "image/urf": "Apple raster (URF)",
  "image/pwg-raster": "PWG raster",
  "image/jpeg": "JPEG picture",
};

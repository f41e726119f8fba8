import { sniffBytes, sniffFormat } from "../intake/sniff-format.ts";
import { analyseJpeg } from "./analyse-jpeg.ts";
import { analysePdf } from "./analyse-pdf.ts";
import { analyseRaster } from "./analyse-raster.ts";
import type { Budget } from "./budget.ts";
import type { ByteSource } from "./byte-source.ts";
import { type DocumentAnalysis, refused } from "./document-analysis.ts";

/**
 * Counts the pages of a document of any format that is taken, by its first bytes, as a device that
 * looks for itself would; and says which of them are in colour.
 */
export async function countPages(options: {
  source: ByteSource;
  budget: Budget;
  pagesMax?: number;
}): Promise<DocumentAnalysis> {
  const { source } = options;
  const format = sniffFormat(source.read(0, sniffBytes));
  if (format !== "application/pdf" && mayPassForPdf(source)) return refused("not-only-pdf");
  switch (format) {
    case "application/pdf":
      return await analysePdf(options);
    case "image/pwg-raster":
    case "image/urf":
      return analyseRaster({ ...options, format });
    case "image/jpeg":
      return analyseJpeg(options);
    case undefined:
      return refused("unsupported");
  }
}

/** Many devices take for a PDF what has its mark anywhere in the first kilobyte. */
function mayPassForPdf(source: ByteSource): boolean {
  return Buffer.from(source.read(0, 1_024)).includes("%PDF-");
}

import { type Budget, BudgetSpent } from "./budget.ts";
import type { ByteSource } from "./byte-source.ts";
import { type DocumentAnalysis, type PageFacts, refused } from "./document-analysis.ts";
import { type ForwardReader, readForward } from "./raster/forward-reader.ts";
import { pwgHeaderBytes, readPwgHeader } from "./raster/pwg-header.ts";
import { RasterDamage, type RasterPage } from "./raster/raster-page.ts";
import { readUrfHeader, urfHeaderBytes } from "./raster/urf-header.ts";
import { walkLines } from "./raster/walk-lines.ts";

/** How a format of raster pages is read. */
interface RasterFormat {
  /** Bytes before the first page. */
  readonly start: number;
  readonly headerBytes: number;
  readHeader(bytes: Buffer): RasterPage;
  readonly hasClearCode: boolean;
}

const formats = {
  /** PWG 5102.4. */
  "image/pwg-raster": {
    start: 4,
    headerBytes: pwgHeaderBytes,
    readHeader: readPwgHeader,
    hasClearCode: false,
  },
  /** Apple raster; how many pages its head says that it has is not believed. */
  "image/urf": {
    start: 12,
    headerBytes: urfHeaderBytes,
    readHeader: readUrfHeader,
    hasClearCode: true,
  },
} as const satisfies Record<string, RasterFormat>;

/**
 * Counts the pages of a raster document by walking over all its lines, in one pass and a window of
 * memory, and says which of them have a coloured pixel. What does not end with its last page is refused.
 */
export function analyseRaster(options: {
  source: ByteSource;
  budget: Budget;
  format: keyof typeof formats;
  pagesMax?: number;
}): DocumentAnalysis {
  const { source, budget, pagesMax = 100_000 } = options;
  const format = formats[options.format];
  const reader = readForward(source, budget);
  const pages: PageFacts[] = [];
  let copies = 1;
  try {
    reader.take(format.start);
    while (!reader.atEnd()) {
      if (pages.length >= pagesMax) return refused("too-many-pages");
      const { facts, page } = readPage({ reader, format, budget });
      pages.push(facts);
      copies = Math.max(copies, page.copies);
    }
  } catch (error) {
    if (error instanceof RasterDamage) return refused("damaged");
    if (error instanceof BudgetSpent) return refused("too-complex");
    throw error;
  }
  if (pages.length === 0) return refused("no-pages");
  return { kind: "counted", pages, ...(copies > 1 ? { copies } : {}) };
}

function readPage(options: { reader: ForwardReader; format: RasterFormat; budget: Budget }): {
  facts: PageFacts;
  page: RasterPage;
} {
  const { reader, format, budget } = options;
  const page = format.readHeader(reader.take(format.headerBytes));
  const { width, height, dotsPerInch } = page;
  const colour = walkLines({ reader, page, budget, hasClearCode: format.hasClearCode });
  const facts: PageFacts = {
    colour,
    widthPt: (width * 72) / dotsPerInch.x,
    heightPt: (height * 72) / dotsPerInch.y,
  };
  return { facts, page };
}

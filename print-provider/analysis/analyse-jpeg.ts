import { type Budget, BudgetSpent } from "./budget.ts";
import type { ByteSource } from "./byte-source.ts";
import { jpegIsGrey } from "./colour/jpeg-chroma.ts";
import { streamBytesMax } from "./colour/judge.ts";
import { type DocumentAnalysis, refused } from "./document-analysis.ts";
import { foreignLanguage, holdsAny } from "./foreign-language.ts";
import { type JpegOutline, walkJpeg } from "./jpeg/walk-jpeg.ts";
import { PdfDamage } from "./pdf/pdf-object.ts";

/** What, behind the end of the picture, a device might take for a document of its own. */
const beginnings = ["\xff\xd8\xff", "%PDF-", "%!PS", "RaS2", "UNIRAST\0"];

/** How large a picture is on paper does not matter for its price: as it is at 300 dots an inch. */
const pointsPerDot = 72 / 300;

/**
 * A JPEG is one page. It is grey where it has one component, or where none of its chroma is far from
 * the middle; where that would take more than the budget, or another kind of decoder, it is colour.
 */
export function analyseJpeg(options: { source: ByteSource; budget: Budget }): DocumentAnalysis {
  const { source, budget } = options;
  try {
    const outline = walkJpeg(source, budget);
    if (outline === undefined) return refused("damaged");
    if (foreignLanguage(source, budget)) return refused("not-only-pdf");
    const { end, hasMore } = outline;
    if (!hasMore && holdsAny({ source, budget, from: end, words: beginnings }))
      return refused("more-behind");
    const { width, height } = outline;
    const page = { widthPt: width * pointsPerDot, heightPt: height * pointsPerDot };
    return { kind: "counted", pages: [{ ...page, colour: isColour(outline, { source, budget }) }] };
  } catch (error) {
    if (error instanceof BudgetSpent) return refused("too-complex");
    throw error;
  }
}

function isColour(
  { components, end }: JpegOutline,
  { source, budget }: { source: ByteSource; budget: Budget },
): boolean {
  if (components === 1) return false;
  if (components !== 3 || end > streamBytesMax) return true;
  try {
    return !jpegIsGrey(source.read(0, end), budget);
  } catch (error) {
    // It is one page, whatever its bits say; what they say nobody knows.
    if (error instanceof PdfDamage || error instanceof BudgetSpent) return true;
    throw error;
  }
}

import type { Budget } from "../budget.ts";
import { pictureTolerance } from "../colour/colour-space.ts";
import type { ForwardReader } from "./forward-reader.ts";
import { RasterDamage, type RasterPage } from "./raster-page.ts";

/** How far the components of a grey pixel may be apart, in the highest byte. */
const apartMax = Math.round(pictureTolerance * 255);
/** The code that leaves the rest of a line white, in Apple raster alone. */
const clearCode = 128;

/**
 * Walks over one page's packed lines (PWG 5102.4 §4.4; Apple's are alike) and says whether any of its
 * pixels is a colour. There is no index: where the next page begins shows only here. A run beyond the
 * end of its line, or a line beyond the end of its page, throws {@link RasterDamage}: devices would
 * differ on what follows.
 */
export function walkLines(options: {
  reader: ForwardReader;
  page: RasterPage;
  budget: Budget;
  hasClearCode: boolean;
}): boolean {
  const { reader, page, budget, hasClearCode } = options;
  const { unitBytes, unitsPerLine, height } = page;
  const runBytesMax = 2 + 128 * unitBytes;
  let colour = page.pixels === "unknown";
  for (let line = 0; line < height; ) {
    line += (reader.take(1)[0] ?? 0) + 1;
    if (line > height) throw new RasterDamage("a line is repeated beyond its page");
    let runs = 0;
    for (let left = unitsPerLine; left > 0; ) {
      runs += 1;
      const window = reader.window(runBytesMax);
      const code = window[0];
      if (code === undefined) throw new RasterDamage("the document is cut");
      if (code === clearCode) {
        if (!hasClearCode) throw new RasterDamage("a line has a code that does not exist");
        reader.skip(1);
        break;
      }
      const same = code < clearCode;
      const units = same ? code + 1 : 257 - code;
      const bytes = (same ? 1 : units) * unitBytes;
      left -= units;
      if (left < 0) throw new RasterDamage("a line is longer than its page is wide");
      if (window.length < 1 + bytes) throw new RasterDamage("the document is cut");
      if (!colour && page.pixels !== "grey") colour = anyColour({ window, to: 1 + bytes, page });
      reader.skip(1 + bytes);
    }
    budget.operations(1 + runs);
  }
  return colour;
}

/** Whether any pixel of a run needs coloured ink. */
function anyColour(run: { window: Buffer; to: number; page: RasterPage }): boolean {
  const { window, to, page } = run;
  const { unitBytes, sampleBytes } = page;
  const isCmyk = page.pixels === "cmyk";
  for (let at = 1; at < to; at += unitBytes) {
    const first = window[at] ?? 0;
    const second = window[at + sampleBytes] ?? 0;
    const third = window[at + 2 * sampleBytes] ?? 0;
    const least = isCmyk ? 0 : Math.min(first, second, third);
    if (Math.max(first, second, third) - least > apartMax) return true;
  }
  return false;
}

import { type PixelKind, RasterDamage, type RasterPage, rasterPage } from "./raster-page.ts";

/** PWG 5102.4 §4.3: a page's header, behind the mark `RaS2` of the document. */
export const pwgHeaderBytes = 1796;

/** ColorSpace (PWG 5102.4 table 8): how many components, and how their colour is told. */
const spaces: ReadonlyMap<number, readonly [components: number, PixelKind]> = new Map([
  [0, [1, "grey"]], // W, of CUPS
  [1, [3, "rgb"]],
  [3, [1, "grey"]],
  [6, [4, "cmyk"]],
  [18, [1, "grey"]],
  [19, [3, "rgb"]],
  [20, [3, "rgb"]],
] as const);

/** Reads a page's header. Throws {@link RasterDamage} for one that describes no page. */
export function readPwgHeader(bytes: Buffer): RasterPage {
  const number = (at: number) => bytes.readUInt32BE(at);
  const bitsPerPixel = number(388);
  const known = spaces.get(number(400));
  const components = known?.[0] ?? number(420);
  if (components < 1 || components > 15) throw new RasterDamage("a page has too many inks");
  if (number(396) !== 0) throw new RasterDamage("a page's colours are not side by side");
  const page = rasterPage({
    width: number(372),
    height: number(376),
    dotsPerInch: { x: number(276) || 300, y: number(280) || 300 },
    bitsPerPixel,
    components,
    pixels: known?.[1] ?? "unknown",
    copies: Math.max(1, number(340)),
  });
  if (number(392) !== page.unitBytes * page.unitsPerLine)
    throw new RasterDamage("a page's lines have another length than its pixels");
  return page;
}

import { type PixelKind, RasterDamage, type RasterPage, rasterPage } from "./raster-page.ts";

/** A page's header, behind the twelve bytes that begin the document. */
export const urfHeaderBytes = 32;

/** Colour spaces: how many components, and how their colour is told. */
const spaces: ReadonlyMap<number, readonly [components: number, PixelKind]> = new Map([
  [0, [1, "grey"]],
  [1, [3, "rgb"]],
  [2, [3, "unknown"]], // Lab
  [3, [3, "rgb"]],
  [4, [1, "grey"]],
  [5, [3, "rgb"]],
  [6, [4, "cmyk"]],
] as const);

/** Reads a page's header. Throws {@link RasterDamage} for one that describes no page. */
export function readUrfHeader(bytes: Buffer): RasterPage {
  const space = spaces.get(bytes.readUInt8(1));
  if (space === undefined) throw new RasterDamage("a page is in an unknown colour space");
  const dots = bytes.readUInt32BE(20) || 300;
  return rasterPage({
    width: bytes.readUInt32BE(12),
    height: bytes.readUInt32BE(16),
    dotsPerInch: { x: dots, y: dots },
    bitsPerPixel: bytes.readUInt8(0),
    components: space[0],
    pixels: space[1],
    copies: 1,
  });
}

/** How the colour of a pixel is told. */
export type PixelKind =
  /** One ink that is black: nothing to look at. */
  | "grey"
  /** Red, green, blue: grey where the three are alike. */
  | "rgb"
  /** Cyan, magenta, yellow, black: grey where the first three are none. */
  | "cmyk"
  /** Inks or a space that we cannot judge: counts as colour. */
  | "unknown";

/** One page of a raster document, as its header describes it. */
export interface RasterPage {
  /** In pixels. */
  readonly width: number;
  readonly height: number;
  readonly dotsPerInch: { readonly x: number; readonly y: number };
  /** Lines are coded in units of so many bytes: one pixel, or one byte of pixels smaller than that. */
  readonly unitBytes: number;
  readonly unitsPerLine: number;
  /** Bytes of one component; the highest comes first. */
  readonly sampleBytes: number;
  readonly pixels: PixelKind;
  /** Copies that the header itself asks for; 1 where it says nothing. */
  readonly copies: number;
}

/** The raster data make no sense. */
export class RasterDamage extends Error {
  override readonly name = "RasterDamage";
}

/** Some ten metres at 600 dots an inch: longer than any banner. */
const dotsMax = 250_000;

/**
 * The page that such pixels make. Throws {@link RasterDamage} for measures that no device has.
 */
export function rasterPage(options: {
  width: number;
  height: number;
  dotsPerInch: { x: number; y: number };
  bitsPerPixel: number;
  components: number;
  pixels: PixelKind;
  copies: number;
}): RasterPage {
  const { width, height, dotsPerInch, bitsPerPixel, components, pixels, copies } = options;
  if (width < 1 || height < 1 || width > dotsMax || height > dotsMax)
    throw new RasterDamage("a page is too small or too large");
  const packed = bitsPerPixel < 8;
  const bitsPerSample = bitsPerPixel / components;
  const possible = packed
    ? components === 1 && [1, 2, 4].includes(bitsPerPixel)
    : bitsPerSample === 8 || bitsPerSample === 16;
  if (!possible) throw new RasterDamage("a page has pixels of an unknown kind");
  return {
    width,
    height,
    dotsPerInch,
    unitBytes: packed ? 1 : bitsPerPixel / 8,
    unitsPerLine: packed ? Math.ceil((width * bitsPerPixel) / 8) : width,
    sampleBytes: packed ? 1 : bitsPerSample / 8,
    pixels,
    copies,
  };
}

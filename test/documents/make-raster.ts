/** Kinds of pixels that the makers write, by their names in PWG 5102.4. */
export type RasterKind = "black_1" | "sgray_8" | "sgray_16" | "srgb_8" | "srgb_16" | "cmyk_8";

interface Pixels {
  readonly bitsPerPixel: number;
  readonly bitsPerColour: number;
  readonly components: number;
  readonly pwgSpace: number;
  readonly urfSpace: number;
}

const kinds: Readonly<Record<RasterKind, Pixels>> = {
  black_1: { bitsPerPixel: 1, bitsPerColour: 1, components: 1, pwgSpace: 3, urfSpace: 4 },
  sgray_8: { bitsPerPixel: 8, bitsPerColour: 8, components: 1, pwgSpace: 18, urfSpace: 0 },
  sgray_16: { bitsPerPixel: 16, bitsPerColour: 16, components: 1, pwgSpace: 18, urfSpace: 0 },
  srgb_8: { bitsPerPixel: 24, bitsPerColour: 8, components: 3, pwgSpace: 19, urfSpace: 1 },
  srgb_16: { bitsPerPixel: 48, bitsPerColour: 16, components: 3, pwgSpace: 19, urfSpace: 1 },
  cmyk_8: { bitsPerPixel: 32, bitsPerColour: 8, components: 4, pwgSpace: 6, urfSpace: 6 },
};

export interface RasterPageSpec {
  kind?: RasterKind;
  /** In pixels; a small page at a low resolution is quick to write and to read. */
  width?: number;
  height?: number;
  dotsPerInch?: number;
  /** A pixel of the line, as its bytes; nothing is white. */
  paint?: (x: number, y: number) => readonly number[] | undefined;
  /** Another number at a byte of the PWG header, to be wrong on purpose. */
  header?: Readonly<Record<number, number>>;
  /** Instead of the packed lines. */
  data?: Uint8Array;
}

/** A document in PWG raster (PWG 5102.4) of these pages. */
export function makePwg(pages: readonly RasterPageSpec[], totalPages = pages.length): Buffer {
  return Buffer.concat([
    Buffer.from("RaS2"),
    ...pages.flatMap((page) => [pwgHeader(page, totalPages), dataOf(page)]),
  ]);
}

/** A document in Apple raster of these pages; `totalPages` is what its head says. */
export function makeUrf(pages: readonly RasterPageSpec[], totalPages = pages.length): Buffer {
  const head = Buffer.alloc(12);
  head.write("UNIRAST\0", "latin1");
  head.writeUInt32BE(totalPages, 8);
  return Buffer.concat([head, ...pages.flatMap((page) => [urfHeader(page), dataOf(page)])]);
}

function measures(page: RasterPageSpec) {
  const { width = 80, height = 100, dotsPerInch = 10, kind = "srgb_8" } = page;
  return { width, height, dotsPerInch, ...kinds[kind] };
}

function pwgHeader(page: RasterPageSpec, totalPages: number): Buffer {
  const it = measures(page);
  const header = Buffer.alloc(1796);
  header.write("PwgRaster", 0);
  const numbers: Record<number, number> = {
    276: it.dotsPerInch,
    280: it.dotsPerInch,
    340: 1,
    352: Math.round((it.width * 72) / it.dotsPerInch),
    356: Math.round((it.height * 72) / it.dotsPerInch),
    372: it.width,
    376: it.height,
    384: it.bitsPerColour,
    388: it.bitsPerPixel,
    392: Math.ceil((it.width * it.bitsPerPixel) / 8),
    400: it.pwgSpace,
    420: it.components,
    452: totalPages,
    ...page.header,
  };
  for (const [at, value] of Object.entries(numbers)) header.writeUInt32BE(value, Number(at));
  return header;
}

function urfHeader(page: RasterPageSpec): Buffer {
  const it = measures(page);
  const header = Buffer.alloc(32);
  header.writeUInt8(it.bitsPerPixel, 0);
  header.writeUInt8(it.urfSpace, 1);
  header.writeUInt8(1, 2);
  header.writeUInt8(4, 3);
  header.writeUInt32BE(it.width, 12);
  header.writeUInt32BE(it.height, 16);
  header.writeUInt32BE(it.dotsPerInch, 20);
  return header;
}

/** The page's lines, packed; equal lines that follow each other are written once. */
function dataOf(page: RasterPageSpec): Uint8Array {
  if (page.data !== undefined) return page.data;
  const { width, height, bitsPerPixel, components } = measures(page);
  const unit = Math.max(1, bitsPerPixel / 8);
  const white = Buffer.alloc(unit, components === 4 || bitsPerPixel === 1 ? 0 : 255);
  const perLine = bitsPerPixel < 8 ? Math.ceil(width / 8) : width;
  const parts: Uint8Array[] = [];
  for (let y = 0; y < height; ) {
    const line = lineOf(y);
    let repeat = 1;
    while (repeat < 256 && y + repeat < height && line.equals(lineOf(y + repeat))) repeat += 1;
    parts.push(Buffer.from([repeat - 1]), packLine(line, unit));
    y += repeat;
  }
  return Buffer.concat(parts);

  function lineOf(y: number): Buffer {
    return Buffer.concat(
      Array.from({ length: perLine }, (_, x) => {
        const painted = page.paint?.(x, y);
        return painted === undefined ? white : Buffer.from(painted);
      }),
    );
  }
}

/** PWG 5102.4 §4.4: runs of the same unit, and runs of different ones. */
function packLine(line: Buffer, unit: number): Buffer {
  const units = Array.from({ length: line.length / unit }, (_, place) =>
    line.subarray(place * unit, (place + 1) * unit),
  );
  const same = (a: number, b: number): boolean =>
    b < units.length && (units[a] ?? line).equals(units[b] ?? line);
  const parts: Buffer[] = [];
  for (let at = 0; at < units.length; ) {
    let end = at + 1;
    if (same(at, end)) {
      while (end - at < 128 && same(at, end)) end += 1;
      parts.push(Buffer.from([end - at - 1]), units[at] ?? line);
    } else {
      while (end - at < 128 && end < units.length && !same(end, end + 1)) end += 1;
      parts.push(Buffer.from([end - at === 1 ? 0 : 257 - (end - at)]), ...units.slice(at, end));
    }
    at = end;
  }
  return Buffer.concat(parts);
}

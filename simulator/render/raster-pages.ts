import type { Colour, DocumentPage } from "../printer/document-page.ts";
import type { ByteFile } from "./byte-file.ts";
import { UnreadableError } from "./unreadable-error.ts";

/** One page's header, whichever of the two formats it comes from. */
interface RasterHeader {
  readonly width: number;
  readonly height: number;
  readonly dotsPerInch: number;
  readonly bitsPerPixel: number;
  /** Bytes of a pixel that are compared to tell colour; 0 where there is but one ink. */
  readonly components: 0 | 3 | 4;
}

const pagesMax = 100_000;
const pixelsMax = 200_000;

/** The pages of a PWG raster file (PWG 5102.4). Throws UnreadableError where it makes no sense. */
export function readPwgRaster(file: ByteFile): Promise<readonly DocumentPage[]> {
  return readPages(file, { start: 4, headerBytes: 1796, readHeader: pwgHeader });
}

/** The pages of a URF file. Throws UnreadableError where it makes no sense. */
export function readUrf(file: ByteFile): Promise<readonly DocumentPage[]> {
  // The page count at byte 8 is often 0: only the pages themselves count.
  return readPages(file, { start: 12, headerBytes: 32, readHeader: urfHeader });
}

function pwgHeader(bytes: Buffer): RasterHeader {
  const space = bytes.readUInt32BE(400);
  return {
    width: bytes.readUInt32BE(372),
    height: bytes.readUInt32BE(376),
    dotsPerInch: bytes.readUInt32BE(276),
    bitsPerPixel: bytes.readUInt32BE(388),
    components: space === 19 || space === 1 || space === 20 ? 3 : space === 6 ? 4 : 0,
  };
}

function urfHeader(bytes: Buffer): RasterHeader {
  const bitsPerPixel = bytes.readUInt8(0);
  return {
    width: bytes.readUInt32BE(12),
    height: bytes.readUInt32BE(16),
    dotsPerInch: bytes.readUInt32BE(20),
    bitsPerPixel,
    components: bitsPerPixel === 24 ? 3 : bitsPerPixel === 32 ? 4 : 0,
  };
}

async function readPages(
  file: ByteFile,
  format: {
    readonly start: number;
    readonly headerBytes: number;
    readonly readHeader: (bytes: Buffer) => RasterHeader;
  },
): Promise<readonly DocumentPage[]> {
  const pages: DocumentPage[] = [];
  let at = format.start;
  while (at < file.size) {
    const bytes = await file.read(at, format.headerBytes);
    if (bytes.length < format.headerBytes) throw damaged();
    const header = format.readHeader(bytes);
    checkHeader(header);
    const body = await readLines(file, at + format.headerBytes, header);
    at = body.end;
    const scale = 2540 / (header.dotsPerInch || 300);
    const size = { width: header.width * scale, height: header.height * scale };
    pages.push({ colour: body.colour, ...size });
    if (pages.length > pagesMax) throw damaged();
  }
  if (pages.length === 0) throw damaged();
  return pages;
}

function checkHeader({ width, height, bitsPerPixel }: RasterHeader): void {
  const fits = (value: number) => value >= 1 && value <= pixelsMax;
  if (!fits(width) || !fits(height) || ![1, 8, 16, 24, 32, 48, 64].includes(bitsPerPixel)) {
    throw damaged();
  }
}

/** Walks the packed lines of one page: PWG 5102.4 §4.4, the same in URF. */
async function readLines(
  file: ByteFile,
  start: number,
  header: RasterHeader,
): Promise<{ readonly end: number; readonly colour: Colour }> {
  const pixelBytes = Math.max(1, header.bitsPerPixel / 8);
  const lineBytes = Math.ceil((header.width * header.bitsPerPixel) / 8);
  const windowBytes = 4 * 1024 * 1024;
  let window = await file.read(start, windowBytes);
  let base = start;
  let at = 0;
  let colour: Colour = "grey";
  for (let line = 0; line < header.height; ) {
    // A line never takes more than twice its bytes, so a window with this much left holds it.
    if (at + 2 * lineBytes + 2 > window.length && base + window.length < file.size) {
      base += at;
      at = 0;
      window = await file.read(base, Math.max(windowBytes, 4 * lineBytes));
    }
    const repeat = window[at];
    if (repeat === undefined) throw damaged();
    line += repeat + 1;
    at += 1;
    for (let filled = 0; filled < lineBytes; ) {
      const count = window[at];
      if (count === undefined) throw damaged();
      at += 1;
      if (count === 128) break;
      const pixels = count < 128 ? 1 : 257 - count;
      filled += (count < 128 ? count + 1 : pixels) * pixelBytes;
      if (at + pixels * pixelBytes > window.length) throw damaged();
      if (colour === "grey" && hasColour(window, { at, pixels, pixelBytes, header })) {
        colour = "colour";
      }
      at += pixels * pixelBytes;
    }
  }
  return { end: base + at, colour };
}

function hasColour(
  bytes: Buffer,
  run: {
    readonly at: number;
    readonly pixels: number;
    readonly pixelBytes: number;
    readonly header: RasterHeader;
  },
): boolean {
  const { components } = run.header;
  if (components === 0) return false;
  const sample = run.pixelBytes / components;
  for (let pixel = 0; pixel < run.pixels; pixel += 1) {
    const at = run.at + pixel * run.pixelBytes;
    const [a, b, c] = [bytes[at] ?? 0, bytes[at + sample] ?? 0, bytes[at + 2 * sample] ?? 0];
    if (Math.max(a, b, c) - Math.min(a, b, c) > 8) return true;
  }
  return false;
}

function damaged(): UnreadableError {
  return new UnreadableError("document-format-error", "The raster data is damaged.");
}

import { execFile } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { promisify } from "node:util";
import type { OddDocument } from "./odd-document.ts";

/** Who renders documents beside us: none of it is our code. */
export const ghostscript = "/usr/bin/gs";
/** Of cups-filters: what CUPS itself makes of a raster. */
const rasterToPdf = "/usr/lib/cups/filter/rastertopdf";

/** How far a pixel's components may be apart, of 255, and still be grey: rendering rounds. */
const apartMax = 8;

/**
 * What Ghostscript paints: "gcg" for a grey page, one in colour and a grey one, by the chroma of its
 * RGB rendering (`inkcov` takes greys said in RGB for colour). Rasters are read by CUPS first.
 * "nothing" where it finds no page, undefined where nobody beside us reads the format.
 */
export async function renderedByPeers(
  document: OddDocument,
  path: string,
): Promise<string | undefined> {
  writeFileSync(path, document.bytes);
  switch (document.format) {
    case "PDF":
      return await painted([path]);
    case "JPEG":
      return await painted(["-dNOSAFER", "viewjpeg.ps", "-c", `(${path}) viewJPEG showpage`]);
    case "PWG raster":
    case "Apple raster": {
      if (!existsSync(rasterToPdf)) return undefined;
      const pdf = `${path}.pdf`;
      writeFileSync(pdf, await rasterAsPdf(path, document.format));
      return await painted([pdf]);
    }
    case "other":
      return undefined;
  }
}

async function rasterAsPdf(path: string, format: "PWG raster" | "Apple raster"): Promise<Buffer> {
  const type = format === "PWG raster" ? "image/pwg-raster" : "image/urf";
  return await outputOf(rasterToPdf, ["1", "someone", "title", "1", "", path], {
    CONTENT_TYPE: type,
  });
}

async function painted(input: readonly string[]): Promise<string> {
  const options = ["-q", "-dBATCH", "-dNOPAUSE", "-dPrinted", "-sDEVICE=ppmraw", "-r24", "-o", "-"];
  const pages = coloursOf(await outputOf(ghostscript, [...options, ...input]));
  return pages === "" ? "nothing" : pages;
}

/** What it had written before it gave up came out of a printer, too. */
async function outputOf(
  program: string,
  options: readonly string[],
  env: Record<string, string> = {},
): Promise<Buffer> {
  const limits = { encoding: "buffer", maxBuffer: 2_000_000_000, timeout: 120_000, env } as const;
  try {
    const { stdout } = await promisify(execFile)(program, options, limits);
    return stdout;
  } catch (error) {
    if (error instanceof Error && "stdout" in error && Buffer.isBuffer(error.stdout))
      return error.stdout;
    throw error;
  }
}

/** Goes over the pages of a stream of PNM pictures: P4 and P5 are grey by their kind. */
function coloursOf(out: Buffer): string {
  let found = "";
  for (let at = 0; at < out.length; ) {
    const head = /^P([456])\s(?:#.*\n)?(\d+) (\d+)\s(?:(\d+)\s)?/.exec(
      out.toString("latin1", at, at + 100),
    );
    if (head === null) return found;
    const [whole, kind, width = "0", height = "0"] = head;
    const headBytes = kind === "4" ? whole.length - (head[4]?.length ?? -1) - 1 : whole.length;
    const row =
      kind === "4" ? Math.ceil(Number(width) / 8) : Number(width) * (kind === "6" ? 3 : 1);
    const start = at + headBytes;
    at = start + row * Number(height);
    found += kind === "6" && hasChroma(out.subarray(start, at)) ? "c" : "g";
  }
  return found;
}

function hasChroma(pixels: Buffer): boolean {
  for (let at = 0; at + 2 < pixels.length; at += 3) {
    const [red = 0, green = 0, blue = 0] = [pixels[at], pixels[at + 1], pixels[at + 2]];
    if (Math.max(red, green, blue) - Math.min(red, green, blue) > apartMax) return true;
  }
  return false;
}

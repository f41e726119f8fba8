import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { makeJpeg, segment } from "../../test/documents/make-jpeg.ts";
import { makePdf, makeTextPdf } from "../../test/documents/make-pdf.ts";
import { makePwg, makeUrf, type RasterPageSpec } from "../../test/documents/make-raster.ts";
import { startBudget } from "./budget.ts";
import { memorySource } from "./byte-source.ts";
import { countPages } from "./count-pages.ts";

const folder = mkdtempSync(join(tmpdir(), "guichet-raster-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** "gcg" for a grey page, one in colour, and a grey one; or why it was refused. */
async function counted(bytes: Uint8Array): Promise<string> {
  const limits = { operationsMax: 50_000_000, bytesMax: 1_000_000_000, durationMsMax: 20_000 };
  const budget = startBudget(limits, () => performance.now());
  const result = await countPages({ source: memorySource(bytes), budget });
  if (result.kind === "refused") return result.reason;
  const copies = result.copies === undefined ? "" : ` ×${result.copies}`;
  return result.pages.map(({ colour }) => (colour ? "c" : "g")).join("") + copies;
}

const grey: RasterPageSpec = { paint: (x) => (x % 3 === 0 ? [90, 90, 90] : undefined) };
const colour: RasterPageSpec = {
  paint: (x, y) => (x === 79 && y === 99 ? [90, 90, 200] : undefined),
};

describe.each([
  ["PWG raster", makePwg],
  ["Apple raster", makeUrf],
] as const)("%s", (_, make) => {
  it("has the pages that are in it, whatever its head says", async () => {
    for (const total of [0, 1, 3, 99])
      expect(await counted(make([grey, colour, grey], total))).toBe("gcg");
  });

  it("is in colour where one pixel of a page is", async () => {
    expect(await counted(make([{}, colour]))).toBe("gc");
    expect(await counted(make([{ kind: "sgray_8" }, { kind: "black_1", width: 77 }]))).toBe("gg");
    expect(await counted(make([{ kind: "sgray_16" }]))).toBe("g");
    expect(await counted(make([{ kind: "srgb_16", paint: () => [9, 0, 9, 77, 9, 1] }]))).toBe("g");
    expect(await counted(make([{ kind: "srgb_16", paint: () => [9, 0, 90, 7, 9, 1] }]))).toBe("c");
    expect(await counted(make([{ kind: "cmyk_8", paint: () => [0, 0, 0, 200] }]))).toBe("g");
    expect(await counted(make([{ kind: "cmyk_8", paint: () => [0, 60, 0, 0] }]))).toBe("c");
  });

  it("is refused when runs leave their line or lines their page, and when it is cut", async () => {
    const over = Buffer.from([99, 127, 0, 0, 0]); // 128 pixels on a line of 80
    expect(await counted(make([{ data: over }]))).toBe("damaged");
    const below = Buffer.from([100, 79, 0, 0, 0]); // 101 lines on a page of 100
    expect(await counted(make([{ data: below }]))).toBe("damaged");
    expect(await counted(make([grey]).subarray(0, -1))).toBe("damaged");
    expect(await counted(Buffer.concat([make([grey]), Buffer.from("\x1b%-12345X")]))).toBe(
      "damaged",
    );
    expect(await counted(make([]))).toBe("no-pages");
    expect(await counted(make([{ ...grey, width: 300_000, data: over }]))).toBe("damaged");
  });
});

describe("PWG raster", () => {
  it("tells of copies that its own header asks for", async () => {
    expect(await counted(makePwg([grey, { ...grey, header: { 340: 50 } }]))).toBe("gg ×50");
  });

  it("is refused where its header contradicts itself", async () => {
    expect(await counted(makePwg([{ ...grey, header: { 392: 79 } }]))).toBe("damaged");
    expect(await counted(makePwg([{ ...grey, header: { 396: 1 } }]))).toBe("damaged");
    expect(await counted(makePwg([{ data: Buffer.from([99, 128]) }]))).toBe("damaged");
    expect(await counted(makeUrf([{ data: Buffer.from([99, 128]) }]))).toBe("g");
  });

  it("in inks that nobody knows counts as colour", async () => {
    expect(await counted(makePwg([{ kind: "sgray_8", header: { 400: 48 } }]))).toBe("c");
  });
});

describe("JPEG", () => {
  const paintGrey = (x: number, y: number) => [x * 20, x * 20, x * 20].map((it) => (it + y) % 256);
  const paintRed = (x: number) => (x === 3 ? [200, 30, 30] : [9, 9, 9]);

  it("is one page, in colour where its chroma is", async () => {
    expect(await counted(makeJpeg({ paint: paintGrey }))).toBe("g");
    expect(await counted(makeJpeg({ paint: paintRed }))).toBe("c");
    expect(await counted(makeJpeg({ paint: () => [90], components: 1 }))).toBe("g");
    expect(await counted(makeJpeg({ paint: paintGrey, restartEvery: 5 }))).toBe("g");
  });

  it("counts as colour where its kind cannot be looked into", async () => {
    expect(await counted(makeJpeg({ paint: paintGrey, progressive: true }))).toBe("c");
    expect(await counted(makeJpeg({ paint: paintGrey, adobeRgb: true }))).toBe("c");
    expect(await counted(makeJpeg({ paint: () => [0, 0, 0, 99], components: 4 }))).toBe("c");
  });

  it("is refused when it is cut, or when another document follows", async () => {
    const jpeg = makeJpeg({ paint: paintGrey, blocksAcross: 40, blocksDown: 40 });
    expect(await counted(jpeg.subarray(0, -2))).toBe("damaged");
    expect(await counted(jpeg.subarray(0, 60))).toBe("damaged");
    expect(await counted(Buffer.concat([jpeg, jpeg]))).toBe("more-behind");
    expect(await counted(Buffer.concat([jpeg, makeTextPdf({ pages: 3 })]))).toBe("more-behind");
    expect(await counted(Buffer.concat([jpeg, Buffer.from("\x1b%-12345X@PJL")]))).toBe(
      "not-only-pdf",
    );
    expect(await counted(Buffer.concat([jpeg, Buffer.alloc(99)]))).toBe("g");
  });

  it("of a phone may carry a second picture of the same scene", async () => {
    const many = segment(0xe2, Buffer.from("MPF\0MM\0*"));
    const photo = makeJpeg({ paint: paintRed, segments: [many] });
    expect(await counted(Buffer.concat([photo, makeJpeg({ paint: paintGrey })]))).toBe("c");
  });

  it("that could pass for a PDF is refused", async () => {
    const comment = segment(0xfe, Buffer.from("%PDF-1.4\n"));
    const both = makeJpeg({ paint: paintGrey, segments: [comment] });
    expect(await counted(Buffer.concat([both, makePdf({ pages: [{ content: "" }] })]))).toBe(
      "not-only-pdf",
    );
  });
});

const ghostscript = existsSync("/usr/bin/gs");
if (!ghostscript) console.log("Left out: raster of Ghostscript's making, since gs is not there.");

it.runIf(ghostscript)(
  "what Ghostscript makes is counted as the PDF that it was made of",
  async () => {
    const source = join(folder, "source.pdf");
    writeFileSync(source, makeTextPdf({ pages: 5, colourEvery: 2 }));
    const make = (device: string, ...more: string[]) => {
      const options = ["-q", "-dBATCH", "-dNOPAUSE", "-dSAFER", `-sDEVICE=${device}`, "-r100"];
      return execFileSync("/usr/bin/gs", [...options, ...more, "-o", "-", source], {
        maxBuffer: 1e9,
      });
    };
    const as = (space: number, each: number, all: number) => [
      `-dcupsColorSpace=${space}`,
      `-dcupsBitsPerColor=${each}`,
      `-dcupsBitsPerPixel=${all}`,
      "-dcupsColorOrder=0",
    ];
    expect(await counted(make("pwgraster", ...as(19, 8, 24)))).toBe("gcgcg");
    expect(await counted(make("pwgraster", ...as(19, 16, 48)))).toBe("gcgcg");
    expect(await counted(make("pwgraster", ...as(18, 8, 8)))).toBe("ggggg");
    expect(await counted(make("pwgraster", ...as(3, 1, 1)))).toBe("ggggg");
    expect(await counted(make("urf", ...as(19, 8, 24)))).toBe("gcgcg");
    expect(await counted(make("jpeg", "-dFirstPage=2", "-dLastPage=2"))).toBe("c");
    expect(await counted(make("jpeg", "-dFirstPage=3", "-dLastPage=3"))).toBe("g");
    expect(await counted(make("jpeggray", "-dFirstPage=2", "-dLastPage=2"))).toBe("g");
  },
);

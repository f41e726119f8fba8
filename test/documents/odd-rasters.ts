import { makePwg, makeUrf, type RasterPageSpec } from "./make-raster.ts";
import type { OddDocument } from "./odd-document.ts";

const grey: RasterPageSpec = { paint: (x) => (x % 3 === 0 ? [90, 90, 90] : undefined) };
const red: RasterPageSpec = { paint: (x) => (x % 3 === 0 ? [190, 60, 60] : undefined) };
const oneRed: RasterPageSpec = {
  paint: (x, y) => (x === 79 && y === 99 ? [190, 60, 60] : undefined),
};
const inks = (c: number, m: number, y: number, k: number): RasterPageSpec => ({
  kind: "cmyk_8",
  paint: () => [c, m, y, k],
});

function both(
  name: string,
  pages: readonly RasterPageSpec[],
  truth: string,
  total?: number,
): OddDocument[] {
  return [
    { name, format: "PWG raster", bytes: makePwg(pages, total), truth },
    { name, format: "Apple raster", bytes: makeUrf(pages, total), truth },
  ];
}

const pwg = (name: string, bytes: Buffer, truth: string): OddDocument => ({
  name,
  format: "PWG raster",
  bytes,
  truth,
});

/** Documents of raster pages: of two programs' making, and of nobody's. */
export const oddRasters: readonly OddDocument[] = [
  ...both("three pages", [grey, red, grey], "gcg"),
  ...both("three pages, and the head says one", [grey, red, red], "gcc", 1),
  ...both("three pages, and the head says a thousand", [red, red, grey], "ccg", 1_000),
  ...both(
    "sixty small pages",
    Array.from({ length: 60 }, (_, n) => (n % 7 === 0 ? red : grey)).map((it) => ({
      ...it,
      width: 12,
      height: 10,
    })),
    Array.from({ length: 60 }, (_, n) => (n % 7 === 0 ? "c" : "g")).join(""),
  ),
  ...both("one red dot in a corner", [oneRed], "c"),
  ...both("an empty page", [{}, red], "gc"),
  ...both("grey in one component", [{ kind: "sgray_8", paint: (x) => [x] }], "g"),
  ...both("inks, black alone", [inks(0, 0, 0, 160)], "g"),
  ...both("inks, a little cyan", [inks(60, 0, 0, 0)], "c"),
  ...both(
    "sixteen bits, in colour",
    [{ kind: "srgb_16", paint: () => [200, 0, 60, 0, 60, 0] }],
    "c",
  ),
  pwg(
    "black and white, and no whole byte wide",
    makePwg([{ kind: "black_1", width: 77, paint: () => [0xa5] }]),
    "g",
  ),
  pwg("copies in a page's header", makePwg([{ ...grey, header: { 340: 50 } }]), "refused"),
  ...both(
    "a run beyond the end of its line",
    [{ data: Buffer.from([99, 127, 0, 0, 0]) }],
    "refused",
  ),
  ...both(
    "lines beyond the end of their page",
    [{ data: Buffer.from([255, 79, 0, 0, 0]) }],
    "refused",
  ),
  {
    name: "cut in the second page",
    format: "PWG raster",
    bytes: makePwg([grey, red]).subarray(0, -40),
    truth: "refused",
  },
  {
    name: "cut in the second page",
    format: "Apple raster",
    bytes: makeUrf([grey, red]).subarray(0, -40),
    truth: "refused",
  },
  pwg(
    "a PDF behind the last page",
    Buffer.concat([makePwg([grey]), Buffer.from("%PDF-1.4\n".padEnd(3_000))]),
    "refused",
  ),
  pwg(
    "a page two billion lines long",
    makePwg([{ ...grey, header: { 376: 2_000_000_000 } }]),
    "refused",
  ),
];

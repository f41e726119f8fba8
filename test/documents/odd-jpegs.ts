import { makeJpeg, segment } from "./make-jpeg.ts";
import { makeTextPdf } from "./make-pdf.ts";
import type { OddDocument } from "./odd-document.ts";

const grey = (x: number): number[] => [x * 30, x * 30, x * 30];
const red = (x: number): number[] => (x === 3 ? [200, 30, 30] : [99, 99, 99]);
const photo = makeJpeg({ paint: red });

const jpeg = (name: string, bytes: Buffer, truth: string): OddDocument => ({
  name,
  format: "JPEG",
  bytes,
  truth,
});

/** Pictures, and what else begins as one. */
export const oddJpegs: readonly OddDocument[] = [
  jpeg("a photo", photo, "c"),
  jpeg("grey, written in colour", makeJpeg({ paint: grey }), "g"),
  jpeg("grey, in one component", makeJpeg({ paint: (x) => [x * 30], components: 1 }), "g"),
  jpeg("progressive", makeJpeg({ paint: red, progressive: true }), "c"),
  jpeg("with restarts", makeJpeg({ paint: red, restartEvery: 7 }), "c"),
  jpeg("red, green and blue themselves", makeJpeg({ paint: red, adobeRgb: true }), "c"),
  jpeg("four inks", makeJpeg({ paint: () => [90, 0, 0, 30], components: 4 }), "c"),
  jpeg(
    "a picture and its smaller twin, as phones write it",
    Buffer.concat([
      makeJpeg({ paint: red, segments: [segment(0xe2, Buffer.from("MPF\0MM\0*"))] }),
      photo,
    ]),
    "c",
  ),
  jpeg("two pictures, one behind the other", Buffer.concat([photo, photo]), "refused"),
  jpeg("a PDF behind the picture", Buffer.concat([photo, makeTextPdf({ pages: 9 })]), "refused"),
  jpeg("cut", photo.subarray(0, -20), "refused"),
];

/** What is not taken at all. */
export const strangers: readonly OddDocument[] = (
  [
    ["PostScript", "%!PS-Adobe-3.0\nshowpage\n"],
    ["PCL", "\x1bE\x1b&l9XHello\x1bE"],
    ["an Office document", "PK\x03\x04\x14\0\x06\0"],
    ["a web page", "<!DOCTYPE html><p>Hello</p>"],
    ["plain text", "Dear Sir or Madam,\nhello.\n"],
    ["a PNG picture", "\x89PNG\r\n\x1a\n"],
    ["raster of CUPS", "RaS3\0\0\0\0"],
    ["nothing known", "\0\x01\x02\x03\x04"],
  ] as const
).map(([name, text]) => ({
  name,
  format: "other",
  bytes: Buffer.from(text.padEnd(64), "latin1"),
  truth: "refused",
}));

import { deflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { isColour } from "../../test/documents/is-colour.ts";
import { firstExtra } from "../../test/documents/make-pdf.ts";
import type { PdfBody } from "../../test/documents/write-pdf.ts";

const X = firstExtra;
const box = "0 0 9 9 re";

describe("a page's pictures", () => {
  const image = (more: string, pixels: Uint8Array): PdfBody => ({
    text: `/Type /XObject /Subtype /Image /Width 4 /Height 2 ${more}`,
    stream: pixels,
  });
  const page = (body: PdfBody, ...others: PdfBody[]) => ({
    content: "/X Do",
    resources: `/XObject << /X ${X} 0 R >>`,
    extras: [body, ...others],
  });
  const rgb = "/BitsPerComponent 8 /ColorSpace /DeviceRGB";
  const grey = Buffer.alloc(24, 120);
  const nearly = Buffer.from(grey).fill(127, 5, 6);
  const oneRed = Buffer.from(grey).fill(200, 21, 22);

  it("are looked at pixel by pixel, with a tolerance for what scanning does", async () => {
    expect(await isColour(page(image(rgb, grey)))).toBe(false);
    expect(await isColour(page(image(rgb, nearly)))).toBe(false);
    expect(await isColour(page(image(rgb, oneRed)))).toBe(true);
    const flate = `${rgb} /Filter /FlateDecode`;
    expect(await isColour(page(image(flate, deflateSync(grey))))).toBe(false);
    expect(await isColour(page(image(flate, deflateSync(oneRed))))).toBe(true);
  });

  it("are looked at behind a PNG predictor", async () => {
    const rows = (pixels: Buffer): Buffer => {
      const up = pixels.subarray(12).map((byte, at) => byte - (pixels[at] ?? 0));
      return deflateSync(
        Buffer.concat([Buffer.from([0]), pixels.subarray(0, 12), Buffer.from([2]), up]),
      );
    };
    const predicted = `${rgb} /Filter /FlateDecode /DecodeParms << /Predictor 15 /Colors 3 /Columns 4 >>`;
    expect(await isColour(page(image(predicted, rows(grey))))).toBe(false);
    expect(await isColour(page(image(predicted, rows(oneRed))))).toBe(true);
  });

  it("are grey in a grey space, and in black ink only", async () => {
    const noise = Buffer.from([1, 200, 30, 90, 5, 6, 7, 250]);
    expect(await isColour(page(image("/BitsPerComponent 8 /ColorSpace /DeviceGray", noise)))).toBe(
      false,
    );
    const cmyk = "/BitsPerComponent 8 /ColorSpace /DeviceCMYK";
    const black = Buffer.alloc(32).map((_, at) => (at % 4 === 3 ? 180 : 0));
    expect(await isColour(page(image(cmyk, black)))).toBe(false);
    expect(await isColour(page(image(cmyk, Buffer.alloc(32, 40))))).toBe(true);
  });

  it("are judged by the colours that they use of a palette", async () => {
    const palette =
      "/BitsPerComponent 4 /ColorSpace [/Indexed /DeviceRGB 2 <000000 ffffff ff0000>]";
    const blackAndWhite = Buffer.from([0x01, 0x01, 0x10, 0x10]);
    expect(await isColour(page(image(palette, blackAndWhite)))).toBe(false);
    expect(await isColour(page(image(palette, Buffer.from([0x01, 0x01, 0x12, 0x10]))))).toBe(true);
  });

  it("are judged through their Decode, which may turn grey into colour", async () => {
    const turned = `${rgb} /Decode [0 1 0 1 1 0]`;
    expect(await isColour(page(image(turned, Buffer.alloc(24, 250))))).toBe(true);
    expect(await isColour(page(image(`${rgb} /Decode [1 0 1 0 1 0]`, grey)))).toBe(false);
    expect(await isColour(page(image(rgb.replace("8", "16"), Buffer.alloc(48, 99))))).toBe(false);
  });

  it("are painted in the current colour when they are stencils", async () => {
    const stencil = image("/ImageMask true /BitsPerComponent 1", Buffer.from([0xa0, 0x50]));
    expect(await isColour(page(stencil))).toBe(false);
    expect(await isColour({ ...page(stencil), content: "1 0 0 rg /X Do" })).toBe(true);
  });

  it("are judged by their head when they are JPEG or JPEG 2000", async () => {
    const jpeg = (components: number): Buffer =>
      Buffer.from([
        0xff,
        0xd8,
        0xff,
        0xe0,
        0,
        4,
        1,
        2,
        0xff,
        0xc0,
        0,
        17,
        8,
        0,
        2,
        0,
        4,
        components,
        0,
        0,
        0,
      ]);
    const dct = "/Filter /DCTDecode /BitsPerComponent 8 /ColorSpace";
    expect(await isColour(page(image(`${dct} /DeviceGray`, jpeg(1))))).toBe(false);
    expect(await isColour(page(image(`${dct} /DeviceRGB`, jpeg(3))))).toBe(true);
    expect(await isColour(page(image(`${dct} /DeviceGray`, jpeg(3))))).toBe(true);
    expect(await isColour(page(image(`${dct} /DeviceGray`, Buffer.from("no picture"))))).toBe(true);
    const codestream = (components: number): Buffer => {
      const head = Buffer.alloc(60);
      head.writeUInt32BE(0xff4fff51);
      head.writeUInt16BE(components, 40);
      return head;
    };
    expect(await isColour(page(image("/Filter /JPXDecode", codestream(1))))).toBe(false);
    expect(await isColour(page(image("/Filter /JPXDecode", codestream(3))))).toBe(true);
  });

  it("count in each form that a printer may choose", async () => {
    const shown = image(
      `${rgb} /Alternates [<< /Image ${X + 1} 0 R /DefaultForPrinting true >>]`,
      grey,
    );
    expect(await isColour(page(shown, image(rgb, oneRed)))).toBe(true);
    expect(await isColour(page(shown, image(rgb, grey)))).toBe(false);
  });

  it("are judged inside of the content, and the content goes on behind them", async () => {
    const inline = (data: string): string => `BI /W 2 /H 1 /BPC 8 /CS /RGB ID ${data}\nEI`;
    expect(await isColour({ content: inline("aaabbb") })).toBe(false);
    expect(await isColour({ content: inline("azabbb") })).toBe(true);
    // `EI` among the pixels does not end the picture.
    expect(await isColour({ content: `${inline(" EI\nEI".slice(0, 6))} ${box} f` })).toBe(true);
    expect(await isColour({ content: `${inline("aaabbb")} 1 0 0 rg ${box} f` })).toBe(true);
    const hex = "BI /W 2 /H 1 /BPC 8 /CS /RGB /F /AHx ID 616161626262> EI";
    expect(await isColour({ content: hex })).toBe(false);
  });
});

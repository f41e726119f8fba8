import { describe, expect, it } from "vitest";
import { isColour } from "../../test/documents/is-colour.ts";
import { firstExtra } from "../../test/documents/make-pdf.ts";
import type { PdfBody } from "../../test/documents/write-pdf.ts";

const X = firstExtra;
const box = "0 0 9 9 re";

describe("a page's vectors and text", () => {
  it.each([
    ["nothing at all", ""],
    ["black text", "BT /F1 9 Tf (hello) Tj ET"],
    ["equal parts of red, green and blue", `0.5 0.5 0.5 rg ${box} f 0.2 0.2 0.2 RG ${box} S`],
    ["black ink only", `0 0 0 0.7 k ${box} f`],
    ["a colour that is chosen but not laid down", `1 0 0 rg ${box} n`],
    ["a colour put back by Q", `q 1 0 0 rg Q ${box} f`],
    ["a stroke in black while the fill is red", `1 0 0 rg ${box} S`],
    ["text that is invisible (as behind a scan)", "1 0 0 rg BT /F1 9 Tf 3 Tr (red) Tj ET"],
    ["a grey by a calibrated space", `/C cs 0.4 0.4 0.4 sc ${box} f`],
    ["unknown operators where they are allowed", `BX 1 2 magic EX ${box} f`],
    ["a comment that says 1 0 0 rg", `% 1 0 0 rg\n${box} f`],
    ["strings with operators in them", "BT /F1 9 Tf (1 0 0 rg \\) f) Tj <31> Tj ET"],
  ])("is grey for %s", async (_, content) => {
    const matrix = "0.41 0.21 0.02 0.36 0.72 0.12 0.18 0.07 0.95";
    const resources = `/ColorSpace << /C [/CalRGB << /WhitePoint [0.95 1 1.09] /Matrix [${matrix}] >>] >>`;
    expect(await isColour({ content, resources })).toBe(false);
  });

  it.each([
    ["red text", "1 0 0 rg BT /F1 9 Tf (hello) Tj ET"],
    ["text outlined in red", "1 0 0 RG BT /F1 9 Tf 1 Tr (hello) Tj ET"],
    ["a tint of cyan", `0.1 0 0 0 k ${box} f`],
    ["black mixed from three inks", `1 1 1 0 k ${box} f`],
    ["a red stroke", `1 0 0 RG ${box} S`],
    ["fill and stroke of which one is red", `1 0 0 RG 0 g ${box} B*`],
    ["a red that began before", "1 0 0 rg q BT /F1 9 Tf (x) Tj ET Q"],
    ["Lab with a hue", `/L cs 50 30 0 sc ${box} f`],
    ["an operator that we do not know", `1 0 0rg ${box} f`],
    ["a colour with parts missing", `/DeviceRGB cs 1 sc ${box} f`],
    ["a space that is not there", `/Nowhere cs 0 sc ${box} f`],
    ["something to paint that is not there", "/Nowhere Do"],
    ["content that has no end", `[ ( ${box} f`],
    ["unlike curves for red, green and blue", `/G cs 0.4 0.4 0.4 sc ${box} f`],
  ])("is colour for %s", async (_, content) => {
    const resources =
      "/ColorSpace << /L [/Lab << /WhitePoint [0.95 1 1.09] >>] /G [/CalRGB << /WhitePoint [0.95 1 1.09] /Gamma [1 2 3] >>] >>";
    expect(await isColour({ content, resources })).toBe(true);
  });
});

const toBlack = "<< /FunctionType 2 /Domain [0 1] /N 1 /C0 [0 0 0 0] /C1 [0 0 0 1] >>";
const toRed = "<< /FunctionType 2 /Domain [0 1] /N 1 /C0 [0 0 0 0] /C1 [0 1 1 0] >>";
const calculator = (program: string, outputs: number): PdfBody => ({
  text: `/FunctionType 4 /Domain [0 1] /Range [${"0 1 ".repeat(outputs)}]`,
  stream: Buffer.from(program),
});

describe("a page's spot inks", () => {
  it.each([
    ["Black", `[/Separation /Black /DeviceCMYK ${toBlack}]`, [], false],
    ["a spot that is mixed from black", `[/Separation /Slate /DeviceCMYK ${toBlack}]`, [], false],
    ["a spot that is mixed from red", `[/Separation /Brand /DeviceCMYK ${toRed}]`, [], true],
    ["a Black that comes out red", `[/Separation /Black /DeviceCMYK ${toRed}]`, [], true],
    ["Cyan that claims to be grey", `[/Separation /Cyan /DeviceCMYK ${toBlack}]`, [], true],
    ["all inks at once", `[/Separation /All /DeviceCMYK ${toBlack}]`, [], true],
    [
      "a spot whose program gives black",
      `[/Separation /Ink /DeviceCMYK ${X} 0 R]`,
      [calculator("{ dup 0.5 gt { pop 0 0 0 1 } { 0 mul dup dup dup } ifelse }", 4)],
      false,
    ],
    [
      "a spot whose program gives red",
      `[/Separation /Ink /DeviceRGB ${X} 0 R]`,
      [calculator("{ 1 exch sub dup 1 3 1 roll exch pop 1 exch dup }", 3)],
      true,
    ],
    [
      "black among four inks",
      `[/DeviceN [/Cyan /Magenta /Yellow /Black] /DeviceCMYK ${X} 0 R]`,
      [
        {
          text: "/FunctionType 4 /Domain [0 1 0 1 0 1 0 1] /Range [0 1 0 1 0 1 0 1]",
          stream: Buffer.from("{ }"),
        },
      ],
      false,
    ],
  ])("%s is told for what it is", async (_, space, extras, expected) => {
    const values = space.startsWith("[/DeviceN") ? "0 0 0 1" : "1";
    const content = `/S cs ${values} scn ${box} f`;
    const resources = `/ColorSpace << /S ${space} >>`;
    expect(await isColour({ content, resources, extras })).toBe(expected);
  });

  it("believes no default space that turns grey into red", async () => {
    const resources = `/ColorSpace << /DefaultGray [/Separation /Brand /DeviceCMYK ${toRed}] >>`;
    expect(await isColour({ content: `1 g ${box} f`, resources })).toBe(true);
    expect(await isColour({ content: `1 g ${box} f` })).toBe(false);
  });
});

describe("what a page calls", () => {
  const form = (content: string, more = ""): PdfBody => ({
    text: `/Type /XObject /Subtype /Form /BBox [0 0 9 9] ${more}`,
    stream: Buffer.from(content),
  });
  const call = { content: "/X Do", resources: `/XObject << /X ${X} 0 R >>` };

  it("is judged: forms, in the colours that they begin with and those of their own", async () => {
    const red = form(`1 0 0 rg ${box} f`, "/Resources << >>");
    const plain = form(`${box} f`, "/Resources << >>");
    expect(await isColour({ ...call, extras: [red] })).toBe(true);
    expect(await isColour({ ...call, extras: [plain] })).toBe(false);
    expect(await isColour({ ...call, content: "1 0 0 rg /X Do", extras: [plain] })).toBe(true);
    // The same form again, first in black and then in red.
    expect(await isColour({ ...call, content: "/X Do 1 0 0 rg /X Do", extras: [plain] })).toBe(
      true,
    );
  });

  it("is colour when forms call each other without an end", async () => {
    const loop = form("/X Do", `/Resources << /XObject << /X ${X} 0 R >> >>`);
    expect(await isColour({ ...call, extras: [loop] })).toBe(true);
  });

  it("is judged: tiling patterns, coloured or in the colour given with them", async () => {
    const tile = (paint: number, content: string): PdfBody => ({
      text: `/PatternType 1 /PaintType ${paint} /TilingType 1 /BBox [0 0 9 9] /XStep 9 /YStep 9 /Resources << >>`,
      stream: Buffer.from(content),
    });
    const resources = `/Pattern << /P ${X} 0 R >> /ColorSpace << /U [/Pattern /DeviceRGB] >>`;
    const red = tile(1, `1 0 0 rg ${box} f`);
    const grey = tile(1, `0.5 g ${box} f`);
    const stencil = tile(2, `${box} f`);
    const own = { content: `/Pattern cs /P scn ${box} f`, resources };
    expect(await isColour({ ...own, extras: [red] })).toBe(true);
    expect(await isColour({ ...own, extras: [grey] })).toBe(false);
    const given = (rgb: string) => ({ content: `/U cs ${rgb} /P scn ${box} f`, resources });
    expect(await isColour({ ...given("0 0 1"), extras: [stencil] })).toBe(true);
    expect(await isColour({ ...given("0.3 0.3 0.3"), extras: [stencil] })).toBe(false);
  });

  it.each([
    ["from black to white", "[0 0 0]", "[1 1 1]", false],
    ["from black to red", "[0 0 0]", "[1 0 0]", true],
  ])("is judged: a shading %s", async (_, from, to, expected) => {
    const shading = `<< /ShadingType 2 /ColorSpace /DeviceRGB /Coords [0 0 9 9] /Function << /FunctionType 2 /Domain [0 1] /N 1 /C0 ${from} /C1 ${to} >> >>`;
    const resources = `/Shading << /S ${shading} >>`;
    expect(await isColour({ content: "/S sh", resources })).toBe(expected);
    const pattern = `/Pattern << /P << /PatternType 2 /Shading ${shading} >> >>`;
    const filled = { content: `/Pattern cs /P scn ${box} f`, resources: pattern };
    expect(await isColour(filled)).toBe(expected);
  });

  it("is judged: glyphs that are drawn, with colours of their own or without", async () => {
    const font = (glyph: string): PdfBody[] => [
      {
        text: `<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [1 0 0 1 0 0] /CharProcs << /a ${X + 1} 0 R >> /Resources << >> >>`,
      },
      { text: "", stream: Buffer.from(glyph) },
    ];
    // The page's own fonts are given by the generator; these come by a graphics state.
    const page = {
      content: "/T gs BT (a) Tj ET",
      resources: `/ExtGState << /T << /Font [${X} 0 R 9] >> >>`,
    };
    expect(await isColour({ ...page, extras: font(`9 0 d0 1 0 0 rg ${box} f`) })).toBe(true);
    expect(await isColour({ ...page, extras: font(`9 0 0 0 9 9 d1 1 0 0 rg ${box} f`) })).toBe(
      false,
    );
    const inRed = { ...page, content: "1 0 0 rg /T gs BT (a) Tj ET" };
    expect(await isColour({ ...inRed, extras: font(`9 0 0 0 9 9 d1 ${box} f`) })).toBe(true);
  });

  it("is colour when a transfer curve could turn grey into anything", async () => {
    const page = (transfer: string) => ({
      content: `/T gs ${box} f`,
      resources: `/ExtGState << /T << /TR ${transfer} >> >>`,
    });
    expect(await isColour(page(`[${toBlack} ${toBlack} ${toBlack} ${toBlack}]`))).toBe(true);
    expect(await isColour(page("/Identity"))).toBe(false);
  });

  it("is judged: annotations that print, and only those", async () => {
    const red = form(`1 0 0 rg ${box} f`, "/Resources << >>");
    const page = (entries: string) => ({
      content: "",
      entries: `/Annots [<< /Type /Annot /Subtype /Stamp /Rect [0 0 9 9] ${entries} >>]`,
      extras: [red],
    });
    expect(await isColour(page(`/F 4 /AP << /N ${X} 0 R >>`))).toBe(true);
    expect(await isColour(page(`/F 0 /AP << /N ${X} 0 R >>`))).toBe(false);
    expect(await isColour(page(`/F 6 /AP << /N ${X} 0 R >>`))).toBe(false);
    expect(await isColour(page(`/F 4 /AS /On /AP << /N << /On ${X} 0 R >> >>`))).toBe(true);
    expect(await isColour(page(`/F 4 /AS /Off /AP << /N << /On ${X} 0 R >> >>`))).toBe(false);
    expect(await isColour(page("/F 4 /C [1 0 0]"))).toBe(true);
  });
});

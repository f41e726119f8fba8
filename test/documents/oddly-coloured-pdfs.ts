import { rgbProfile, tableProfile } from "./make-icc.ts";
import { firstExtra, makePdf, type PdfPageSpec } from "./make-pdf.ts";
import type { OddDocument } from "./odd-document.ts";
import type { PdfBody } from "./write-pdf.ts";

const X = firstExtra;
const square = "72 700 200 40 re f";
const red = `0.8 0.1 0.1 rg ${square}`;

/** One page with a grey one behind it, so that colour must be found at the right place. */
function painted(
  name: string,
  first: PdfPageSpec,
  extras: PdfBody[] = [],
  truth?: "c" | "g",
): OddDocument {
  const bytes = makePdf({ pages: [first, { content: `0 g ${square}` }], extras });
  return { name, format: "PDF", bytes, ...(truth === undefined ? {} : { truth: `${truth}g` }) };
}

function image(entries: string, pixels: Uint8Array): PdfBody {
  return { text: `/Type /XObject /Subtype /Image ${entries}`, stream: pixels };
}

const shown = { content: "200 0 0 200 72 500 cm /X Do", resources: `/XObject << /X ${X} 0 R >>` };
const size = "/Width 8 /Height 8 /BitsPerComponent 8";
const pixels = (each: (place: number) => number[]): Uint8Array =>
  Uint8Array.from(Array.from({ length: 64 }, (_, place) => each(place)).flat());
const form = (entries: string, content: string): PdfBody => ({
  text: `/Type /XObject /Subtype /Form /BBox [0 0 595 842] ${entries}`,
  stream: Buffer.from(content, "latin1"),
});
const tint = "{ dup 0.2 mul exch dup 0.9 mul exch 0.1 mul }";
const toRgb: PdfBody = {
  text: "/FunctionType 4 /Domain [0 1] /Range [0 1 0 1 0 1]",
  stream: Buffer.from(tint),
};
const axial =
  "/Shading << /S << /ShadingType 2 /ColorSpace /DeviceRGB /Coords [0 0 300 0] /Function << /FunctionType 2 /Domain [0 1] /N 1 /C0 [1 0 0] /C1 [0 0 1] >> >> >>";

/** A square in a colour of an ICC profile. */
function byProfile(name: string, colour: string, profile: Buffer, truth: "c" | "g"): OddDocument {
  const parts = colour.split(" ").length;
  const spaces = `/ColorSpace << /P [/ICCBased ${X} 0 R] >>`;
  const content = `/P cs ${colour} sc ${square}`;
  return painted(
    name,
    { content, resources: spaces },
    [{ text: `/N ${parts}`, stream: profile }],
    truth,
  );
}

/** PDFs that say in odd ways what is in colour and what is not. */
export const oddlyColouredPdfs: readonly OddDocument[] = [
  painted("grey said in RGB", { content: `0.5 0.5 0.5 rg ${square}` }, [], "g"),
  painted("grey said in CMYK's black", { content: `0 0 0 0.6 k ${square}` }, [], "g"),
  painted(
    "grey mixed of cyan, magenta and yellow",
    { content: `0.4 0.4 0.4 0 k ${square}` },
    [],
    "c",
  ),
  byProfile("grey by a profile for RGB", "0.5 0.5 0.5", rgbProfile([2.2, 2.2, 2.2]), "g"),
  byProfile("grey that a profile's curve makes blue", "0.5 0.5 0.5", rgbProfile([3, 3, 1]), "c"),
  byProfile("grey that a profile's primaries make blue", "1 1 1", rgbProfile([1, 1, 1], true), "c"),
  byProfile(
    "grey that a profile's table makes yellow",
    "1 1 1",
    tableProfile("RGB ", [0, 80]),
    "c",
  ),
  byProfile("black by a profile for CMYK", "0 0 0 1", tableProfile("CMYK", [0, 0]), "g"),
  byProfile("black ink that a profile makes red", "0 0 0 1", tableProfile("CMYK", [70, 50]), "c"),
  byProfile("grey that a profile for grey makes green", "1", tableProfile("GRAY", [-70, 40]), "c"),
  painted("rich black", { content: `0.6 0.5 0.5 1 k ${square}` }, [], "c"),
  painted("colour set and never painted", { content: `1 0 0 rg 0 g ${square}` }, [], "g"),
  painted("a hair of red", { content: "1 0 0 RG 0 w 72 72 m 500 500 l S" }, [], "c"),
  painted("text in a colour", { content: "BT /F1 24 Tf 72 720 Td 0 0 1 rg (Blue) Tj ET" }, [], "c"),
  painted(
    "invisible coloured text",
    { content: "BT /F1 24 Tf 3 Tr 72 720 Td 0 0 1 rg (Blue) Tj ET" },
    [],
    "g",
  ),
  painted("Lab without chroma", {
    content: `/L cs 50 0 0 scn ${square}`,
    resources: "/ColorSpace << /L [/Lab << /WhitePoint [0.95 1 1.09] >>] >>",
  }),
  painted(
    "Lab in green",
    {
      content: `/L cs 50 -60 0 scn ${square}`,
      resources:
        "/ColorSpace << /L [/Lab << /WhitePoint [0.95 1 1.09] /Range [-100 100 -100 100] >>] >>",
    },
    [],
    "c",
  ),
  painted(
    "CalRGB whose white is that of the three together",
    {
      content: `/L cs 0.5 0.5 0.5 scn ${square}`,
      resources:
        "/ColorSpace << /L [/CalRGB << /WhitePoint [0.9505 1 1.089] /Gamma [2.2 2.2 2.2] /Matrix [0.4124 0.2126 0.0193 0.3576 0.7152 0.1192 0.1805 0.0722 0.9505] >>] >>",
    },
    [],
    "g",
  ),
  painted(
    "CalRGB whose equal parts are a colour",
    {
      content: `/L cs 0.5 0.5 0.5 scn ${square}`,
      resources: "/ColorSpace << /L [/CalRGB << /WhitePoint [0.95 1 1.09] >>] >>",
    },
    [],
    "c",
  ),
  painted(
    "a spot colour",
    {
      content: `/S cs 1 scn ${square}`,
      resources: `/ColorSpace << /S [/Separation /Orange /DeviceRGB ${X} 0 R] >>`,
    },
    [toRgb],
    "c",
  ),
  painted(
    "a spot colour named Black",
    {
      content: `/S cs 1 scn ${square}`,
      resources:
        "/ColorSpace << /S [/Separation /Black /DeviceGray << /FunctionType 2 /Domain [0 1] /N 1 /C0 [1] /C1 [0] >>] >>",
    },
    [],
    "g",
  ),
  painted(
    "a grey picture in RGB",
    shown,
    [
      image(
        `${size} /ColorSpace /DeviceRGB`,
        pixels((n) => [n * 4, n * 4, n * 4]),
      ),
    ],
    "g",
  ),
  painted(
    "one red pixel in a grey picture",
    shown,
    [
      image(
        `${size} /ColorSpace /DeviceRGB`,
        pixels((n) => (n === 63 ? [255, 0, 0] : [99, 99, 99])),
      ),
    ],
    "c",
  ),
  painted(
    "a picture from a coloured palette",
    shown,
    [
      image(
        `${size} /ColorSpace [/Indexed /DeviceRGB 1 <808080 0000FF>]`,
        pixels((n) => [n % 2]),
      ),
    ],
    "c",
  ),
  painted("a palette whose colours nobody uses", shown, [
    image(
      `${size} /ColorSpace [/Indexed /DeviceRGB 1 <808080 0000FF>]`,
      pixels(() => [0]),
    ),
  ]),
  painted(
    "a picture turned into colour by its Decode",
    shown,
    [
      image(
        `${size} /ColorSpace /DeviceRGB /Decode [0 1 0 1 1 0]`,
        pixels(() => [220, 220, 220]),
      ),
    ],
    "c",
  ),
  painted(
    "a picture inside of the content",
    { content: "q 99 0 0 99 72 600 cm BI /W 2 /H 1 /BPC 8 /CS /RGB ID azabbb EI Q" },
    [],
    "c",
  ),
  painted(
    "a stencil in red",
    { content: `1 0 0 rg ${shown.content}`, resources: shown.resources },
    [image("/Width 8 /Height 8 /ImageMask true /BitsPerComponent 1", new Uint8Array(8))],
    "c",
  ),
  painted("a blend from red to blue", { content: "/S sh", resources: axial }, [], "c"),
  painted(
    "a coloured pattern",
    { content: `/Pattern cs /P scn ${square}`, resources: `/Pattern << /P ${X} 0 R >>` },
    [
      {
        text: "/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 9 9] /XStep 9 /YStep 9 /Resources << >>",
        stream: Buffer.from("0 0.6 0 rg 0 0 5 5 re f"),
      },
    ],
    "c",
  ),
  painted(
    "colour three forms deep",
    shown,
    [
      form(`/Resources << /XObject << /X ${X + 1} 0 R >> >>`, "/X Do"),
      form(`/Resources << /XObject << /X ${X + 2} 0 R >> >>`, "/X Do"),
      form("/Resources << >>", "0 0 1 rg 0 0 1 1 re f"),
    ],
    "c",
  ),
  painted("a form that draws itself", shown, [
    form(`/Resources << /XObject << /X ${X} 0 R >> >>`, `/X Do 0 g ${square}`),
  ]),
  painted(
    "colour in hexadecimal",
    shown,
    [
      {
        text: "/Type /XObject /Subtype /Form /BBox [0 0 1 1] /Resources << >> /Filter /ASCIIHexDecode",
        stream: Buffer.from(`${Buffer.from("1 0 0 rg 0 0 1 1 re f").toString("hex")}>`),
      },
    ],
    "c",
  ),
  painted(
    "a printed annotation in colour",
    {
      content: `0 g ${square}`,
      entries: `/Annots [<< /Type /Annot /Subtype /Stamp /Rect [100 100 300 300] /F 4 /AP << /N ${X} 0 R >> >>]`,
    },
    [form("/Resources << >>", "0 0.7 0 rg 0 0 595 842 re f")],
    "c",
  ),
  painted(
    "an annotation that is not printed",
    {
      content: `0 g ${square}`,
      entries: `/Annots [<< /Type /Annot /Subtype /Stamp /Rect [100 100 300 300] /F 2 /AP << /N ${X} 0 R >> >>]`,
    },
    [form("/Resources << >>", "0 0.7 0 rg 0 0 595 842 re f")],
  ),
  painted("colour beside the paper", { content: "1 0 0 rg 900 900 50 50 re f" }),
  painted("colour under white", { content: `${red} 1 g ${square}` }),
  painted(
    "a half-transparent red",
    { content: `/G gs 1 0 0 rg ${square}`, resources: "/ExtGState << /G << /ca 0.5 >> >>" },
    [],
    "c",
  ),
  painted("a red that is quite transparent", {
    content: `/G gs 1 0 0 rg ${square}`,
    resources: "/ExtGState << /G << /ca 0 >> >>",
  }),
  painted(
    "a blend mode that leaves a difference",
    {
      content: `0.2 g ${square} /G gs 0 1 1 rg ${square}`,
      resources: "/ExtGState << /G << /BM /Difference >> >>",
    },
    [],
    "c",
  ),
];

import type { Budget } from "../budget.ts";
import { decodeBytes, filterSteps } from "../filters/decode-stream.ts";
import { type Cursor, moveTo, placeOf, take } from "../pdf/cursor.ts";
import { isSpace, nextToken } from "../pdf/lexer.ts";
import { dictOf, parseValue } from "../pdf/parse-object.ts";
import type { PdfFile } from "../pdf/pdf-file.ts";
import { integerOf, PdfDamage, type PdfDict, type PdfObject } from "../pdf/pdf-object.ts";
import { componentsOf } from "./colour-space.ts";
import { numbers } from "./image-colour.ts";
import { jpegComponents } from "./picture-headers.ts";
import { everyValueIsGrey, type PixelLayout, startPixelCheck } from "./pixel-check.ts";
import type { ColourSpaces } from "./read-colour-space.ts";

const imageBytesMax = 8 * 1024 * 1024;
const itemsMax = 64;
const longNames = new Map([
  ["BPC", "BitsPerComponent"],
  ["CS", "ColorSpace"],
  ["D", "Decode"],
  ["DP", "DecodeParms"],
  ["F", "Filter"],
  ["H", "Height"],
  ["IM", "ImageMask"],
  ["W", "Width"],
]);

export interface InlineImage {
  dict: PdfDict;
  bytes: Uint8Array;
}

/** Reads an inline image, the cursor being right after `BI`; leaves it after `EI` (ISO 32000-2, 8.9.7). */
export function readInlineImage(cursor: Cursor, budget: Budget): InlineImage {
  const list: PdfObject[] = [];
  for (;;) {
    const token = nextToken(cursor);
    if (token.kind === "keyword" && token.word === "ID") break;
    if (list.length >= itemsMax) throw new PdfDamage("an inline image has no data");
    const value = parseValue({ cursor, budget, token, depth: 1 });
    const long =
      list.length % 2 === 0 && typeof value === "object" && value !== null && "name" in value;
    list.push(long ? { kind: "name", name: longNames.get(value.name) ?? value.name } : value);
  }
  const dict = dictOf(list);
  take(cursor); // one white space belongs to ID
  const start = placeOf(cursor);
  const whole = cursor.source.read(start, cursor.source.length - start);
  const end = endOf(whole, plainLength(dict));
  budget.bytes(end.at);
  moveTo(cursor, start + end.at + end.marker);
  return { dict, bytes: whole.subarray(0, end.at) };
}

/** Whether its pixels need coloured ink; "stencil" where it is painted in the current colour. */
export function judgeInlineImage(options: {
  file: PdfFile;
  spaces: ColourSpaces;
  image: InlineImage;
  resources: PdfDict | undefined;
}): "grey" | "colour" | "stencil" {
  const { file, spaces, image, resources } = options;
  const { dict } = image;
  if (file.get(dict, "ImageMask") === true) return "stencil";
  const space = spaces.read(dict.entries.get("ColorSpace"), resources);
  const steps = filterSteps(dict, file.resolve);
  const decoded = decodeBytes({
    bytes: image.bytes,
    steps,
    bytesMax: imageBytesMax,
    budget: file.budget,
  });
  const layout: PixelLayout = {
    space,
    bitsPerComponent: integerOf(file.get(dict, "BitsPerComponent")) ?? 8,
    width: integerOf(file.get(dict, "Width")) ?? 0,
    decode: numbers(file, dict, "Decode"),
  };
  if (decoded.kind === "picture") {
    if (decoded.codec === "DCT") {
      const fits = jpegComponents(decoded.bytes) === 1 && componentsOf(space) === 1;
      return fits && everyValueIsGrey({ ...layout, bitsPerComponent: 8 }) ? "grey" : "colour";
    }
    return everyValueIsGrey({ ...layout, bitsPerComponent: 1 }) ? "grey" : "colour";
  }
  if (space.kind === "grey") return "grey";
  const check = startPixelCheck(layout);
  return check === undefined || check(decoded.bytes) ? "colour" : "grey";
}

/** How long the data are where no filter hides it: there, `EI` may be a part of the picture. */
function plainLength(dict: PdfDict): number {
  if (dict.entries.has("Filter")) return 0;
  const number = (key: string, fallback: number): number =>
    integerOf(dict.entries.get(key)) ?? fallback;
  const space = dict.entries.get("ColorSpace");
  const name = typeof space === "object" && space !== null && "name" in space ? space.name : "";
  const components = /RGB/.test(name) ? 3 : /CMYK/.test(name) ? 4 : 1;
  const bits = dict.entries.get("ImageMask") === true ? 1 : number("BitsPerComponent", 8);
  return Math.ceil((components * bits * number("Width", 0)) / 8) * number("Height", 0);
}

function endOf(bytes: Uint8Array, from: number): { at: number; marker: number } {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  let at = buffer.indexOf("EI", Math.max(0, from), "latin1");
  while (at !== -1) {
    const before = at === 0 || at === from || isSpace(buffer[at - 1] ?? 0);
    const after = at + 2 >= buffer.length || isSpace(buffer[at + 2] ?? 0);
    if (before && after) return { at, marker: 2 };
    at = buffer.indexOf("EI", at + 1, "latin1");
  }
  throw new PdfDamage("an inline image has no end");
}

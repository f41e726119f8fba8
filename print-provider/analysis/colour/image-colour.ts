import type { FilterStep } from "../filters/decode-stream.ts";
import type { PdfFile } from "../pdf/pdf-file.ts";
import {
  integerOf,
  isStream,
  PdfDamage,
  type PdfDict,
  type PdfObject,
  type PdfStream,
} from "../pdf/pdf-object.ts";
import { componentsOf } from "./colour-space.ts";
import type { Picture } from "./judge.ts";
import { jpeg2000IsGrey, jpegComponents } from "./picture-headers.ts";
import { everyValueIsGrey, type PixelLayout } from "./pixel-check.ts";
import type { ColourSpaces } from "./read-colour-space.ts";

/** What a picture's headers say; the last two kinds must be looked through. */
export type ImageVerdict = { kind: "grey" } | { kind: "colour" } | { kind: "stencil" } | Picture;

const headerBytesMax = 256 * 1024;

/**
 * Judges an image by its dictionary and header (ISO 32000-2, 8.9.5). A stencil is painted in the
 * current colour. Throws PdfDamage when it cannot be read.
 */
export function judgeImage(options: {
  file: PdfFile;
  spaces: ColourSpaces;
  stream: PdfStream;
  resources: PdfDict | undefined;
}): ImageVerdict {
  const { file, spaces, stream, resources } = options;
  const { dict } = stream;
  if (file.get(dict, "ImageMask") === true) return { kind: "stencil" };
  const steps = file.filters(stream);
  const codec = steps.at(-1)?.filter;
  const own = dict.entries.get("ColorSpace");
  if (codec === "JPX" && file.resolve(own) === null)
    return jpeg2000IsGrey(headerOf(file, stream, steps)) ? { kind: "grey" } : { kind: "colour" };

  const space = spaces.read(own, resources);
  if (space.kind === "grey" && codec !== "DCT" && codec !== "JPX") return { kind: "grey" };
  const layout: PixelLayout = {
    space,
    bitsPerComponent: codec === "CCITT" || codec === "JBIG2" ? 1 : bitsOf(file, dict),
    width: integerOf(file.get(dict, "Width")) ?? 0,
    decode: numbers(file, dict, "Decode"),
  };
  switch (codec) {
    case "DCT": {
      const components = jpegComponents(headerOf(file, stream, steps));
      // A grey space over a picture of three components is read in more than one way.
      const single = components === 1 && componentsOf(space) === 1;
      const triple = components === 3 && space.kind === "rgb" && layout.decode.length === 0;
      if (triple && transformOf(file, steps) !== 0) return { kind: "jpeg", stream };
      return single && everyValueIsGrey({ ...layout, bitsPerComponent: 8 })
        ? { kind: "grey" }
        : { kind: "colour" };
    }
    case "JPX":
      return space.kind === "grey" && jpeg2000IsGrey(headerOf(file, stream, steps))
        ? { kind: "grey" }
        : { kind: "colour" };
    case "CCITT":
    case "JBIG2":
      return everyValueIsGrey(layout) ? { kind: "grey" } : { kind: "colour" };
    default:
      return { kind: "pixels", stream, layout };
  }
}

/** Pictures that a printer may take instead of this one (8.9.5.4). */
export function alternatesOf(file: PdfFile, stream: PdfStream): PdfStream[] {
  const list = file.get(stream.dict, "Alternates");
  if (!Array.isArray(list)) return [];
  if (list.length > 16) throw new PdfDamage("a picture has too many alternates");
  return list.map((one) => {
    const alternate = file.resolve(one);
    const image: PdfObject =
      typeof alternate === "object" && alternate !== null && "kind" in alternate
        ? alternate.kind === "dict"
          ? file.get(alternate, "Image")
          : null
        : null;
    if (!isStream(image)) throw new PdfDamage("a picture's alternate is missing");
    return image;
  });
}

/** The ColorTransform of the filter's parameters: 0 says that the components are colours themselves. */
function transformOf(file: PdfFile, steps: readonly FilterStep[]): number | undefined {
  return integerOf(file.resolve(steps.at(-1)?.parameters?.entries.get("ColorTransform")));
}

function bitsOf(file: PdfFile, dict: PdfDict): number {
  return integerOf(file.get(dict, "BitsPerComponent")) ?? 8;
}

/** The head of a picture's own format, without reading the whole of it where nothing is before it. */
function headerOf(file: PdfFile, stream: PdfStream, steps: readonly FilterStep[]): Uint8Array {
  if (steps.length === 1 && !file.encrypted)
    return file.source.read(stream.start, Math.min(headerBytesMax, file.lengthOf(stream)));
  return file.decoded(stream, 32 * 1024 * 1024).bytes;
}

export function numbers(file: PdfFile, dict: PdfDict, key: string): number[] {
  const list = file.get(dict, key);
  if (!Array.isArray(list) || list.length > 64) return [];
  return list.map((one) => Number(file.resolve(one)));
}

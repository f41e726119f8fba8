import type { PdfPage } from "../pdf/page-tree.ts";
import type { PdfFile } from "../pdf/pdf-file.ts";
import {
  integerOf,
  isDict,
  isStream,
  nameOf,
  PdfDamage,
  type PdfDict,
  type PdfObject,
  type PdfStream,
} from "../pdf/pdf-object.ts";
import { isGrey } from "./colour-space.ts";
import { initialState, type Judge, type Picture, streamBytesMax } from "./judge.ts";
import { formIsColour } from "./nested-content.ts";

const partsMax = 20_000;
const annotationsMax = 20_000;
const hiddenFlag = 2;
const printFlag = 4;

/** "pictures": grey if none of these pictures has a coloured pixel. */
export type PageVerdict =
  | { kind: "grey" }
  | { kind: "colour" }
  | { kind: "pictures"; pictures: readonly Picture[] };

/** Judges what a page lays on paper: its content, and the annotations that print. */
export function judgePage(judge: Judge, page: PdfPage): PageVerdict {
  judge.wanted = new Map();
  try {
    if (contentIsColour(judge, page) || annotationsAreColour(judge, page))
      return { kind: "colour" };
  } catch (error) {
    // What cannot be decided is colour: never too little.
    if (error instanceof PdfDamage) return { kind: "colour" };
    throw error;
  }
  const pictures = [...judge.wanted.values()];
  return pictures.length === 0 ? { kind: "grey" } : { kind: "pictures", pictures };
}

function contentIsColour(judge: Judge, page: PdfPage): boolean {
  const { file } = judge;
  const contents = file.get(page.dict, "Contents");
  const streams = Array.isArray(contents) ? contents : [contents];
  if (streams.length > partsMax) throw new PdfDamage("a page has too many parts");
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for (const one of streams) {
    const stream = file.resolve(one);
    if (!isStream(stream)) continue; // an empty page, or a part that every reader skips
    const decoded = file.decoded(stream, streamBytesMax);
    bytes += decoded.bytes.length;
    if (decoded.kind !== "bytes" || bytes > streamBytesMax)
      throw new PdfDamage("a page's content is too long to be read");
    parts.push(decoded.bytes);
  }
  const resources = isDict(page.resources) ? page.resources : undefined;
  return judge.content({ parts, resources, state: initialState(), uncoloured: false });
}

function annotationsAreColour(judge: Judge, page: PdfPage): boolean {
  const list = judge.file.get(page.dict, "Annots");
  if (!Array.isArray(list)) return false;
  if (list.length > annotationsMax) throw new PdfDamage("a page has too many annotations");
  return list.some((one) => {
    const annotation = judge.file.resolve(one);
    return isDict(annotation) && annotationIsColour(judge, annotation);
  });
}

/** An annotation prints if its flags say so (ISO 32000-2, 12.5.3), by its appearance (12.5.5). */
function annotationIsColour(judge: Judge, annotation: PdfDict): boolean {
  const { file } = judge;
  const flags = integerOf(file.get(annotation, "F")) ?? 0;
  if ((flags & printFlag) === 0 || (flags & hiddenFlag) !== 0) return false;
  if (nameOf(file.get(annotation, "Subtype")) === "Popup") return false;
  const appearances = file.get(annotation, "AP");
  const normal = isDict(appearances) ? file.get(appearances, "N") : null;
  if (normal === null) return drawnByReaderIsColour(judge, annotation);
  return statesOf({ file, annotation, normal }).some((form) =>
    formIsColour(judge, form, { resources: undefined, state: initialState() }),
  );
}

function statesOf(options: { file: PdfFile; annotation: PdfDict; normal: PdfObject }): PdfStream[] {
  const { file, annotation, normal } = options;
  if (isStream(normal)) return [normal];
  if (!isDict(normal)) return [];
  const state = nameOf(file.get(annotation, "AS"));
  const chosen = state === undefined ? [...normal.entries.values()] : [normal.entries.get(state)];
  return chosen.map((one) => file.resolve(one)).filter(isStream);
}

/** Without an appearance some readers draw it themselves, in its colours. */
function drawnByReaderIsColour(judge: Judge, annotation: PdfDict): boolean {
  const { file } = judge;
  return ["C", "IC"].some((key) => {
    const list = file.get(annotation, key);
    if (!Array.isArray(list)) return false;
    const colour = list.map((one) => Number(file.resolve(one)));
    if (colour.length === 3) return !isGrey({ kind: "rgb" }, colour);
    return colour.length === 4 && !isGrey({ kind: "cmyk" }, colour);
  });
}

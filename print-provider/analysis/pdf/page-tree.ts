import type { PdfFile } from "./pdf-file.ts";
import { isDict, isRef, nameOf, PdfDamage, type PdfDict, type PdfObject } from "./pdf-object.ts";

/** One page, with what it inherits (ISO 32000-2, 7.7.3.4) already its own. */
export interface PdfPage {
  dict: PdfDict;
  resources: PdfObject;
  /** As a person holds it: turned and scaled, in points (1/72 inch). */
  widthPt: number;
  heightPt: number;
}

/** More pages than we count. */
export class TooManyPages extends Error {
  override readonly name = "TooManyPages";
}

const depthMax = 64;

interface Inherited {
  resources: PdfObject;
  mediaBox: PdfObject;
  rotate: PdfObject;
}

/**
 * Walks the page tree from the catalog to its leaves, in the order of printing. /Count is not looked
 * at: it is what a liar changes, and readers that walk print every leaf. Throws PdfDamage where readers
 * would differ on what a page is (a circle, a missing kid, a key given twice): such a file is refused.
 */
export function* walkPages(file: PdfFile, pagesMax: number): Generator<PdfPage> {
  const catalog = file.get(file.trailer, "Root");
  if (!isDict(catalog)) throw new PdfDamage("the file has no catalog");
  const root = catalog.entries.get("Pages") ?? null;
  if (catalog.doubled) throw new PdfDamage("the catalog has a key twice");
  const nothing: Inherited = { resources: null, mediaBox: null, rotate: null };
  let count = 0;
  for (const page of walk({ file, node: root, inherited: nothing, path: [] })) {
    count += 1;
    if (count > pagesMax) throw new TooManyPages(`More than ${pagesMax} pages.`);
    yield page;
  }
}

function* walk(options: {
  file: PdfFile;
  node: PdfObject;
  inherited: Inherited;
  /** The numbers of the nodes above: a node below itself is a circle. */
  path: readonly number[];
}): Generator<PdfPage> {
  const { file, node, inherited, path } = options;
  file.budget.operations(1);
  if (isRef(node) && path.includes(node.number))
    throw new PdfDamage("the page tree goes round in a circle");
  if (path.length > depthMax) throw new PdfDamage("the page tree is too deep");
  const dict = file.resolve(node);
  if (!isDict(dict)) throw new PdfDamage("a page is missing");
  if (dict.doubled) throw new PdfDamage("a page has a key twice");

  const own: Inherited = {
    resources: dict.entries.get("Resources") ?? inherited.resources,
    mediaBox: dict.entries.get("MediaBox") ?? inherited.mediaBox,
    rotate: dict.entries.get("Rotate") ?? inherited.rotate,
  };
  const type = nameOf(file.get(dict, "Type"));
  const kids = file.get(dict, "Kids");
  if (kids === null) {
    // Some readers take a node without kids for a page; one page too many harms nobody.
    yield pageOf({ file, dict, inherited: own });
    return;
  }
  if (!Array.isArray(kids) || type === "Page")
    throw new PdfDamage("a page is not told from a node of pages");
  const below = isRef(node) ? [...path, node.number] : [...path, -1];
  for (const kid of kids) yield* walk({ file, node: kid, inherited: own, path: below });
}

function pageOf(options: { file: PdfFile; dict: PdfDict; inherited: Inherited }): PdfPage {
  const { file, dict, inherited } = options;
  const [left = 0, bottom = 0, right = 612, top = 792] = numbersOf(file, inherited.mediaBox);
  const rotate = file.resolve(inherited.rotate);
  const turned = typeof rotate === "number" && Math.abs(Math.round(rotate / 90)) % 2 === 1;
  const unit = file.get(dict, "UserUnit");
  const scale = typeof unit === "number" && unit > 0 && unit <= 75_000 ? unit : 1;
  const width = round(Math.abs(right - left) * scale);
  const height = round(Math.abs(top - bottom) * scale);
  return {
    dict,
    resources: file.resolve(inherited.resources),
    widthPt: turned ? height : width,
    heightPt: turned ? width : height,
  };
}

/** The four numbers of a box, or none: then readers take US Letter. */
function numbersOf(file: PdfFile, box: PdfObject): number[] {
  const list = file.resolve(box);
  if (!Array.isArray(list) || list.length < 4) return [];
  const numbers = list.slice(0, 4).map((one) => file.resolve(one));
  const all = numbers.filter((one) => typeof one === "number" && Math.abs(one) < 1e9);
  return all.length === 4 ? all.map(Number) : [];
}

function round(points: number): number {
  return Math.round(points * 100) / 100;
}

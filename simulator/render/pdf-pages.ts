import { setImmediate as turn } from "node:timers/promises";
import type { DocumentPage } from "../printer/document-page.ts";
import type { ByteFile } from "./byte-file.ts";
import { createColourFinder } from "./pdf-colour.ts";
import { dictionaryOf, findObjects, nameOf, type PdfObjects } from "./pdf-objects.ts";
import type { PdfDictionary, PdfValue } from "./pdf-syntax.ts";
import { resolve } from "./resolve.ts";
import { UnreadableError } from "./unreadable-error.ts";

const pagesMax = 100_000;
const depthMax = 64;
const pagesPerTurn = 16;

/** One leaf of the page tree, with what it inherits from the nodes above it. */
interface Leaf {
  readonly entries: PdfDictionary;
  readonly inherited: PdfDictionary;
}

/**
 * The pages that come out of a PDF: those that its page tree reaches, whatever it says of their
 * count (ISO 32000-1 §7.7.3). Throws UnreadableError for one that is encrypted or has no pages.
 */
export async function readPdf(file: ByteFile): Promise<readonly DocumentPage[]> {
  const found = await findObjects(file);
  if (found.trailer.get("Encrypt") !== undefined && found.trailer.get("Encrypt") !== null) {
    throw new UnreadableError("document-password-error", "The PDF is encrypted.");
  }
  const finder = createColourFinder(file, found);
  const pages: DocumentPage[] = [];
  for (const leaf of findLeaves(found)) {
    const get = (key: string) => resolve(found, leaf.entries.get(key) ?? leaf.inherited.get(key));
    const contents = leaf.entries.get("Contents") ?? null;
    const colour = await finder.colourOfPage(contents, get("Resources"));
    pages.push({ colour, ...pageSize(found, get) });
    // The device goes on answering while it reads a long document.
    if (pages.length % pagesPerTurn === 0) await turn();
  }
  return pages;
}

const inheritable = ["MediaBox", "CropBox", "Rotate", "Resources"];

function findLeaves(found: PdfObjects): readonly Leaf[] {
  const leaves: Leaf[] = [];
  /** Nodes above the one that is looked at: a tree that bites its tail ends there. */
  const above = new Set<number>();
  let visited = 0;
  const visit = (node: PdfValue | undefined, inherited: PdfDictionary, depth: number): void => {
    const number = typeof node === "object" && node?.kind === "reference" ? node.to : undefined;
    const entries = dictionaryOf(resolve(found, node));
    visited += 1;
    if (leaves.length > pagesMax || visited > 4 * pagesMax) {
      throw new UnreadableError("document-unprintable-error", "The PDF has too many pages.");
    }
    if (entries === undefined || depth > depthMax) return;
    const kids = resolve(found, entries.get("Kids"));
    if (typeof kids !== "object" || kids?.kind !== "array") {
      if (nameOf(entries.get("Type")) !== "Pages") leaves.push({ entries, inherited });
      return;
    }
    if (number !== undefined && above.has(number)) return;
    if (number !== undefined) above.add(number);
    const below = new Map(inherited);
    for (const key of inheritable) {
      const value = entries.get(key);
      if (value !== undefined) below.set(key, value);
    }
    for (const kid of kids.items) visit(kid, below, depth + 1);
    if (number !== undefined) above.delete(number);
  };
  visit(dictionaryOf(resolve(found, findCatalog(found)))?.get("Pages"), new Map(), 0);
  if (leaves.length === 0) {
    throw new UnreadableError("document-format-error", "The PDF has no pages.");
  }
  return leaves;
}

/** The catalog that the trailer names, or any that is there when the trailer was lost. */
function findCatalog(found: PdfObjects): PdfValue {
  const named = resolve(found, found.trailer.get("Root"));
  if (dictionaryOf(named)?.has("Pages") === true) return named;
  for (const { value } of found.objects.values()) {
    if (nameOf(dictionaryOf(value)?.get("Type")) === "Catalog") return value;
  }
  return null;
}

/** The paper that a page asks for, in 1/100 mm: 1 point is 1/72 inch. */
function pageSize(
  found: PdfObjects,
  get: (key: string) => PdfValue,
): Pick<DocumentPage, "width" | "height"> {
  const box = get("MediaBox");
  const sides = typeof box === "object" && box?.kind === "array" ? box.items : [];
  const [left, bottom, right, top] = sides.map((side) => {
    const value = resolve(found, side);
    return typeof value === "number" ? value : 0;
  });
  const width = Math.abs((right ?? 595) - (left ?? 0)) * (2540 / 72);
  const height = Math.abs((top ?? 842) - (bottom ?? 0)) * (2540 / 72);
  const turn = get("Rotate");
  const turned = typeof turn === "number" && Math.abs(turn) % 180 === 90;
  return turned ? { width: height, height: width } : { width, height };
}

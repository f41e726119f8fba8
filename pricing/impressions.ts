import type { ColourMode, Particulars } from "../protocol/particulars.ts";

/** Printed sides by colour. */
export interface ColourSplit {
  colour: number;
  grey: number;
}

/** What of a job's particulars sets how many sides it has, and of which colour. */
export type PrintedShape = Pick<Particulars, "pageRuns" | "copies" | "sides" | "colourMode">;

/** Pages of the document. */
export function pagesOf(shape: Pick<PrintedShape, "pageRuns">): number {
  return shape.pageRuns.reduce((sum, [count]) => sum + count, 0);
}

/** Printed sides of all copies. A back that stays empty at the end of a copy is not one. */
export function impressionsOf(shape: PrintedShape): number {
  return pagesOf(shape) * shape.copies;
}

/** Pieces of paper of all copies; each copy begins on a new one. */
export function sheetsOf(shape: PrintedShape): number {
  const pages = pagesOf(shape);
  return shape.copies * (isTwoSided(shape) ? Math.ceil(pages / 2) : pages);
}

/** Pages whose own content is colour, whatever the job is printed in. */
export function colourPagesOf(shape: Pick<PrintedShape, "pageRuns">): number {
  return shape.pageRuns.reduce(
    (sum, [count, colour]) => sum + (colour === "colour" ? count : 0),
    0,
  );
}

/** True when both sides of a sheet are used. */
export function isTwoSided(shape: Pick<PrintedShape, "sides">): boolean {
  return shape.sides !== "one-sided";
}

/**
 * The printed sides in the order in which they come out, copy after copy (collated), as runs of equal
 * colour. Lazy, since there may be a hundred thousand runs a copy.
 */
export function* impressionRuns(shape: PrintedShape): Generator<readonly [number, ColourMode]> {
  let open: { count: number; colour: ColourMode } | undefined;
  for (let copy = 0; copy < shape.copies; copy += 1)
    for (const [count, own] of shape.pageRuns) {
      const colour = printedColour(shape, own);
      if (open?.colour === colour) open.count += count;
      else {
        if (open !== undefined) yield [open.count, open.colour];
        open = { count, colour };
      }
    }
  if (open !== undefined) yield [open.count, open.colour];
}

/** How many of the first `n` printed sides are colour, and how many grey. `n` is held to what there is. */
export function splitOfFirst(shape: PrintedShape, n: number): ColourSplit {
  const pages = pagesOf(shape);
  const wanted = Math.max(0, Math.min(n, pages * shape.copies));
  if (shape.colourMode === "grey") return { colour: 0, grey: wanted };
  const copies = Math.floor(wanted / pages);
  const colour = copies * colourPagesOf(shape) + colourAmongFirstPages(shape, wanted % pages);
  return { colour, grey: wanted - colour };
}

/** Sheets of which both sides are used once the first `n` printed sides came out. */
export function fullSheetsOfFirst(shape: PrintedShape, n: number): number {
  if (!isTwoSided(shape)) return 0;
  const pages = pagesOf(shape);
  const wanted = Math.max(0, Math.min(n, pages * shape.copies));
  const copies = Math.floor(wanted / pages);
  return copies * Math.floor(pages / 2) + Math.floor((wanted % pages) / 2);
}

function colourAmongFirstPages(shape: PrintedShape, n: number): number {
  let left = n;
  let colour = 0;
  for (const [count, own] of shape.pageRuns) {
    if (left <= 0) break;
    if (own === "colour") colour += Math.min(count, left);
    left -= count;
  }
  return colour;
}

function printedColour(shape: PrintedShape, own: ColourMode): ColourMode {
  return shape.colourMode === "grey" ? "grey" : own;
}

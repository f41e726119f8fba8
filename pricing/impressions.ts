import type { ColourMode, Particulars } from "../protocol/particulars.ts";
import { type CopyShape, chosenRuns, copyRuns, lengthOf, sidesOfCopy } from "./copy-runs.ts";

/** Printed sides by colour. */
export interface ColourSplit {
  colour: number;
  grey: number;
}

/** What of a job's particulars sets how many sides it has, and of which colour. */
export type PrintedShape = CopyShape & Pick<Particulars, "copies" | "sides" | "colourMode">;

/** Pages of the document, printed or not. */
export function pagesOf(shape: Pick<PrintedShape, "pageRuns">): number {
  return lengthOf(shape.pageRuns);
}

/** Printed sides of all copies. A back that stays empty at the end of a copy is not one. */
export function impressionsOf(shape: CopyShape & Pick<PrintedShape, "copies">): number {
  return sidesOfCopy(shape) * shape.copies;
}

/** Pieces of paper of all copies; each copy begins on a new one. */
export function sheetsOf(shape: PrintedShape): number {
  const sides = sidesOfCopy(shape);
  return shape.copies * (isTwoSided(shape) ? Math.ceil(sides / 2) : sides);
}

/** Pages to print whose own content is colour, whatever the job is printed in. */
export function colourPagesOf(shape: Pick<PrintedShape, "pageRuns" | "pageRanges">): number {
  return colourAmongFirst(chosenRuns(shape), Number.POSITIVE_INFINITY);
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
    for (const [count, own] of copyRuns(shape)) {
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
  const { wanted, copies, rest } = firstOf(shape, n);
  if (shape.colourMode === "grey") return { colour: 0, grey: wanted };
  const ofOne = copies > 0 ? colourAmongFirst(copyRuns(shape), Number.POSITIVE_INFINITY) : 0;
  const colour = copies * ofOne + colourAmongFirst(copyRuns(shape), rest);
  return { colour, grey: wanted - colour };
}

/** Sheets of which both sides are used once the first `n` printed sides came out. */
export function fullSheetsOfFirst(shape: PrintedShape, n: number): number {
  if (!isTwoSided(shape)) return 0;
  const { sides, copies, rest } = firstOf(shape, n);
  return copies * Math.floor(sides / 2) + Math.floor(rest / 2);
}

/** Where the first `n` sides end: after so many whole copies, and so many sides of the next. */
function firstOf(
  shape: PrintedShape,
  n: number,
): { wanted: number; sides: number; copies: number; rest: number } {
  const sides = sidesOfCopy(shape);
  if (sides === 0) return { wanted: 0, sides, copies: 0, rest: 0 };
  const wanted = Math.max(0, Math.min(n, sides * shape.copies));
  return { wanted, sides, copies: Math.floor(wanted / sides), rest: wanted % sides };
}

function colourAmongFirst(runs: Iterable<readonly [number, ColourMode]>, n: number): number {
  let left = n;
  let colour = 0;
  for (const [count, own] of runs) {
    if (left <= 0) break;
    if (own === "colour") colour += Math.min(count, left);
    left -= count;
  }
  return colour;
}

function printedColour(shape: PrintedShape, own: ColourMode): ColourMode {
  return shape.colourMode === "grey" ? "grey" : own;
}

import {
  impressionsOf,
  isTwoSided,
  type PrintedShape,
  sheetsOf,
} from "../../pricing/impressions.ts";

/** How many sides so many sheets of a job bear: between `least` and `most`. */
export interface SidesOfSheets {
  readonly least: number;
  readonly most: number;
}

/**
 * What a count of sheets says of sides. A sheet counts when its front comes out, so that the back of the
 * last one may still be missing; one-sided jobs, and last sheets without a back, are exact. More sheets
 * than the job has are told as sheets of one side.
 */
export function sidesOfSheets(shape: PrintedShape, sheets: number): SidesOfSheets {
  const copy = { ...shape, copies: 1 };
  const [copySides, copySheets] = [impressionsOf(copy), sheetsOf(copy)];
  const beyond = Math.max(0, sheets - copySheets * shape.copies);
  const whole = Math.min(shape.copies, Math.floor(sheets / copySheets));
  const rest = whole === shape.copies ? 0 : sheets - whole * copySheets;
  const begun = isTwoSided(shape) ? 2 * rest : rest;
  const most = whole * copySides + begun + beyond;
  const hasBack = isTwoSided(shape) && (rest > 0 || copySides % 2 === 0);
  return { least: hasBack && sheets > 0 && beyond === 0 ? most - 1 : most, most };
}

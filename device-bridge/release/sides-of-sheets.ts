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
 * What a count of sheets says of sides. Exact for one-sided jobs and for whole copies; else the back of
 * the last sheet may still be missing. More sheets than the job has are told as sheets of one side.
 */
export function sidesOfSheets(shape: PrintedShape, sheets: number): SidesOfSheets {
  const copy = { ...shape, copies: 1 };
  const [copySides, copySheets] = [impressionsOf(copy), sheetsOf(copy)];
  const beyond = Math.max(0, sheets - copySheets * shape.copies);
  const whole = Math.min(shape.copies, Math.floor(sheets / copySheets));
  const rest = whole === shape.copies ? 0 : sheets - whole * copySheets;
  const begun = isTwoSided(shape) ? 2 * rest : rest;
  const most = whole * copySides + begun + beyond;
  return { least: isTwoSided(shape) && rest > 0 ? most - 1 : most, most };
}

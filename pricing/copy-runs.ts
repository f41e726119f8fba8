import type { ColourMode, PageRanges, Particulars } from "../protocol/particulars.ts";

/** Pages or sides that follow each other and are of one colour. */
export type ColourRun = readonly [count: number, colour: ColourMode];

/** What of a job's particulars sets which sides one copy of it has. */
export type CopyShape = Pick<Particulars, "pageRuns" | "pageRanges" | "numberUp">;

/** The pages of the document that are printed, as `page-ranges` choose them (RFC 8011 §5.2.7). */
export function* chosenRuns({
  pageRuns,
  pageRanges,
}: Pick<CopyShape, "pageRuns" | "pageRanges">): Generator<ColourRun> {
  if (pageRanges === undefined) {
    yield* pageRuns;
    return;
  }
  const ranges = apart(pageRanges);
  let range = ranges.next();
  let before = 0;
  for (const [count, colour] of pageRuns) {
    const last = before + count;
    while (!range.done && range.value[0] <= last) {
      const [from, to] = range.value;
      const chosen = Math.min(to, last) - Math.max(from, before + 1) + 1;
      if (chosen > 0) yield [chosen, colour];
      if (to > last) break;
      range = ranges.next();
    }
    before = last;
  }
}

/**
 * The printed sides of one copy in their order, each as the document makes it: a side is colour as soon
 * as one of the pages laid on it (`number-up`, RFC 8011 §5.2.9) is.
 */
export function* copyRuns(shape: CopyShape): Generator<ColourRun> {
  const { numberUp = 1 } = shape;
  let filled = 0;
  let side: ColourMode = "grey";
  for (const [count, colour] of chosenRuns(shape)) {
    let left = count;
    if (filled > 0) {
      const added = Math.min(left, numberUp - filled);
      filled += added;
      left -= added;
      if (colour === "colour") side = "colour";
      if (filled < numberUp) continue;
      yield [1, side];
    }
    const whole = Math.floor(left / numberUp);
    if (whole > 0) yield [whole, colour];
    filled = left % numberUp;
    side = colour;
  }
  if (filled > 0) yield [1, side];
}

/** How many pages of the document are printed, once a copy. */
export function chosenPagesOf(shape: Pick<CopyShape, "pageRuns" | "pageRanges">): number {
  return lengthOf(chosenRuns(shape));
}

/** How many printed sides one copy has. */
export function sidesOfCopy(shape: CopyShape): number {
  return Math.ceil(chosenPagesOf(shape) / (shape.numberUp ?? 1));
}

/** How many pages or sides the runs have together. */
export function lengthOf(runs: Iterable<ColourRun>): number {
  let sum = 0;
  for (const [count] of runs) sum += count;
  return sum;
}

/** No page comes twice, whatever a stranger wrote down. */
function* apart(ranges: PageRanges): Generator<readonly [number, number]> {
  let above = 0;
  for (const [first, last] of ranges) {
    const from = Math.max(first, above + 1);
    if (last < from) continue;
    yield [from, last];
    above = last;
  }
}

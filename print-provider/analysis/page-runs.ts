import type { ColourMode } from "../../protocol/particulars.ts";
import type { PageFacts, Refused } from "./document-analysis.ts";

/** Pages that follow each other and are alike. */
export interface PageRun extends PageFacts {
  count: number;
}

/** An analysis in few words: a document of thousand pages of text is one run. */
export type CompactAnalysis =
  | { kind: "counted"; runs: PageRun[]; copies?: number | undefined }
  | Refused;

/** Puts pages that are alike, one after the other, into one run. */
export function runsOf(pages: Iterable<PageFacts>): PageRun[] {
  const runs: PageRun[] = [];
  for (const page of pages) {
    const open = runs.at(-1);
    if (
      open?.colour === page.colour &&
      open.widthPt === page.widthPt &&
      open.heightPt === page.heightPt
    )
      open.count += 1;
    else runs.push({ count: 1, ...page });
  }
  return runs;
}

/** The runs as a job's particulars have them: by colour alone. */
export function colourRunsOf(runs: Iterable<PageRun>): [number, ColourMode][] {
  const colours: [number, ColourMode][] = [];
  for (const { count, colour } of runs) {
    const mode: ColourMode = colour ? "colour" : "grey";
    const open = colours.at(-1);
    if (open?.[1] === mode) open[0] += count;
    else colours.push([count, mode]);
  }
  return colours;
}

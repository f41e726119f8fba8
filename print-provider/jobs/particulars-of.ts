import { impressionsOf } from "../../pricing/impressions.ts";
import type { Particulars, RefusedBecause } from "../../protocol/particulars.ts";
import { type CompactAnalysis, colourRunsOf } from "../analysis/page-runs.ts";
import { colourModeOf } from "../ticket/ticket.ts";
import type { StoredDocument } from "./documents.ts";
import type { Job } from "./job.ts";

export type Reckoned =
  | { readonly kind: "particulars"; readonly particulars: Particulars }
  /** The sentence is for the person who sent it. */
  | { readonly kind: "refused"; readonly sentence: string; readonly because: RefusedBecause };

/** What sets a job's price: what its document holds, printed as its ticket asks. */
export function particularsOf(
  { ticket }: Job,
  document: StoredDocument,
  analysis: Extract<CompactAnalysis, { kind: "counted" }>,
): Reckoned {
  const { copies, sides, media, pageRanges, numberUp } = ticket;
  // A device may believe the document rather than the job that it comes with.
  if ((analysis.copies ?? 1) > copies)
    return {
      kind: "refused",
      because: "own-copies",
      sentence:
        "The document itself asks for several copies. Print it again, and set the copies in the print dialogue.",
    };
  const particulars: Particulars = {
    pageRuns: colourRunsOf(analysis.runs),
    copies,
    sides,
    colourMode: colourModeOf(ticket),
    ...(pageRanges === undefined ? {} : { pageRanges }),
    ...(numberUp === undefined || numberUp === 1 ? {} : { numberUp }),
    ...(media === undefined ? {} : { media }),
    ...(ticket.handling === undefined ? {} : { handling: ticket.handling }),
    documentFormat: document.format,
    sizeBytes: document.bytes,
  };
  if (impressionsOf(particulars) === 0)
    return {
      kind: "refused",
      because: "no-such-pages",
      sentence: "The document has none of the pages that were asked for. Choose others, or all.",
    };
  return { kind: "particulars", particulars };
}

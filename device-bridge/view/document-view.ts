import { chosenPagesOf } from "../../pricing/copy-runs.ts";
import { colourPagesOf, impressionsOf, sheetsOf, splitOfFirst } from "../../pricing/impressions.ts";
import { priceOf, ruleFor } from "../../pricing/price.ts";
import type { DeviceAbilities } from "../../protocol/handling.ts";
import type { CannotAt, DocumentView } from "../../protocol/kiosk.ts";
import type { JobState, PageRanges, Particulars } from "../../protocol/particulars.ts";
import type { JobSummary } from "../../protocol/provider-server.ts";
import type { Prices } from "../../protocol/site.ts";
import { whatItCannot } from "../devices/what-it-cannot.ts";
import type { Release } from "../release/release.ts";
import { settableOf } from "../sessions/settable.ts";

export interface DocumentFacts {
  readonly job: JobSummary;
  /** The newest release of it at this bridge: under way, or ended in this session. */
  readonly release: Release | undefined;
  readonly prices: Prices;
  /** Where it may be printed; the first is the one whose price is told. */
  readonly devices: readonly string[];
  /** What a device can do with paper, where it is known. */
  readonly abilities?: ((device: string) => DeviceAbilities | undefined) | undefined;
}

/** A document of the list, or none where there is nothing left of it to show. */
export function documentView(facts: DocumentFacts): DocumentView[] {
  const { job, release, prices, devices } = facts;
  const state = stateOf(job.state, release);
  if (state === undefined) return [];
  const { jobId, title, submittedAt, particulars, partlyPrinted, refusedBecause, maybePrinted } =
    job;
  const counted =
    particulars === undefined ? undefined : countOf(particulars, prices, devices[0] ?? "");
  const cannotAt = particulars === undefined ? [] : whereItCannot(particulars, facts);
  return [
    {
      jobId,
      title,
      submittedAt,
      state,
      ...(counted === undefined ? {} : { counted }),
      ...(partlyPrinted === undefined ? {} : { partlyPrinted }),
      ...(refusedBecause === undefined ? {} : { refusedBecause }),
      ...(cannotAt.length === 0 ? {} : { cannotAt }),
      ...(maybePrinted === undefined ? {} : { maybePrinted }),
    },
  ];
}

/** The devices that cannot do all of it. */
function whereItCannot(
  particulars: Particulars,
  { devices, abilities }: DocumentFacts,
): CannotAt[] {
  return devices.flatMap((device) => {
    const cannot = whatItCannot(particulars, abilities?.(device) ?? {});
    return cannot.length === 0 ? [] : [{ device, cannot }];
  });
}

/** The provider has not confirmed yet how it ended. */
const whileFinishing = {
  printed: undefined,
  uncertain: "uncertain",
  "given-back": "printing",
} as const;

/** What this bridge does with the job counts more than what the server heard of it last. */
function stateOf(state: JobState, release: Release | undefined): DocumentView["state"] | undefined {
  switch (release?.phase.kind) {
    case undefined:
    case "withdrawing":
      break;
    case "undecided":
      return "uncertain";
    case "finishing":
      return whileFinishing[release.phase.finish.outcome];
    case "closed":
      if (release.phase.outcome.kind === "printed") return undefined;
      // The server has not heard yet that it was given back.
      if (state === "claimed") return "ready";
      break;
    default:
      return "printing";
  }
  switch (state) {
    case "held":
      return "ready";
    case "analysing":
    case "refused":
    case "uncertain":
      return state;
    case "claimed":
      return "printing";
    case "receiving":
    case "printed":
    case "cancelled":
    case "expired":
      return undefined;
  }
}

/** Enough for the screen to reckon the price of any settings, and never as long as the runs of pages. */
function ofOneCopy(particulars: Particulars): { impressions: number; inColour: number } {
  const one = { ...particulars, copies: 1, colourMode: "colour" as const };
  const impressions = impressionsOf(one);
  return { impressions, inColour: splitOfFirst(one, impressions).colour };
}

function countOf(
  particulars: Particulars,
  prices: Prices,
  device: string,
): NonNullable<DocumentView["counted"]> {
  const { copies, sides, colourMode, pageRanges, numberUp } = particulars;
  return {
    pages: chosenPagesOf(particulars),
    colourPages: colourPagesOf(particulars),
    impressions: impressionsOf(particulars),
    sheets: sheetsOf(particulars),
    copies,
    sides,
    colourMode,
    ...(pageRanges === undefined ? {} : { chosenPages: rangesInWords(pageRanges) }),
    ...(numberUp === undefined ? {} : { numberUp }),
    ofOneCopy: ofOneCopy(particulars),
    settable: settableOf(particulars),
    price: priceOf({ particulars, rule: ruleFor(prices, device) }),
  };
}

/** The first few are enough to know the document by. */
function rangesInWords(ranges: PageRanges): string {
  const said = ranges
    .slice(0, 5)
    .map(([from, to]) =>
      from === to ? String(from) : to >= endless ? `${from}–` : `${from}–${to}`,
    );
  return [...said, ...(ranges.length > said.length ? ["…"] : [])].join(", ");
}

/** What clients write for "to the end". */
const endless = 1_000_000;

import type { PartlyPrinted } from "../../protocol/particulars.ts";
import { type ClaimableJob, type Release, withRelease } from "./claim-state.ts";

/** The holder of a claim says how it ended. */
export interface FinishAsk {
  readonly releaseId: string;
  readonly attempt: number;
  readonly fence: number;
  readonly bridge: string;
  readonly outcome: "printed" | "given-back" | "uncertain";
  readonly partlyPrinted?: PartlyPrinted;
}

export interface FinishDecision {
  readonly next: ClaimableJob;
  readonly reply: "done" | "stale";
}

/**
 * Decides the end of a claim. Saying the same again is `done` again. Of an uncertain release the
 * person's decision follows later under the same fence; until then the job stays where it is.
 */
export function decideFinish(job: ClaimableJob, ask: FinishAsk): FinishDecision {
  const known = job.releases.get(ask.releaseId);
  if (known === undefined) return { next: withRelease(job, tombstone(ask)), reply: "stale" };
  const isHolder =
    known.bridge === ask.bridge && known.attempt === ask.attempt && known.fence === ask.fence;
  if (!isHolder) return { next: job, reply: "stale" };
  if (known.state === ask.outcome) return { next: job, reply: "done" };
  switch (known.state) {
    case "open":
    case "uncertain":
      return { next: end(job, known, ask), reply: "done" };
    case "printed":
    case "given-back":
    case "refused":
      return { next: job, reply: "stale" };
  }
}

function end(job: ClaimableJob, release: Release, ask: FinishAsk): ClaimableJob {
  const ended = withRelease(job, { ...release, state: ask.outcome });
  switch (ask.outcome) {
    case "printed":
      return { ...ended, state: "printed" };
    case "uncertain":
      return { ...ended, state: "uncertain" };
    case "given-back":
      // Without new figures those of an earlier, half-way release still tell what came out.
      return ask.partlyPrinted === undefined
        ? { ...ended, state: "held" }
        : { ...ended, state: "held", partlyPrinted: ask.partlyPrinted };
  }
}

/** A bridge that ends a claim we never saw has given up on it: its claim may still be on the way. */
function tombstone({ releaseId, attempt, bridge }: FinishAsk): Release {
  return { releaseId, attempt, bridge, device: "", fence: 0, state: "given-back" };
}

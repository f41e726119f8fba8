import type { ClaimReply } from "../../protocol/bridge-provider.ts";
import type { JobState, PartlyPrinted } from "../../protocol/particulars.ts";

export type ClaimRefusal = Extract<ClaimReply, { kind: "refused" }>["reason"];

/** How a release stands with the job: `open` has it, all others have not, or have not any more. */
export type ReleaseState = "open" | "uncertain" | "printed" | "given-back" | "refused";

/** One release that asked for the job, with the newest attempt known of it. */
export interface Release {
  readonly releaseId: string;
  readonly attempt: number;
  readonly bridge: string;
  readonly device: string;
  /** The fence that this attempt was given; 0 where it never had the job. */
  readonly fence: number;
  readonly state: ReleaseState;
  /** Why, where it was refused: the same attempt gets the same answer for ever. */
  readonly refusal?: ClaimRefusal;
}

/**
 * What claims are decided from. One release at most is `open` or `uncertain`, and it is exactly while
 * the job is `claimed` or `uncertain`.
 */
export interface ClaimableJob {
  readonly state: JobState;
  /** In a form in which names can be compared: see `ownerKey`. */
  readonly ownerKey: string;
  /** The owner asked to keep a job of a direct queue back (IPP `job-hold-until`). */
  readonly onHold: boolean;
  /** The newest fence that was given; the next one is greater. */
  readonly fence: number;
  readonly partlyPrinted?: PartlyPrinted;
  readonly releases: ReadonlyMap<string, Release>;
}

/** The job with one release put in the place of what was known of it. */
export function withRelease(job: ClaimableJob, release: Release): ClaimableJob {
  return { ...job, releases: new Map(job.releases).set(release.releaseId, release) };
}

import type { ClaimFinish, ClaimRequest } from "../../protocol/bridge-provider.ts";
import type { JournalFact, ReserveRequest } from "../../protocol/bridge-server.ts";
import type { Particulars } from "../../protocol/particulars.ts";
import type { Release } from "./release.ts";

/** The document of a claimed job, as the provider hands it out. */
export interface DocumentSource {
  readonly provider: string;
  readonly jobId: string;
  readonly releaseId: string;
  readonly attempt: number;
  readonly fence: number;
  readonly particulars: Particulars;
}

/**
 * What shall be done outside, after the commit. Each is answered by exactly one event (named beside
 * it), unless the process dies. `afterMs`: how long to wait before doing it.
 */
export type ReleaseEffect =
  /** claim-answered | claim-unanswered. The document of a claimed job may be fetched at once. */
  | {
      readonly kind: "claim";
      readonly provider: string;
      readonly request: ClaimRequest;
      readonly afterMs: number;
    }
  /** reserve-answered | reserve-unanswered */
  | { readonly kind: "reserve"; readonly request: ReserveRequest; readonly afterMs: number }
  /** device-seen | device-unseen */
  | { readonly kind: "lookAtDevice"; readonly device: string; readonly afterMs: number }
  /** job-created | create-refused | create-unanswered */
  | {
      readonly kind: "createJob";
      readonly device: string;
      readonly jobName: string;
      readonly document: DocumentSource;
      readonly afterMs: number;
    }
  /** job-looked-up | look-up-failed */
  | {
      readonly kind: "findJobByName";
      readonly device: string;
      readonly jobName: string;
      readonly afterMs: number;
    }
  /**
   * document-sent | document-not-sent | document-refused. Done at most once for a release, ever, unless
   * the device refused it as a whole. Without a job id it is sent together with its job (Print-Job).
   */
  | {
      readonly kind: "sendDocument";
      readonly device: string;
      readonly deviceJobId: number | undefined;
      readonly jobName: string;
      readonly document: DocumentSource;
    }
  /** sampled | unseen. Without a job id the job is looked for by its name. */
  | {
      readonly kind: "poll";
      readonly device: string;
      readonly deviceJobId: number | undefined;
      readonly jobName: string;
      readonly afterMs: number;
    }
  /** cancel-answered | cancel-unanswered. Without a job id only the sending is broken off. */
  | {
      readonly kind: "cancelJob";
      readonly device: string;
      readonly deviceJobId: number | undefined;
      readonly afterMs: number;
    }
  /** finish-answered | finish-unanswered */
  | {
      readonly kind: "finishClaim";
      readonly provider: string;
      readonly request: ClaimFinish;
      readonly afterMs: number;
    }
  /** No answer: the release is over, and what was kept for it may be let go. */
  | { readonly kind: "closed" };

/** What follows from one event. The facts are committed together with the release. */
export interface ReleaseDecision {
  readonly release: Release;
  /** Entries of the outbox: what the server is told, each once. */
  readonly facts: readonly JournalFact[];
  readonly effects: readonly ReleaseEffect[];
}

/** The release as it is: the event says nothing to it. */
export function unchanged(release: Release): ReleaseDecision {
  return { release, facts: [], effects: [] };
}

import type { EndedReleases, MyClaims } from "../../protocol/after-restore.ts";
import type { Database } from "../../storage/open-database.ts";
import { transaction } from "../../storage/transaction.ts";
import { readReleases, writeRelease } from "../claims/release-rows.ts";
import { prepared } from "../database/prepared.ts";
import { nextRevision } from "../database/provider-row.ts";
import { eraseDocuments } from "../jobs/documents.ts";
import { findJob } from "../jobs/find-jobs.ts";

const claimsMost = 5_000;

const ofBridge = prepared<
  { bridge: string; most: number },
  { job_id: string; release_id: string; fence: number; device: string; state: "open" | "uncertain" }
>(
  `SELECT job_id, release_id, fence, device, state FROM release
   WHERE bridge = :bridge AND state IN ('open', 'uncertain') LIMIT :most`,
);
const endJob = prepared<{
  id: string;
  state: string;
  revision: number;
  ended_at: number | null;
  printed: number | null;
  wanted: number | null;
}>(
  `UPDATE job SET state = :state, revision = :revision, ended_at = :ended_at,
     partly_printed = coalesce(:printed, partly_printed), partly_wanted = coalesce(:wanted, partly_wanted)
   WHERE id = :id`,
);

/** GET /api/claims/mine: what this bridge has here, or had when it was lost. */
export function claimsOfBridge(db: Database, bridge: string): MyClaims["claims"] {
  return ofBridge(db)
    .all({ bridge, most: claimsMost })
    .flatMap(({ job_id, release_id, fence, device, state }) => {
      const job = findJob(db, job_id);
      if (job?.particulars === undefined) return [];
      const { owner, particulars } = job;
      return [{ jobId: job_id, releaseId: release_id, fence, device, owner, state, particulars }];
    });
}

type Ended = EndedReleases["releases"][number];

/**
 * POST /api/claims/ended: takes how releases ended that this database, put back from a copy, does not
 * know. Only of jobs that it has doubts about; gives the jobs that are over now.
 */
export function takeEnds(
  db: Database,
  told: { bridge: string; releases: readonly Ended[]; now: number },
): { taken: number; printed: string[] } {
  const { bridge, releases, now } = told;
  return transaction(db, () => {
    const printed: string[] = [];
    let taken = 0;
    for (const ended of releases) {
      if (!takeEnd(db, { bridge, ended, now })) continue;
      taken += 1;
      if (ended.outcome === "printed") printed.push(ended.jobId);
    }
    return { taken, printed };
  });
}

function takeEnd(
  db: Database,
  { bridge, ended, now }: { bridge: string; ended: Ended; now: number },
): boolean {
  const { jobId, releaseId, device, outcome, partlyPrinted } = ended;
  const job = findJob(db, jobId);
  if (job === undefined) return false;
  const known = readReleases(db, jobId).get(releaseId);
  // A late word about a claim that the copy does not hold leaves a release without a fence.
  const isForgotten =
    known === undefined ||
    (known.bridge === bridge && known.fence === 0 && known.state === "given-back");
  const isDoubtful = isForgotten
    ? job.maybePrinted && job.state === "held"
    : known?.bridge === bridge && known.state === "uncertain" && job.state === "uncertain";
  if (!isDoubtful || (!isForgotten && outcome === "uncertain")) return false;
  const fence = isForgotten ? job.fence : (known?.fence ?? job.fence);
  writeRelease(db, jobId, { releaseId, attempt: 1, bridge, device, fence, state: outcome });
  const state = outcome === "given-back" ? "held" : outcome;
  endJob(db).run({
    id: jobId,
    state,
    revision: nextRevision(db),
    ended_at: outcome === "printed" ? now : null,
    printed: partlyPrinted?.printed ?? null,
    wanted: partlyPrinted?.wanted ?? null,
  });
  if (outcome === "printed") eraseDocuments(db, jobId);
  return true;
}

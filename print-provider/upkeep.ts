import { readFreeSpace } from "../storage/free-space.ts";
import { sweepDeleted } from "../storage/open-database.ts";
import { forgetOldPeople } from "./identity/known-people.ts";
import { expire, forgetOldJobs, jobsWithoutDocument } from "./jobs/end-jobs.ts";
import { eraseTitles } from "./jobs/erase-titles.ts";
import { jobsToAnalyse } from "./jobs/find-jobs.ts";
import { refuseJob } from "./jobs/take-in.ts";
import type { ProviderContext } from "./provider-context.ts";
import { pruneGoneJobs } from "./server-link/job-pushes.ts";

/** What has to be looked after from time to time: all that depends on the clock. */
export function upkeep(context: ProviderContext): void {
  const { db, limits, log, metrics, changes, uploads } = context;
  const now = context.now();
  let changed = 0;

  for (const id of expire(db, { now })) {
    context.removeFile(id);
    metrics.add("guichet_provider_jobs_expired_total");
    log.info({ event: "job-expired", jobId: id }, "nobody released the job in time");
    changed += 1;
  }
  for (const id of jobsWithoutDocument(db, { before: now - limits.documentWaitSeconds * 1000 })) {
    if (uploads.isComing(id)) continue;
    const reason = "The document of this job did not come. Print it again.";
    const refusal = { reason, cause: "aborted-by-system", because: "not-arrived" } as const;
    if (refuseJob(db, { id, ...refusal, now })) changed += 1;
  }
  changed += eraseTitles(db, { before: now - limits.titleDays * 24 * 3_600_000 });
  forgetOldPeople(db, {
    passwords: now - limits.passwordsKeptHours * 3_600_000,
    names: now - limits.namesKeptDays * 24 * 3_600_000,
  });
  pruneGoneJobs(db);
  changed += forgetOldJobs(db, { before: now - limits.historyHours * 3_600_000 });
  // Those whose document could not be read the last time are tried again.
  for (const id of jobsToAnalyse(db)) context.analyse(id);
  if (changed === 0) return;
  // Titles and keys of what was deleted must not outlive it in the log of the database.
  sweepDeleted(db);
  changes.announce();
}

/** Keeps an eye on the room on the disk, so that no request has to wait for the answer. */
export function createSpaceWatch(options: {
  folder: string;
  reserveBytes: number;
  sentence: string;
}): { look: () => void; notAccepting: () => string | undefined } {
  const { folder, reserveBytes, sentence } = options;
  let isLow = false;
  return {
    look: () => {
      const { freeBytes } = readFreeSpace(folder);
      isLow = freeBytes < reserveBytes;
    },
    notAccepting: () => (isLow ? sentence : undefined),
  };
}

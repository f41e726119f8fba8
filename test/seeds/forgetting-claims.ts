import { findJob } from "../../print-provider/jobs/find-jobs.ts";
import type { ClaimRequest } from "../../protocol/bridge-provider.ts";
import type { Database } from "../../storage/open-database.ts";
import type { World } from "./world.ts";

/** What was claimed less long ago than this is not on the disk yet. */
const unsyncedMs = 30_000;

/** A disk with a bug on purpose: the provider answers claims that a crash soon after takes back. */
export function forgettingClaims({ db, world }: { db: Database; world: World }): {
  aboutToClaim(request: ClaimRequest): void;
  loseClaims(): void;
} {
  const recent = new Map<string, { readonly jobId: string; readonly at: number }>();
  return {
    aboutToClaim({ jobId, releaseId }) {
      if (findJob(db, jobId)?.state === "held") recent.set(releaseId, { jobId, at: world.now() });
    },
    loseClaims() {
      for (const [releaseId, { jobId, at }] of recent) {
        if (world.now() - at > unsyncedMs) continue;
        const lost = db
          .prepare("DELETE FROM release WHERE release_id = ? AND state = 'open'")
          .run(releaseId).changes;
        if (lost === 0) continue;
        db.prepare("UPDATE job SET state = 'held' WHERE id = ?").run(jobId);
        world.note("bug", `the provider's disk forgets the claim of ${releaseId.slice(0, 8)}`);
      }
      recent.clear();
    },
  };
}

import { createOutbox } from "../../device-bridge/journal/outbox.ts";
import type { Release } from "../../device-bridge/release/release.ts";
import type { Database } from "../../storage/open-database.ts";
import type { World } from "./world.ts";

/** A bridge with a bug on purpose: it charges the whole job as soon as it begins to send it. */
export function settleTooEarly(options: {
  readonly db: Database;
  readonly world: World;
  readonly release: Release | undefined;
}): void {
  const { db, world, release } = options;
  if (release === undefined || !("claim" in release.phase)) return;
  const { releaseId, personId, device, jobId } = release;
  const { legs, wanted } = release.phase.claim;
  world.note("bug", `${releaseId.slice(0, 8)} is settled before its outcome`);
  createOutbox({ db, now: world.now }).append([
    {
      kind: "settle",
      releaseId,
      personId,
      legs: [...legs],
      impressions: wanted,
      wanted,
      evidence: "completed-state",
      device,
      jobId,
    },
  ]);
}

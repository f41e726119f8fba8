import type { Database } from "../../storage/open-database.ts";
import { prepared } from "../database/prepared.ts";
import type { Job } from "./job.ts";
import { type JobRow, jobOf } from "./job-row.ts";

/** Which jobs Get-Jobs shows, by RFC 8011 §4.2.6: those that may still print, or those that ended. */
export interface JobListing {
  readonly queue: string;
  readonly which: "not-completed" | "completed" | "all";
  readonly ownerKey?: string;
  readonly most: number;
}

const live = "('receiving', 'analysing', 'held', 'claimed', 'uncertain')";

// Oldest first for what waits, newest first for what ended: RFC 8011 §4.2.6.2.
const notCompleted = prepared<{ queue: string; owner: string | null; most: number }, JobRow>(
  `SELECT * FROM job WHERE queue = :queue AND state IN ${live}
   AND (:owner IS NULL OR owner_key = :owner) ORDER BY number LIMIT :most`,
);
const completed = prepared<{ queue: string; owner: string | null; most: number }, JobRow>(
  `SELECT * FROM job WHERE queue = :queue AND ended_at IS NOT NULL
   AND (:owner IS NULL OR owner_key = :owner) ORDER BY ended_at DESC, number DESC LIMIT :most`,
);
const all = prepared<{ queue: string; owner: string | null; most: number }, JobRow>(
  `SELECT * FROM job WHERE queue = :queue AND (:owner IS NULL OR owner_key = :owner)
   ORDER BY number LIMIT :most`,
);

export function listJobs(db: Database, listing: JobListing): Job[] {
  const parameters = { queue: listing.queue, owner: listing.ownerKey ?? null, most: listing.most };
  return query(listing.which)(db).all(parameters).map(jobOf);
}

function query(which: JobListing["which"]): typeof all {
  switch (which) {
    case "not-completed":
      return notCompleted;
    case "completed":
      return completed;
    case "all":
      return all;
  }
}

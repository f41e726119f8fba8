import type { Database } from "../../storage/open-database.ts";
import { transaction } from "../../storage/transaction.ts";
import { prepared } from "../database/prepared.ts";
import { nextRevision } from "../database/provider-row.ts";
import { eraseDocuments } from "./documents.ts";

const cancel = prepared<{ id: string; owner_key: string; revision: number; now: number }>(
  `UPDATE job SET state = 'cancelled', revision = :revision, ended_at = :now
   WHERE id = :id AND owner_key = :owner_key
   AND state IN ('receiving', 'analysing', 'held', 'refused')`,
);
const due = prepared<{ now: number; most: number }, { id: string }>(
  `SELECT id FROM job WHERE expires_at <= :now AND state IN ('analysing', 'held')
   ORDER BY expires_at LIMIT :most`,
);
const expireOne = prepared<{ id: string; revision: number; now: number }>(
  "UPDATE job SET state = 'expired', revision = :revision, ended_at = :now WHERE id = :id",
);
const waiting = prepared<{ before: number; most: number }, { id: string }>(
  `SELECT id FROM job WHERE state = 'receiving' AND submitted_at <= :before
   ORDER BY submitted_at LIMIT :most`,
);
const old = prepared<{ before: number; most: number }, { id: string }>(
  "SELECT id FROM job WHERE ended_at <= :before ORDER BY ended_at LIMIT :most",
);
const remove = prepared<{ id: string }>("DELETE FROM job WHERE id = :id");
const addGone = prepared<{ id: string; revision: number }>(
  "INSERT INTO gone (job_id, revision) VALUES (:id, :revision)",
);
const setOnHold = prepared<{ id: string; on_hold: number; revision: number }>(
  `UPDATE job SET on_hold = :on_hold, revision = :revision
   WHERE id = :id AND state IN ('receiving', 'analysing', 'held')`,
);

/** The owner gives the job up. False where it is not theirs, being printed, or over. */
export function cancelJob(
  db: Database,
  cancelled: { id: string; ownerKey: string; now: number },
): boolean {
  const { id, ownerKey, now } = cancelled;
  return transaction(db, () => {
    const revision = nextRevision(db);
    if (cancel(db).run({ id, owner_key: ownerKey, revision, now }) === 0) return false;
    eraseDocuments(db, id);
    return true;
  });
}

/**
 * Ends the jobs that waited for their owner too long; gives their ids, at most `most`. A claimed or
 * uncertain job never expires: only its holder or a person's decision ends it.
 */
export function expire(
  db: Database,
  { now, most = 500 }: { now: number; most?: number },
): string[] {
  return transaction(db, () =>
    due(db)
      .all({ now, most })
      .map(({ id }) => {
        expireOne(db).run({ id, revision: nextRevision(db), now });
        eraseDocuments(db, id);
        return id;
      }),
  );
}

/** Jobs made by Create-Job at or before a moment whose document has not come. */
export function jobsWithoutDocument(
  db: Database,
  { before, most = 500 }: { before: number; most?: number },
): string[] {
  return waiting(db)
    .all({ before, most })
    .map(({ id }) => id);
}

/** Forgets jobs that ended before a moment, and remembers for the server that they are gone. */
export function forgetOldJobs(
  db: Database,
  { before, most = 500 }: { before: number; most?: number },
): number {
  return transaction(db, () => {
    const ids = old(db).all({ before, most });
    for (const { id } of ids) {
      remove(db).run({ id });
      addGone(db).run({ id, revision: nextRevision(db) });
    }
    return ids.length;
  });
}

/** IPP Hold-Job and Release-Job, where they mean something. False where the job is past that. */
export function holdJob(db: Database, { id, hold }: { id: string; hold: boolean }): boolean {
  return transaction(
    db,
    () => setOnHold(db).run({ id, on_hold: hold ? 1 : 0, revision: nextRevision(db) }) > 0,
  );
}

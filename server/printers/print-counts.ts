import type { Database } from "../../storage/open-database.ts";
import { statement } from "../../storage/statement.ts";
import { perDatabase } from "../per-database.ts";

/** Who or what printed. */
export type Subject = { personId: string } | { device: string };

const statements = perDatabase((db) => ({
  add: statement<{ subject: string; sides: number }>(
    db,
    `INSERT INTO print_count (subject, jobs, sides) VALUES (:subject, 1, :sides)
     ON CONFLICT (subject) DO UPDATE SET jobs = jobs + 1, sides = sides + excluded.sides`,
  ),
  read: statement<{ subject: string }, { jobs: number; sides: number }>(
    db,
    "SELECT jobs, sides FROM print_count WHERE subject = :subject",
  ),
  reset: statement<{ subject: string; by: string; at: number }>(
    db,
    `INSERT INTO print_count (subject, jobs, sides, reset_by, reset_at)
     VALUES (:subject, 0, 0, :by, :at)
     ON CONFLICT (subject) DO UPDATE
       SET jobs = 0, sides = 0, reset_by = excluded.reset_by, reset_at = excluded.reset_at`,
  ),
}));

/** Counts what a settlement says; within the transaction that charges it. */
export function countPrinted(
  db: Database,
  settled: { personId: string; device: string; impressions: number },
): void {
  const { personId, device, impressions: sides } = settled;
  if (sides === 0) return;
  statements(db).add.run({ subject: keyOf({ personId }), sides });
  statements(db).add.run({ subject: keyOf({ device }), sides });
}

/** Jobs and printed sides since the count was last set back. */
export function printCounts(db: Database, subject: Subject): { jobs: number; sides: number } {
  return statements(db).read.get({ subject: keyOf(subject) }) ?? { jobs: 0, sides: 0 };
}

/** Sets a count back to nothing, and keeps who did. `now`: the server's wall clock. */
export function resetCounts(db: Database, reset: { of: Subject; by: string }, now: number): void {
  statements(db).reset.run({ subject: keyOf(reset.of), by: reset.by, at: now });
}

function keyOf(subject: Subject): string {
  return "personId" in subject ? `person ${subject.personId}` : `device ${subject.device}`;
}

import { Compile } from "typebox/compile";
import { JobState, Particulars, RefusedBecause } from "../../protocol/particulars.ts";
import type { Ticket } from "../ticket/ticket.ts";
import type { Job, RefusalCause } from "./job.ts";

/** A row of the table `job`, as SQLite gives it. */
export interface JobRow {
  readonly number: number;
  readonly id: string;
  readonly revision: number;
  readonly queue: string;
  readonly owner: string;
  readonly owner_key: string;
  readonly title: string;
  readonly state: string;
  readonly on_hold: number;
  readonly maybe_printed: number;
  readonly reason: string | null;
  readonly cause: string | null;
  readonly because: string | null;
  readonly ticket: string;
  readonly particulars: string | null;
  readonly partly_printed: number | null;
  readonly partly_wanted: number | null;
  readonly fence: number;
  readonly submitted_at: number;
  readonly expires_at: number;
  readonly processing_at: number | null;
  readonly ended_at: number | null;
  readonly claimed_by_code: number | null;
}

const state = Compile(JobState);
const particulars = Compile(Particulars);
const because = Compile(RefusedBecause);

/** Reads a row that this program wrote. Throws where it cannot have: the database is not ours. */
export function jobOf(row: JobRow): Job {
  if (!state.Check(row.state)) throw new Error(`Job ${row.id} is in no known state.`);
  return {
    number: row.number,
    id: row.id,
    revision: row.revision,
    queue: row.queue,
    owner: row.owner,
    ownerKey: row.owner_key,
    title: row.title,
    state: row.state,
    onHold: row.on_hold === 1,
    maybePrinted: row.maybe_printed === 1,
    ...(row.reason === null ? {} : { reason: row.reason }),
    ...(row.cause === null ? {} : { cause: row.cause as RefusalCause }),
    ...(because.Check(row.because) ? { because: row.because } : {}),
    ticket: JSON.parse(row.ticket) as Ticket,
    ...(row.particulars === null ? {} : { particulars: particularsOf(row.id, row.particulars) }),
    ...(row.partly_printed === null || row.partly_wanted === null
      ? {}
      : { partlyPrinted: { printed: row.partly_printed, wanted: row.partly_wanted } }),
    ...(row.claimed_by_code === 0 ? { unclaimed: true } : {}),
    fence: row.fence,
    submittedAt: row.submitted_at,
    expiresAt: row.expires_at,
    ...(row.processing_at === null ? {} : { processingAt: row.processing_at }),
    ...(row.ended_at === null ? {} : { endedAt: row.ended_at }),
  };
}

function particularsOf(id: string, text: string): Particulars {
  const value: unknown = JSON.parse(text);
  if (!particulars.Check(value)) throw new Error(`The particulars of job ${id} are not of ours.`);
  return value;
}

import type { Particulars, RefusedBecause } from "../../protocol/particulars.ts";
import type { Database } from "../../storage/open-database.ts";
import { transaction } from "../../storage/transaction.ts";
import { prepared } from "../database/prepared.ts";
import { nextRevision } from "../database/provider-row.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { addDocument, eraseDocuments, type StoredDocument } from "./documents.ts";
import type { RefusalCause } from "./job.ts";
import { ownerKey } from "./owner-name.ts";

/** A job on its way in. Times are milliseconds since 1970. */
export interface NewJob {
  readonly id: string;
  readonly queue: string;
  readonly owner: string;
  readonly title: string;
  readonly ticket: Ticket;
  readonly onHold: boolean;
  readonly now: number;
  readonly expiresAt: number;
  /** Whoever sent it, where nobody knows who that is. */
  readonly stranger?: { readonly ownerKey: string; readonly address: string };
  /** There at once with Print-Job; with Create-Job it comes later. */
  readonly document?: StoredDocument;
}

const insert = prepared<
  {
    id: string;
    revision: number;
    queue: string;
    owner: string;
    owner_key: string;
    title: string;
    state: string;
    on_hold: number;
    ticket: string;
    submitted_at: number;
    expires_at: number;
    claimed_by_code: number | null;
    sender: string | null;
  },
  { number: number }
>(
  `INSERT INTO job (id, revision, queue, owner, owner_key, title, state, on_hold, ticket,
     submitted_at, expires_at, claimed_by_code, sender)
   VALUES (:id, :revision, :queue, :owner, :owner_key, :title, :state, :on_hold, :ticket,
     :submitted_at, :expires_at, :claimed_by_code, :sender) RETURNING number`,
);
const advance = prepared<{ id: string; from: string; to: string; revision: number }>(
  "UPDATE job SET state = :to, revision = :revision WHERE id = :id AND state = :from",
);
const setParticulars = prepared<{ id: string; particulars: string }>(
  "UPDATE job SET particulars = :particulars WHERE id = :id",
);
const refuse = prepared<{
  id: string;
  reason: string;
  cause: string;
  because: string;
  revision: number;
  now: number;
}>(
  `UPDATE job SET state = 'refused', reason = :reason, cause = :cause, because = :because, revision = :revision,
     ended_at = :now WHERE id = :id AND state IN ('receiving', 'analysing')`,
);

/** Stores a job, with its document if it is there; gives its IPP `job-id`. Durable on return. */
export function addJob(db: Database, job: NewJob): number {
  return transaction(db, () => {
    const row = insert(db).get({
      id: job.id,
      revision: nextRevision(db),
      queue: job.queue,
      owner: job.owner,
      owner_key: job.stranger?.ownerKey ?? ownerKey(job.owner),
      title: job.title,
      state: job.document === undefined ? "receiving" : "analysing",
      on_hold: job.onHold ? 1 : 0,
      ticket: JSON.stringify(job.ticket),
      submitted_at: job.now,
      expires_at: job.expiresAt,
      claimed_by_code: job.stranger === undefined ? null : 0,
      sender: job.stranger?.address ?? null,
    });
    if (row === undefined) throw new Error("A job was not stored.");
    if (job.document !== undefined) addDocument(db, job.id, job.document);
    return row.number;
  });
}

/** The document of a job made by Create-Job is whole. False where the job ended in the meantime. */
export function documentArrived(db: Database, id: string, document: StoredDocument): boolean {
  return transaction(db, () => {
    const from = "receiving";
    if (advance(db).run({ id, from, to: "analysing", revision: nextRevision(db) }) === 0)
      return false;
    addDocument(db, id, document);
    return true;
  });
}

/** The document was counted: the job is held. False where it ended in the meantime. */
export function jobAnalysed(db: Database, id: string, particulars: Particulars): boolean {
  return transaction(db, () => {
    const from = "analysing";
    if (advance(db).run({ id, from, to: "held", revision: nextRevision(db) }) === 0) return false;
    setParticulars(db).run({ id, particulars: JSON.stringify(particulars) });
    return true;
  });
}

/** Why a job is refused: in a sentence, in IPP's words, and as a code. */
export interface Refusal {
  readonly reason: string;
  readonly cause: RefusalCause;
  readonly because: RefusedBecause;
}

/** The job cannot be printed, for a reason said in a sentence. Its documents are erased. */
export function refuseJob(db: Database, refusal: { id: string; now: number } & Refusal): boolean {
  return transaction(db, () => {
    if (refuse(db).run({ ...refusal, revision: nextRevision(db) }) === 0) return false;
    eraseDocuments(db, refusal.id);
    return true;
  });
}

import type { Database } from "../../storage/open-database.ts";
import { prepared } from "../database/prepared.ts";

/** A document that was taken in. A job has one at present, with the number 1. */
export interface StoredDocument {
  readonly format: string;
  readonly bytes: number;
  readonly wrappedKey: Uint8Array;
  /** All of it, sealed, where it is too short for a file of its own. */
  readonly sealed?: Uint8Array;
}

export const documentNumber = 1;

const insert = prepared<{
  job_id: string;
  number: number;
  format: string;
  bytes: number;
  wrapped_key: Uint8Array;
  sealed: Uint8Array | null;
}>(
  `INSERT INTO document (job_id, number, format, bytes, wrapped_key, sealed)
   VALUES (:job_id, :number, :format, :bytes, :wrapped_key, :sealed)`,
);
const read = prepared<
  { job_id: string; number: number },
  { format: string; bytes: number; wrapped_key: Uint8Array; sealed: Uint8Array | null }
>(
  `SELECT format, bytes, wrapped_key, sealed FROM document
   WHERE job_id = :job_id AND number = :number`,
);
const erase = prepared<{ job_id: string }>("DELETE FROM document WHERE job_id = :job_id");

export function addDocument(db: Database, jobId: string, document: StoredDocument): void {
  insert(db).run({
    job_id: jobId,
    number: documentNumber,
    format: document.format,
    bytes: document.bytes,
    wrapped_key: document.wrappedKey,
    sealed: document.sealed ?? null,
  });
}

/** The job's document, or undefined where it never came or was erased. */
export function findDocument(db: Database, jobId: string): StoredDocument | undefined {
  const row = read(db).get({ job_id: jobId, number: documentNumber });
  if (row === undefined) return undefined;
  const { format, bytes, wrapped_key: wrappedKey, sealed } = row;
  return { format, bytes, wrappedKey, ...(sealed === null ? {} : { sealed }) };
}

/**
 * Erases the job's documents by deleting their keys (NIST SP 800-88, cryptographic erase). Their
 * files, which short ones have not, are removed afterwards by whoever ended the job, or at the next start.
 */
export function eraseDocuments(db: Database, jobId: string): void {
  erase(db).run({ job_id: jobId });
}

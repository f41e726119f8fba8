import type { Database } from "../../storage/open-database.ts";
import { prepared } from "../database/prepared.ts";

/** A document that was taken in. A job has one at present, with the number 1. */
export interface StoredDocument {
  readonly format: string;
  readonly bytes: number;
  readonly wrappedKey: Uint8Array;
}

export const documentNumber = 1;

const insert = prepared<{
  job_id: string;
  number: number;
  format: string;
  bytes: number;
  wrapped_key: Uint8Array;
}>(
  `INSERT INTO document (job_id, number, format, bytes, wrapped_key)
   VALUES (:job_id, :number, :format, :bytes, :wrapped_key)`,
);
const read = prepared<
  { job_id: string; number: number },
  { format: string; bytes: number; wrapped_key: Uint8Array }
>("SELECT format, bytes, wrapped_key FROM document WHERE job_id = :job_id AND number = :number");
const erase = prepared<{ job_id: string }>("DELETE FROM document WHERE job_id = :job_id");

export function addDocument(db: Database, jobId: string, document: StoredDocument): void {
  insert(db).run({
    job_id: jobId,
    number: documentNumber,
    format: document.format,
    bytes: document.bytes,
    wrapped_key: document.wrappedKey,
  });
}

/** The job's document, or undefined where it never came or was erased. */
export function findDocument(db: Database, jobId: string): StoredDocument | undefined {
  const row = read(db).get({ job_id: jobId, number: documentNumber });
  if (row === undefined) return undefined;
  return { format: row.format, bytes: row.bytes, wrappedKey: row.wrapped_key };
}

/**
 * Erases the job's documents by deleting their keys (NIST SP 800-88, cryptographic erase). Their
 * files are removed afterwards by whoever ended the job, or at the next start.
 */
export function eraseDocuments(db: Database, jobId: string): void {
  erase(db).run({ job_id: jobId });
}

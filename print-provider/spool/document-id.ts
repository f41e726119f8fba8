import { partSuffix } from "../../storage/seal-writer.ts";

/** One document of one job. */
export interface DocumentId {
  /** Letters, digits and hyphens: it becomes part of a file's name. */
  jobId: string;
  /** The document's number within its job, from 1 (RFC 8011, document-number). */
  number: number;
}

const suffix = ".sealed";

/** The name of a document's file. Throws on an id that we did not make: that is a bug. */
export function fileNameOf({ jobId, number }: DocumentId): string {
  if (!/^[A-Za-z0-9-]{1,64}$/.test(jobId) || !Number.isInteger(number) || number < 1)
    throw new Error("A document's id is not fit for a file's name.");
  return `${jobId}_${number}${suffix}`;
}

/**
 * The document that a file of the spool's folder holds, and whether it is whole or was still being
 * written; undefined for a file that the spool did not make, which it leaves alone.
 */
export function documentOfFile(name: string): { id: DocumentId; whole: boolean } | undefined {
  const found = /^([A-Za-z0-9-]{1,64})_([1-9][0-9]{0,8})\.sealed(\.part)?$/.exec(name);
  const [, jobId, number, part] = found ?? [];
  if (jobId === undefined || number === undefined) return undefined;
  return { id: { jobId, number: Number(number) }, whole: part !== partSuffix };
}

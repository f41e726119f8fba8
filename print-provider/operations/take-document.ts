import type { Requester } from "../identity/requester.ts";
import { receiveDocument, type Upload } from "../intake/receive-document.ts";
import type { StoredDocument } from "../jobs/documents.ts";
import type { ProviderContext } from "../provider-context.ts";
import { type Answer, refused } from "./call.ts";

export type Taken =
  | { readonly kind: "taken"; readonly document: StoredDocument; readonly leave: () => void }
  | { readonly kind: "nothing" }
  | { readonly kind: "busy"; readonly answer: Answer };

/**
 * Takes a document in, if there is a place for it. The place is kept until `leave` is called, which
 * is after the job's row tells of the document. Throws what `receiveDocument` throws.
 */
export async function takeDocument(
  context: ProviderContext,
  upload: Upload & { requester: Requester },
): Promise<Taken> {
  const { uploads, spool, monotonic, postScript } = context;
  const { requester, jobId } = upload;
  const isNobodys = requester.kind === "nobody";
  const ownerKey = isNobodys ? requester.address : requester.ownerKey;
  const { unclaimedBytesMost, documentBytesMost: most } = context.limits;
  const documentBytesMost = isNobodys ? Math.min(unclaimedBytesMost, most) : most;
  const limits = { ...context.limits, documentBytesMost };
  const leave = uploads.begin({ ownerKey, jobId });
  if (leave === undefined)
    return {
      kind: "busy",
      answer: refused("server-error-busy", "Too many documents are coming in. Try again shortly."),
    };
  try {
    const document = await receiveDocument(upload, {
      spool,
      limits,
      now: monotonic,
      postScript,
    });
    if (document !== undefined) return { kind: "taken", document, leave };
  } catch (error) {
    leave();
    throw error;
  }
  leave();
  return { kind: "nothing" };
}

/** Counts a document that became a job, and has its pages counted. */
export function documentTaken(
  { metrics, log, changes, analyse }: ProviderContext,
  job: { id: string; number: number; queue: string; bytes: number },
): void {
  metrics.add("guichet_provider_jobs_accepted_total");
  metrics.add("guichet_provider_document_bytes_total", job.bytes);
  analyse(job.id);
  changes.announceSoon();
  // Whoever sent it waits for the answer, and nobody for this.
  setImmediate(() =>
    log.info(
      { event: "job-taken", jobId: job.id, job: job.number, queue: job.queue, bytes: job.bytes },
      "took a document in",
    ),
  );
}

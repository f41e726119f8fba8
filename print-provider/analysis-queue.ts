import type { Logger } from "pino";
import { pagesOf } from "../pricing/impressions.ts";
import type { Database } from "../storage/open-database.ts";
import { SealBroken } from "../storage/seal-broken.ts";
import type { RefusalReason } from "./analysis/document-analysis.ts";
import type { CompactAnalysis } from "./analysis/page-runs.ts";
import type { Changes } from "./changes.ts";
import type { Batch } from "./database/batch.ts";
import { documentNumber, findDocument } from "./jobs/documents.ts";
import { findJob } from "./jobs/find-jobs.ts";
import type { RefusalCause } from "./jobs/job.ts";
import { particularsOf } from "./jobs/particulars-of.ts";
import { jobAnalysed, type Refusal, refuseJob } from "./jobs/take-in.ts";
import type { Metrics } from "./metrics.ts";
import type { SealedAt, Spool } from "./spool/spool.ts";

/** Counts a sealed document; throws where the document cannot be read at all. */
export type Analyse = (document: SealedAt) => Promise<CompactAnalysis>;

export interface AnalysisQueue {
  /** Has a job's document counted; a job that is in the queue already is left where it is. */
  add(jobId: string): void;
  waiting(): number;
  /** What comes of analyses after this is not stored: they are begun again at the next start. */
  close(): void;
}

export interface AnalysisParts {
  readonly db: Database;
  readonly batch: Batch;
  readonly spool: Spool;
  readonly analyse: Analyse;
  readonly changes: Changes;
  readonly metrics: Metrics;
  readonly log: Logger;
  readonly now: () => number;
  readonly removeFile: (jobId: string) => void;
}

/**
 * While documents come in one after the other their senders have the machine to themselves: counting
 * begins when none came for a moment, or when the first has waited for so long.
 */
const calmMs = 25;
const patienceMs = 2_000;

/** Analyses jobs off the path that takes them in; a few at a time, in the order they came. */
export function createAnalysisQueue(parts: AnalysisParts, most: number): AnalysisQueue {
  const queued = new Set<string>();
  const running = new Set<string>();
  let closed = false;
  let calm: NodeJS.Timeout | undefined;
  let latest: NodeJS.Timeout | undefined;

  const isClosed = (): boolean => closed;
  const startMore = (): void => {
    for (const jobId of queued) {
      if (closed || running.size >= most) return;
      queued.delete(jobId);
      running.add(jobId);
      void analyseJob(parts, jobId, isClosed).finally(() => {
        running.delete(jobId);
        startMore();
      });
    }
  };
  const stopWaiting = (): void => {
    clearTimeout(calm);
    clearTimeout(latest);
    calm = latest = undefined;
  };
  const begin = (): void => {
    stopWaiting();
    startMore();
  };
  return {
    add: (jobId) => {
      if (!running.has(jobId)) queued.add(jobId);
      calm = calm?.refresh() ?? setTimeout(begin, calmMs);
      latest ??= setTimeout(begin, patienceMs);
    },
    waiting: () => queued.size + running.size,
    close: () => {
      closed = true;
      stopWaiting();
    },
  };
}

/** Never throws: a job whose document cannot be read now stays, and is tried again later. */
async function analyseJob(
  parts: AnalysisParts,
  jobId: string,
  isClosed: () => boolean,
): Promise<void> {
  const { db, spool, log } = parts;
  try {
    const stored = findDocument(db, jobId);
    if (stored === undefined) return;
    const document = { jobId, number: documentNumber };
    const analysis = await parts.analyse(spool.access({ ...stored, document }));
    if (isClosed()) return;
    if (analysis.kind === "refused")
      refuse(parts, jobId, {
        reason: analysis.sentence,
        cause: causeOf(analysis.reason),
        because: analysis.reason,
      });
    // The next document is begun while this one's result waits for its commit.
    else hold(parts, jobId, analysis).catch(fail);
  } catch (error) {
    fail(error);
  }

  function fail(error: unknown): void {
    if (isClosed()) return;
    log.error({ event: "analysis-failed", jobId, err: error }, "a document could not be read");
    if (error instanceof SealBroken)
      refuse(parts, jobId, {
        reason: brokenSentence,
        cause: "document-access-error",
        because: "damaged-here",
      });
  }
}

const brokenSentence =
  "The stored document is damaged and cannot be printed. Please print it again from your computer.";

async function hold(
  parts: AnalysisParts,
  jobId: string,
  analysis: Extract<CompactAnalysis, { kind: "counted" }>,
): Promise<void> {
  const { db, batch, changes, log } = parts;
  const job = findJob(db, jobId);
  const stored = findDocument(db, jobId);
  if (job === undefined || stored === undefined) return;
  const reckoned = particularsOf(job, stored, analysis);
  if (reckoned.kind === "refused")
    return refuse(parts, jobId, {
      reason: reckoned.sentence,
      cause: "aborted-by-system",
      because: reckoned.because,
    });
  const { particulars } = reckoned;
  if (!(await batch.runLater(() => jobAnalysed(db, jobId, particulars)))) return;
  const pages = pagesOf(particulars);
  log.info({ event: "job-held", jobId, pages }, "counted a document; the job is held");
  changes.announce();
}

function refuse(
  { db, changes, metrics, log, now, removeFile }: AnalysisParts,
  jobId: string,
  refusal: Refusal,
): void {
  if (!refuseJob(db, { id: jobId, ...refusal, now: now() })) return;
  removeFile(jobId);
  metrics.add("guichet_provider_jobs_uncountable_total");
  log.info({ event: "job-refused", jobId, cause: refusal.cause }, refusal.reason);
  changes.announce();
}

function causeOf(reason: RefusalReason): RefusalCause {
  switch (reason) {
    case "unsupported":
      return "unsupported-document-format";
    case "encrypted":
      return "document-access-error";
    case "damaged":
    case "no-pages":
    case "not-only-pdf":
    case "more-behind":
      return "document-format-error";
    case "too-many-pages":
    case "too-complex":
    case "analysis-failed":
      return "aborted-by-system";
  }
}

import type {
  ClaimFinish,
  ClaimFinishReply,
  ClaimReply,
  ClaimRequest,
} from "../../protocol/bridge-provider.ts";
import type { ProviderSite } from "../../protocol/provider-server.ts";
import type { Database } from "../../storage/open-database.ts";
import { transaction } from "../../storage/transaction.ts";
import { prepared } from "../database/prepared.ts";
import { nextRevision } from "../database/provider-row.ts";
import { eraseDocuments } from "../jobs/documents.ts";
import { findJob } from "../jobs/find-jobs.ts";
import { hasEnded, type Job } from "../jobs/job.ts";
import { ownerKey } from "../jobs/owner-name.ts";
import { takeEnds } from "../restored/recall-claims.ts";
import type { ClaimableJob } from "./claim-state.ts";
import { decideClaim } from "./decide-claim.ts";
import { decideFinish } from "./decide-finish.ts";
import { mayPrint } from "./may-print.ts";
import { readReleases, writeRelease } from "./release-rows.ts";

const change = prepared<{
  id: string;
  state: string;
  fence: number;
  partly_printed: number | null;
  partly_wanted: number | null;
  revision: number;
  processing_at: number | null;
  ended_at: number | null;
}>(
  `UPDATE job SET state = :state, fence = :fence, partly_printed = :partly_printed,
     partly_wanted = :partly_wanted, revision = :revision,
     processing_at = coalesce(:processing_at, processing_at), ended_at = :ended_at WHERE id = :id`,
);

/**
 * POST /api/claims: decides the claim and stores what follows from it. On return it is on the disk,
 * so it may be answered. `now` in milliseconds since 1970.
 */
export function claim(
  db: Database,
  asked: { request: ClaimRequest; bridge: string; site: ProviderSite; now: number },
): ClaimReply {
  const { request, bridge, site, now } = asked;
  return transaction(db, () => {
    const job = findJob(db, request.jobId);
    if (job === undefined) return { kind: "refused", reason: "gone" };
    const before = claimable(db, job);
    const { next, reply } = decideClaim(before, {
      releaseId: request.releaseId,
      attempt: request.attempt,
      device: request.device,
      bridge,
      ownerKey: ownerKey(request.owner),
      deviceAllowed: mayPrint(site, { queue: job.queue, device: request.device, bridge }),
    });
    store(db, { job, before, next, now });
    if (reply.kind === "refused") return reply;
    if (job.particulars === undefined)
      throw new Error(`Job ${job.id} was held without particulars.`);
    return {
      kind: "claimed",
      fence: reply.fence,
      title: job.title,
      particulars: job.particulars,
      ...(job.partlyPrinted === undefined ? {} : { partlyPrinted: job.partlyPrinted }),
    };
  });
}

/** What a finish did, beside its reply. */
export interface Finished {
  readonly reply: ClaimFinishReply;
  /** The job is in another state than before. */
  readonly changed: boolean;
  /** The job is over, and its document's file can be removed. */
  readonly erased: boolean;
}

/** POST /api/claims/finish: ends a claim by its holder. Durable on return. */
export function finish(
  db: Database,
  asked: { request: ClaimFinish; bridge: string; now: number },
): Finished {
  const { request, bridge, now } = asked;
  return transaction(db, () => {
    const job = findJob(db, request.jobId);
    if (job === undefined) return { reply: { kind: "stale" }, changed: false, erased: false };
    if (endsForgotten(db, { job, request, bridge, now }))
      return { reply: { kind: "done" }, changed: true, erased: request.outcome === "printed" };
    const before = claimable(db, job);
    const { next, reply } = decideFinish(before, { ...request, bridge });
    store(db, { job, before, next, now });
    const changed = next.state !== job.state;
    return { reply: { kind: reply }, changed, erased: changed && hasEnded(next.state) };
  });
}

/** The end of a claim that this database, put back from a copy, has forgotten: it is taken as it is told. */
function endsForgotten(
  db: Database,
  ended: { job: Job; request: ClaimFinish; bridge: string; now: number },
): boolean {
  const { job, request, bridge, now } = ended;
  const { jobId, releaseId, outcome, partlyPrinted } = request;
  if (!job.maybePrinted || readReleases(db, jobId).has(releaseId)) return false;
  const told = {
    jobId,
    releaseId,
    device: "",
    outcome,
    ...(partlyPrinted === undefined ? {} : { partlyPrinted }),
  };
  return takeEnds(db, { bridge, releases: [told], now }).taken > 0;
}

/** Whether this is the word of the job's present holder: only then may it have the document. */
export function holdsClaim(
  db: Database,
  asked: { jobId: string; releaseId: string; attempt: number; fence: number; bridge: string },
): boolean {
  const release = readReleases(db, asked.jobId).get(asked.releaseId);
  return (
    release?.state === "open" &&
    release.bridge === asked.bridge &&
    release.attempt === asked.attempt &&
    release.fence === asked.fence
  );
}

function claimable(db: Database, job: Job): ClaimableJob {
  const { state, ownerKey, onHold, fence, partlyPrinted } = job;
  const releases = readReleases(db, job.id);
  return {
    state,
    ownerKey,
    onHold,
    fence,
    releases,
    ...(partlyPrinted === undefined ? {} : { partlyPrinted }),
  };
}

function store(
  db: Database,
  changed: { job: Job; before: ClaimableJob; next: ClaimableJob; now: number },
): void {
  const { job, before, next, now } = changed;
  if (next === before) return;
  for (const [id, release] of next.releases)
    if (before.releases.get(id) !== release) writeRelease(db, job.id, release);
  // A refusal that was only remembered is nobody else's news.
  if (next.state === before.state && next.fence === before.fence) return;
  change(db).run({
    id: job.id,
    state: next.state,
    fence: next.fence,
    partly_printed: next.partlyPrinted?.printed ?? null,
    partly_wanted: next.partlyPrinted?.wanted ?? null,
    revision: nextRevision(db),
    processing_at: next.state === "claimed" ? now : null,
    ended_at: hasEnded(next.state) ? now : null,
  });
  if (hasEnded(next.state)) eraseDocuments(db, job.id);
}

import { type ClaimableJob, type ClaimRefusal, type Release, withRelease } from "./claim-state.ts";

/** A bridge asks for the job. */
export interface ClaimAsk {
  readonly releaseId: string;
  readonly attempt: number;
  readonly bridge: string;
  readonly device: string;
  readonly ownerKey: string;
  /** Whether the queue lets this device print the job, and the device is this bridge's. */
  readonly deviceAllowed: boolean;
}

export type ClaimAnswer =
  | { readonly kind: "claimed"; readonly fence: number }
  | { readonly kind: "refused"; readonly reason: ClaimRefusal };

export interface ClaimDecision {
  /** The job afterwards; the very same object where nothing changed. */
  readonly next: ClaimableJob;
  readonly reply: ClaimAnswer;
}

/**
 * Decides a claim. An attempt that was answered before gets the same answer; an older one is stale.
 * A release that ended never gets the job again, so that a message that was long on the way cannot
 * print it a second time.
 */
export function decideClaim(job: ClaimableJob, ask: ClaimAsk): ClaimDecision {
  const known = job.releases.get(ask.releaseId);
  if (known === undefined) return decideFresh(job, ask);
  if (ask.attempt < known.attempt) return refused(job, "stale");
  if (known.bridge !== ask.bridge)
    return refused(job, known.state === "open" ? "claimed-by-another" : "stale");
  switch (known.state) {
    case "open":
      return decideHeldByAsker(job, known, ask);
    case "refused":
      return ask.attempt === known.attempt
        ? refused(job, known.refusal ?? "stale")
        : decideFresh(job, ask);
    case "printed":
      return refused(job, "already-printed");
    case "uncertain":
      return refused(job, "uncertain");
    case "given-back":
      return refused(job, "stale");
  }
}

function decideHeldByAsker(job: ClaimableJob, known: Release, ask: ClaimAsk): ClaimDecision {
  // The device was checked at the first attempt; moving to another one would go round that check.
  if (known.device !== ask.device) return refused(job, "stale");
  if (known.attempt === ask.attempt) return claimed(job, known.fence);
  return grant(job, ask);
}

function decideFresh(job: ClaimableJob, ask: ClaimAsk): ClaimDecision {
  const reason = reasonAgainst(job, ask);
  if (reason === undefined) return grant(job, ask);
  if (isForEver(reason)) return refused(job, reason);
  const { releaseId, attempt, bridge, device } = ask;
  const release: Release = {
    releaseId,
    attempt,
    bridge,
    device,
    fence: 0,
    state: "refused",
    refusal: reason,
  };
  return refused(withRelease(job, release), reason);
}

function reasonAgainst(job: ClaimableJob, ask: ClaimAsk): ClaimRefusal | undefined {
  if (job.ownerKey !== ask.ownerKey) return "not-yours";
  switch (job.state) {
    case "receiving":
    case "analysing":
      return "not-ready";
    case "claimed":
      return "claimed-by-another";
    case "printed":
      return "already-printed";
    case "uncertain":
      return "uncertain";
    case "refused":
    case "cancelled":
    case "expired":
      return "gone";
    case "held":
      if (!ask.deviceAllowed) return "wrong-device";
      return job.onHold ? "not-ready" : undefined;
  }
}

/** A refusal that no later event can turn into a claim need not be remembered. */
function isForEver(reason: ClaimRefusal): boolean {
  return reason === "not-yours" || reason === "gone" || reason === "already-printed";
}

function grant(job: ClaimableJob, ask: ClaimAsk): ClaimDecision {
  const fence = job.fence + 1;
  const { releaseId, attempt, bridge, device } = ask;
  const release: Release = { releaseId, attempt, bridge, device, fence, state: "open" };
  return claimed({ ...withRelease(job, release), state: "claimed", fence }, fence);
}

function claimed(next: ClaimableJob, fence: number): ClaimDecision {
  return { next, reply: { kind: "claimed", fence } };
}

function refused(next: ClaimableJob, reason: ClaimRefusal): ClaimDecision {
  return { next, reply: { kind: "refused", reason } };
}

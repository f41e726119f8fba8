import type { Claim, Finish, Release } from "./release.ts";
import type { DocumentSource, ReleaseEffect } from "./release-effect.ts";

/** A release claims its job once; another print of it is another release. */
const attempt = 1;

export const jobNamePrefix = "Guichet ";

/** What the device is told for the job's name: enough to find it again, nothing about anybody. */
export function jobNameOf(releaseId: string): string {
  return `${jobNamePrefix}${releaseId.slice(0, 8)}`;
}

/** Asks the provider for the job; the same words at every try. */
export function askClaim(release: Release, afterMs: number): ReleaseEffect {
  const { provider, jobId, releaseId, device, owner } = release;
  return {
    kind: "claim",
    provider,
    request: { jobId, releaseId, attempt, device, owner },
    afterMs,
  };
}

/** Asks the server to set the money aside; the same legs at every try. */
export function askReserve(release: Release, claim: Claim, afterMs: number): ReleaseEffect {
  const { releaseId, personId, device, jobId } = release;
  const { legs, priceVersion } = claim;
  return {
    kind: "reserve",
    request: { releaseId, personId, legs: [...legs], priceVersion, device, jobId },
    afterMs,
  };
}

/** The document as the provider hands it out to the holder of the claim. */
export function documentOf(release: Release, claim: Claim): DocumentSource {
  const { provider, jobId, releaseId } = release;
  const { fence, particulars } = claim;
  return { provider, jobId, releaseId, attempt, fence, particulars };
}

/** Ends the claim at the provider; the same words at every try. */
export function askFinish(
  release: Release,
  ending: { readonly fence: number; readonly finish: Finish },
  afterMs: number,
): ReleaseEffect {
  const { provider, jobId, releaseId } = release;
  return {
    kind: "finishClaim",
    provider,
    request: { jobId, releaseId, attempt, fence: ending.fence, ...ending.finish },
    afterMs,
  };
}

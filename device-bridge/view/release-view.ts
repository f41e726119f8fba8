import type { Outcome, ReleaseView } from "../../protocol/kiosk.ts";
import type { Phase, Release } from "../release/release.ts";

/** How far a release is, for the person who asked for it. */
export function releaseView(release: Release, title: string): ReleaseView {
  const { releaseId, jobId, device, phase } = release;
  const outcome = outcomeOf(phase);
  const problem = phase.kind === "printing" ? phase.watch.problem : undefined;
  return {
    releaseId,
    jobId,
    title,
    device,
    phase: phaseOf(phase),
    ...countsOf(phase),
    ...(problem === undefined ? {} : { problem }),
    ...(outcome === undefined ? {} : { outcome }),
  };
}

function phaseOf(phase: Phase): ReleaseView["phase"] {
  switch (phase.kind) {
    case "waiting":
      return "waiting";
    case "claiming":
    case "reserving":
    case "preparing":
    case "readying":
    case "creating":
    case "clearing":
      return "preparing";
    case "printing":
      return phase.watch.upload === "in-course" && (phase.watch.jobCount ?? 0) === 0
        ? "sending"
        : "printing";
    case "withdrawing":
    case "finishing":
    case "undecided":
    case "closed":
      return "ended";
  }
}

function outcomeOf(phase: Phase): Outcome | undefined {
  switch (phase.kind) {
    case "withdrawing":
      return { kind: "not-printed", reason: phase.reason };
    case "finishing":
    case "undecided":
    case "closed":
      return phase.outcome;
    case "waiting":
    case "claiming":
    case "reserving":
    case "preparing":
    case "readying":
    case "creating":
    case "clearing":
    case "printing":
      return undefined;
  }
}

function countsOf(phase: Phase): Pick<ReleaseView, "impressions" | "wanted"> {
  if (phase.kind === "printing") {
    const { wanted } = phase.claim;
    const { jobCount, deviceCount } = phase.watch;
    return { impressions: Math.min(jobCount ?? deviceCount ?? 0, wanted), wanted };
  }
  const outcome = outcomeOf(phase);
  switch (outcome?.kind) {
    case "printed":
      return { impressions: outcome.impressions, wanted: outcome.impressions };
    case "partly-printed":
      return { impressions: outcome.impressions, wanted: outcome.wanted };
    case "uncertain":
    case "not-printed":
    case undefined:
      return { impressions: 0, wanted: "claim" in phase ? phase.claim.wanted : 0 };
  }
}

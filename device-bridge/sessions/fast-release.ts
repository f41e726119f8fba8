import { randomUUID } from "node:crypto";
import type { Terminal } from "../../protocol/site.ts";
import type { BridgeReleases } from "../bridge-releases.ts";
import type { BridgeState } from "../bridge-state.ts";
import { planPrint } from "./plan-print.ts";
import type { Session } from "./session.ts";

/**
 * A terminal without a screen: what a tap releases is all that waits for its holder, at the terminal's
 * first device, except what may have been printed before. Gives whether anything was begun; it is on the
 * disk then. The session's id stands for the press, so that one tap is one wish.
 */
export function fastRelease(asked: {
  readonly terminal: Terminal;
  readonly session: Session;
  readonly state: Pick<BridgeState, "known">;
  readonly releases: Pick<BridgeReleases, "engine" | "devices" | "jobsUnderWay">;
  /** Wall clock, milliseconds. */
  readonly now: () => number;
}): boolean {
  const { terminal, session, state, releases, now } = asked;
  const [device = ""] = terminal.devices;
  const { problems } = releases.devices.condition(device);
  // One that was away a moment ago may be back: trying tells, and costs nothing.
  if (problems.some((problem) => problem !== "unreachable")) return false;
  const planned = planPrint({
    session,
    jobIds: session.jobs.flatMap(({ job }) => (job.maybePrinted === true ? [] : [job.jobId])),
    device,
    terminal,
    site: state.known().site,
    underWay: releases.jobsUnderWay(),
    now: now(),
    newId: randomUUID,
  });
  if (planned.length === 0) return false;
  releases.engine.intend(session.sessionId, planned);
  return true;
}

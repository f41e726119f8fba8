import type { ListedJob } from "../../protocol/bridge-server.ts";
import type { Session } from "./session.ts";
import type { CodeEvent, SessionEffect } from "./session-events.ts";

/** The server has heard of a job that was taken before this is over. */
const heardWithinMs = 15_000;

/** What follows in a session from a code that was typed, and from what the providers say to it. */
export function decideCode(
  session: Session,
  event: CodeEvent,
  { now }: { readonly now: number },
): { session: Session; effects: readonly SessionEffect[] } {
  const { code: before } = session;
  const seen: Session = { ...session, lastSeenAt: now };
  if (event.kind === "type-code") {
    const { pressId, code } = event;
    // One at a time; the same press again is no second try.
    if (before?.state === "asking" || before?.pressId === pressId)
      return { session: seen, effects: [] };
    return {
      session: { ...seen, code: { state: "asking", pressId } },
      effects: [{ kind: "take-by-code", session, pressId, code }],
    };
  }
  if (before?.pressId !== event.pressId) return { session, effects: [] };
  const { pressId, answer } = event;
  switch (answer.kind) {
    case "taken": {
      const { job } = answer;
      const { jobId } = job.job;
      const taken = [
        ...(session.taken ?? []).filter((one) => one.job.job.jobId !== jobId),
        { job, until: now + heardWithinMs },
      ];
      const code = { state: "taken", pressId, jobId } as const;
      return {
        session: { ...seen, code, taken, jobs: withTaken(session.jobs, taken, now) },
        effects: [],
      };
    }
    case "slow-down": {
      const waitUntil = now + answer.seconds * 1000;
      return {
        session: { ...seen, code: { state: "slow-down", pressId, waitUntil } },
        effects: [],
      };
    }
    case "wrong":
    case "unreachable":
      return { session: { ...seen, code: { state: answer.kind, pressId } }, effects: [] };
  }
}

/** A list of the server with the jobs that were taken a moment ago and that it need not know yet. */
export function withTaken(
  jobs: readonly ListedJob[],
  taken: Session["taken"],
  now: number,
): readonly ListedJob[] {
  const known = new Set(jobs.map(({ job }) => job.jobId));
  const fresh = (taken ?? []).filter(({ job, until }) => now < until && !known.has(job.job.jobId));
  return fresh.length === 0 ? jobs : [...fresh.map(({ job }) => job), ...jobs];
}

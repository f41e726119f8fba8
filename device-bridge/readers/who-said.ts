import type { SessionEvent } from "../sessions/session-events.ts";

/** What the server said of a card, for a technician. */
export function whoSaid(event: SessionEvent): string {
  if (event.kind === "not-identified") return "nobody could say: the server does not answer";
  if (event.kind !== "identified") return "nobody could say";
  const { reply } = event;
  switch (reply.kind) {
    case "known":
      return `${reply.person.login} (${reply.person.displayName})`;
    case "needs-pin":
      return "somebody who is asked for a PIN";
    case "slow-down":
      return `nobody was asked: try again in ${reply.seconds} s`;
    case "refused":
      return reply.reason === "unknown-card"
        ? "nobody: the number is not known"
        : `somebody who is not let in (${reply.reason})`;
  }
}

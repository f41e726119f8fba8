import type { Preferences } from "../../protocol/preferences.ts";
import { type Session, timeFactorOf } from "./session.ts";
import type { EaseEvent, SessionContext, SessionEffect } from "./session-events.ts";

/** So long a deletion can be taken back; a person who takes longer has longer. */
const undoMs = 10_000;

export interface EaseDecision {
  readonly session: Session;
  readonly effects: readonly SessionEffect[];
}

/**
 * What follows in a session from a deletion, a look for what is missing, or a wish about the screen. A
 * deletion is held in memory only: a process that dies leaves the documents where they are.
 */
export function decideEase(
  session: Session,
  event: EaseEvent,
  { now }: Pick<SessionContext, "now">,
): EaseDecision {
  switch (event.kind) {
    case "deleting": {
      const held = session.deletion?.jobIds ?? [];
      const jobIds = [...new Set([...held, ...event.jobIds])];
      const until = now + undoMs * timeFactorOf(session);
      const { notDeleted: _, ...rest } = session;
      return { session: { ...rest, deletion: { jobIds, until }, lastSeenAt: now }, effects: [] };
    }
    case "undo-delete": {
      const { deletion: _, ...rest } = session;
      return { session: { ...rest, lastSeenAt: now }, effects: [] };
    }
    case "not-deleted": {
      const { jobIds } = event;
      const deleted = session.deleted?.filter((jobId) => !jobIds.includes(jobId)) ?? [];
      return { session: { ...session, deleted, notDeleted: jobIds.length }, effects: [] };
    }
    case "look-for-missing":
      return {
        session: { ...session, missing: { state: "asking", ended: [] }, lastSeenAt: now },
        effects: [{ kind: "look-for-missing", session }],
      };
    case "found-missing": {
      const { ended } = event;
      const missing =
        ended === undefined
          ? ({ state: "partly", ended: [] } as const)
          : ({ state: "known", ended } as const);
      return { session: { ...session, missing }, effects: [] };
    }
    case "pay-from": {
      const { payer: _, ...own } = session;
      const { account } = event;
      const chosen = account === null ? own : { ...own, payer: account };
      return { session: { ...chosen, lastSeenAt: now }, effects: [] };
    }
    case "language":
      return {
        session: { ...session, language: event.language, lastSeenAt: now },
        effects: [keep(session, { language: event.language })],
      };
    case "prefer": {
      const { kind: _, sessionId: __, ...wants } = event;
      return {
        session: { ...session, wants: { ...session.wants, ...wants }, lastSeenAt: now },
        effects: [keep(session, wants)],
      };
    }
    case "deletion-due": {
      const { deletion, ...rest } = session;
      if (deletion === undefined) return { session, effects: [] };
      const deleted = [...(session.deleted ?? []), ...deletion.jobIds];
      return {
        session: { ...rest, deleted },
        effects: [{ kind: "delete", session, jobIds: deletion.jobIds }],
      };
    }
  }

  function keep({ person }: Session, wants: Preferences): SessionEffect {
    return { kind: "keep-preferences", personId: person.personId, wants };
  }
}

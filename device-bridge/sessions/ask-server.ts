import type { Link } from "../../link/client.ts";
import { LinkRefused } from "../../link/errors.ts";
import { IdentifyReply } from "../../protocol/bridge-server.ts";
import { type EndedJob, EndedJobsReply } from "../../protocol/missing-jobs.ts";
import type { Session, SignInQuestion } from "./session.ts";
import type { SessionEvent } from "./session-events.ts";

export interface AskServerOptions {
  readonly server: Link;
  /** Whether the server gave an answer, whatever it was. */
  readonly onReachable: (reachable: boolean, error?: unknown) => void;
}

export interface AskServer {
  /** Who it is. Always gives an event: somebody stands there and waits. */
  identify(
    terminal: string,
    asked: { readonly askId: string; readonly request: SignInQuestion },
  ): Promise<SessionEvent>;
  /** How the person and the documents are now; undefined when nobody answers. */
  refresh(session: Session): Promise<SessionEvent | undefined>;
  /** Jobs of the person that are over; undefined when nobody answers. */
  endedJobs(session: Session): Promise<readonly EndedJob[] | undefined>;
}

/** Longer nobody holds a badge in the air. */
const answerMs = 4_000;
/** What is typed is checked in turn, and perhaps by a directory. */
const typedMs = 10_000;

/** The server's part in sessions. */
export function createAskServer({ server, onReachable }: AskServerOptions): AskServer {
  async function ask(path: string, body: unknown, timeoutMs = answerMs): Promise<IdentifyReply> {
    try {
      const reply = await server.post(path, body, IdentifyReply, { timeoutMs });
      onReachable(true);
      return reply;
    } catch (error) {
      onReachable(error instanceof LinkRefused, error);
      throw error;
    }
  }

  return {
    async identify(terminal, { askId, request }) {
      try {
        const isTap = request.way === "card" && request.pin === undefined;
        const body = { ...request, terminal };
        const reply = await ask("/api/bridge/identify", body, isTap ? answerMs : typedMs);
        return { kind: "identified", askId, reply };
      } catch (error) {
        const notice = error instanceof LinkRefused ? "try-again" : "server-unreachable";
        return { kind: "not-identified", askId, notice };
      }
    },

    async endedJobs({ person: { personId } }) {
      try {
        const path = "/api/bridge/ended-jobs";
        return (await server.post(path, { personId }, EndedJobsReply, { timeoutMs: answerMs }))
          .jobs;
      } catch {
        return undefined;
      }
    },

    async refresh({ sessionId, person: { personId }, cardNumber }) {
      try {
        const by = cardNumber === undefined ? {} : { cardNumber };
        const reply = await ask("/api/bridge/person", { personId, ...by });
        if (reply.kind === "known")
          return { kind: "refreshed", sessionId, person: reply.person, jobs: reply.jobs };
        return reply.kind === "refused"
          ? { kind: "turned-away", sessionId, reason: reply.reason }
          : { kind: "log-out", sessionId };
      } catch {
        return undefined;
      }
    },
  };
}

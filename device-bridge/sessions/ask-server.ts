import type { Link } from "../../link/client.ts";
import { LinkRefused } from "../../link/errors.ts";
import { IdentifyReply } from "../../protocol/bridge-server.ts";
import type { SessionEvent } from "./decide-session.ts";
import type { Asking, Session } from "./session.ts";

export interface AskServerOptions {
  readonly server: Link;
  /** Whether the server gave an answer, whatever it was. */
  readonly onReachable: (reachable: boolean, error?: unknown) => void;
}

export interface AskServer {
  /** Whose card it is. Always gives an event: somebody stands there and waits. */
  identify(terminal: string, asking: Asking): Promise<SessionEvent>;
  /** How the person and the documents are now; undefined when nobody answers. */
  refresh(session: Session): Promise<SessionEvent | undefined>;
}

/** Longer nobody holds a badge in the air. */
const answerMs = 4_000;

/** The server's part in sessions. */
export function createAskServer({ server, onReachable }: AskServerOptions): AskServer {
  async function ask(path: string, body: unknown): Promise<IdentifyReply> {
    try {
      const reply = await server.post(path, body, IdentifyReply, { timeoutMs: answerMs });
      onReachable(true);
      return reply;
    } catch (error) {
      onReachable(error instanceof LinkRefused, error);
      throw error;
    }
  }

  return {
    async identify(terminal, { askId, cardNumber }) {
      try {
        const reply = await ask("/api/bridge/identify", { terminal, cardNumber });
        return { kind: "identified", askId, reply };
      } catch (error) {
        const notice = error instanceof LinkRefused ? "try-again" : "server-unreachable";
        return { kind: "not-identified", askId, notice };
      }
    },

    async refresh({ sessionId, person: { personId } }) {
      try {
        const reply = await ask("/api/bridge/person", { personId });
        return reply.kind === "known"
          ? { kind: "refreshed", sessionId, person: reply.person, jobs: reply.jobs }
          : { kind: "log-out", sessionId };
      } catch {
        return undefined;
      }
    },
  };
}

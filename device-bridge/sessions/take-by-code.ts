import type { Link } from "../../link/client.ts";
import type { ListedJob } from "../../protocol/bridge-server.ts";
import { TakeByCodeReply } from "../../protocol/unclaimed.ts";
import type { Database } from "../../storage/open-database.ts";
import { beginTry, takeBackTry } from "../../storage/wrong-tries.ts";
import type { Session } from "./session.ts";
import type { CodeAnswer } from "./session-events.ts";

/** What a person typed at a terminal. */
export interface TypedCode {
  readonly terminal: string;
  readonly person: Pick<Session["person"], "personId" | "login">;
  readonly code: string;
}

/**
 * Makes the asking of all providers for the job of a code. Tries are counted here, before they are
 * checked, for the person and the terminal: of two providers one knows each code only, and its answer
 * must not count as a wrong one of the other. Needs no server.
 */
export function createTakeByCode(parts: {
  db: Database;
  /** All that there are, by id. */
  providers: () => readonly { readonly id: string; readonly link: Link }[];
  /** Milliseconds since 1970. */
  now: () => number;
}): (typed: TypedCode) => Promise<CodeAnswer> {
  const { db, providers, now } = parts;
  return async ({ terminal, person, code }) => {
    const tried = { subject: `code ${person.personId}`, place: terminal };
    const turn = beginTry(db, tried, now());
    if (turn.kind === "slow-down") return turn;
    const request = { code, owner: person.login, terminal };
    const replies = await Promise.all(
      providers().map(async ({ id, link }): Promise<ListedJob | "unknown" | "away"> => {
        try {
          const reply = await link.post("/api/unclaimed/take", request, TakeByCodeReply);
          return reply.kind === "taken" ? { provider: id, job: reply.job } : reply.kind;
        } catch {
          return "away";
        }
      }),
    );
    const taken = replies.find((reply) => typeof reply === "object");
    if (taken !== undefined) {
      // It counts as none; what was wrong before still counts, since a right code says nothing of who types.
      takeBackTry(db, tried);
      return { kind: "taken", job: taken };
    }
    // Nobody looked at it. Where one provider did, the try counts, whoever else is away.
    if (!replies.includes("unknown")) takeBackTry(db, tried);
    return { kind: replies.includes("away") ? "unreachable" : "wrong" };
  };
}

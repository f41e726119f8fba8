import type { FastifyReply } from "fastify";
import { type Static, Type } from "typebox";
import type { Bell } from "../site/bell.ts";

/** The query of a long poll: which revision the asker has; none answers at once. */
export const After = Type.Object({ after: Type.Optional(Type.String({ pattern: "^\\d{1,10}$" })) });
export type After = Static<typeof After>;

/** How long a long poll waits for news; the askers' time-out is longer. */
export const POLL_MS = 25_000;
/** For who is ahead of us: the database was put back, and the asker shall come round without haste. */
const AHEAD_MS = 1_000;

/**
 * Waits until the revision is newer than `after`, the time is over, the asker is gone or the server
 * stops. Then the caller answers with what there is.
 */
export async function waitForNews(options: {
  after: number;
  revision: () => number;
  bell: Bell;
  reply: FastifyReply;
  pollMs: number;
}): Promise<void> {
  const { after, revision, bell, reply, pollMs } = options;
  const gone = new AbortController();
  const left = (): void => gone.abort();
  reply.raw.on("close", left);
  const until = performance.now() + (revision() < after ? Math.min(AHEAD_MS, pollMs) : pollMs);
  try {
    while (revision() <= after && !gone.signal.aborted && !bell.closed()) {
      const ms = until - performance.now();
      if (ms <= 0) return;
      await bell.wait({ ms, signal: gone.signal });
    }
  } finally {
    reply.raw.off("close", left);
  }
}

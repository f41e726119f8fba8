import type { FastifyInstance } from "fastify";
import type { Acceptor } from "../../link/acceptor.ts";
import { authenticated, callerOf } from "../../link/routes.ts";
import { TakeByCode, TakeByCodeReply } from "../../protocol/unclaimed.ts";
import { summaryOf } from "../jobs/job.ts";
import type { ProviderContext } from "../provider-context.ts";
import { takeByCode } from "../unclaimed/unclaimed-jobs.ts";

const bodyLimit = 4 * 1024;

/** POST /api/unclaimed/take; see `protocol/unclaimed.ts`. Works while the server is away. */
export function registerUnclaimedRoute(
  app: FastifyInstance,
  context: ProviderContext,
  acceptor: Acceptor,
): void {
  const { db, log, changes, codeOf } = context;
  const preHandler = authenticated(acceptor, "bridge");
  app.post<{ Body: TakeByCode }>(
    "/api/unclaimed/take",
    { preHandler, bodyLimit, schema: { body: TakeByCode, response: { 200: TakeByCodeReply } } },
    (request): TakeByCodeReply => {
      const { subject: bridge } = callerOf(request);
      const { code, owner, terminal } = request.body;
      const { queues } = context.site();
      const job = takeByCode(db, {
        owner,
        matches: (jobId) => codeOf(jobId) === code,
        hoursOf: (queue) => queues.find(({ name }) => name === queue)?.holdHours ?? 0,
      });
      const about = { bridge, terminal };
      if (job === undefined) {
        log.info({ event: "code-unknown", ...about }, "a code that no job has");
        return { kind: "unknown" };
      }
      log.info({ event: "job-taken-by-code", jobId: job.id, ...about }, "a job has its owner");
      changes.announce();
      return { kind: "taken", job: summaryOf(job) };
    },
  );
}

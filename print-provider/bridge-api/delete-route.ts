import type { FastifyInstance } from "fastify";
import type { Acceptor } from "../../link/acceptor.ts";
import { authenticated, callerOf } from "../../link/routes.ts";
import { DeleteJobs, DeleteJobsReply } from "../../protocol/bridge-provider.ts";
import type { Database } from "../../storage/open-database.ts";
import { transaction } from "../../storage/transaction.ts";
import { cancelJob } from "../jobs/end-jobs.ts";
import { findJob } from "../jobs/find-jobs.ts";
import { ownerKey } from "../jobs/owner-name.ts";
import type { ProviderContext } from "../provider-context.ts";

/** POST /api/jobs/delete: the owner, at a terminal, gives up jobs. */
export function registerDeleteRoute(
  app: FastifyInstance,
  context: ProviderContext,
  acceptor: Acceptor,
): void {
  const { db, log, changes } = context;
  const preHandler = authenticated(acceptor, "bridge");
  app.post<{ Body: DeleteJobs }>(
    "/api/jobs/delete",
    {
      preHandler,
      bodyLimit: 64 * 1024,
      schema: { body: DeleteJobs, response: { 200: DeleteJobsReply } },
    },
    (request) => {
      const { reply, erased } = deleteJobs(db, { ...request.body, now: context.now() });
      for (const jobId of erased) context.removeFile(jobId);
      const { subject: bridge } = callerOf(request);
      log.info({ event: "jobs-deleted", bridge, jobIds: erased }, "their owner deleted jobs");
      if (erased.length > 0) changes.announce();
      return reply;
    },
  );
}

/** Cancels what can be cancelled; asking again gives the same answer. Durable on return. */
export function deleteJobs(
  db: Database,
  asked: DeleteJobs & { now: number },
): { reply: DeleteJobsReply; erased: string[] } {
  const key = ownerKey(asked.owner);
  const reply: DeleteJobsReply = { deleted: [], kept: [] };
  const erased: string[] = [];
  transaction(db, () => {
    for (const id of new Set(asked.jobIds)) {
      if (cancelJob(db, { id, ownerKey: key, now: asked.now })) erased.push(id);
      const job = findJob(db, id);
      const isDeleted = job?.ownerKey === key && job.state === "cancelled";
      (isDeleted ? reply.deleted : reply.kept).push(id);
    }
  });
  return { reply, erased };
}

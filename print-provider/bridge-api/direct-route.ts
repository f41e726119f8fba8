import type { FastifyInstance } from "fastify";
import type { Acceptor } from "../../link/acceptor.ts";
import { authenticated, callerOf } from "../../link/routes.ts";
import { DirectJobs } from "../../protocol/bridge-provider.ts";
import type { ProviderSite } from "../../protocol/provider-server.ts";
import type { Database } from "../../storage/open-database.ts";
import { bridgeOf } from "../claims/may-print.ts";
import { heldJobsOf } from "../jobs/find-jobs.ts";
import type { ProviderContext } from "../provider-context.ts";

const jobsMost = 100;

/** GET /api/direct: waits for jobs of direct queues whose device is this bridge's. */
export function registerDirectRoute(
  app: FastifyInstance,
  context: ProviderContext,
  { acceptor, closing }: { acceptor: Acceptor; closing: AbortSignal },
): void {
  const preHandler = authenticated(acceptor, "bridge");
  app.get(
    "/api/direct",
    { preHandler, schema: { response: { 200: DirectJobs } } },
    async (request, reply) => {
      const { subject: bridge } = callerOf(request);
      const left = new AbortController();
      reply.raw.once("close", () => left.abort());
      const waited = AbortSignal.any([
        left.signal,
        closing,
        AbortSignal.timeout(context.limits.longPollMs),
      ]);
      for (;;) {
        const jobs = directJobs(context.db, context.site(), bridge);
        if (jobs.length > 0 || waited.aborted) return { jobs };
        await context.changes.next(waited);
      }
    },
  );
}

/** Held jobs that a bridge shall print at once, the oldest of each queue first. */
export function directJobs(db: Database, site: ProviderSite, bridge: string): DirectJobs["jobs"] {
  return site.queues
    .flatMap(({ name, kind, devices }) => {
      const device = devices[0];
      if (kind !== "direct" || device === undefined || bridgeOf(site, device) !== bridge) return [];
      return heldJobsOf(db, name, jobsMost)
        .filter(({ onHold, maybePrinted }) => !onHold && !maybePrinted)
        .map(({ id, owner }) => ({ jobId: id, owner, device }));
    })
    .slice(0, jobsMost);
}

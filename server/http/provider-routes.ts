import type { FastifyInstance } from "fastify";
import { authenticated, callerOf, sendRefusal } from "../../link/routes.ts";
import { JobsPush, type ProviderSite } from "../../protocol/provider-server.ts";
import { takeJobs } from "../jobs/take-jobs.ts";
import type { ServerParts } from "../server-parts.ts";
import { abilitiesOfQueues } from "../site/device-abilities.ts";
import { readSite } from "../site/read-site.ts";
import { providerRevision } from "../site/revision.ts";
import { After, waitForNews } from "./long-poll.ts";

/** A push may carry 500 jobs, each with its pages' colours. */
const PUSH_BYTES_AT_MOST = 32 * 1024 * 1024;

/** What a provider may ask of the server; see `protocol/provider-server.ts`. */
export function registerProviderRoutes(app: FastifyInstance, parts: ServerParts): void {
  const { db, bell, metrics } = parts;
  const preHandler = authenticated(parts.acceptor, "provider");

  app.post<{ Body: JobsPush }>(
    "/api/provider/jobs",
    { preHandler, bodyLimit: PUSH_BYTES_AT_MOST, schema: { body: JobsPush } },
    (request) => {
      const { subject: provider } = callerOf(request);
      metrics.heard(provider);
      return { revision: takeJobs(db, provider, request.body, parts.now()) };
    },
  );

  app.get<{ Querystring: After }>(
    "/api/provider/site",
    { preHandler, schema: { querystring: After } },
    async (request, reply) => {
      const { subject: provider } = callerOf(request);
      metrics.heard(provider);
      const after = Number(request.query.after ?? -1);
      const revision = (): number => providerRevision(db);
      await waitForNews({ after, revision, bell, reply, pollMs: parts.pollMs });
      const site = readSite(db);
      if (site === undefined)
        return sendRefusal(reply, "not-found", "No site is declared on this server yet.");
      const queues = site.queues.filter((queue) => queue.provider === provider);
      const answer: ProviderSite = {
        revision: revision(),
        queues,
        abilities: abilitiesOfQueues(db, site, queues),
        organisation: site.appearance.name,
        deviceBridges: Object.fromEntries(site.devices.map(({ id, bridge }) => [id, bridge])),
      };
      return answer;
    },
  );
}

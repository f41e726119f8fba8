import type { FastifyInstance } from "fastify";
import type { Acceptor } from "../../link/acceptor.ts";
import { authenticated, callerOf } from "../../link/routes.ts";
import {
  ClaimFinish,
  ClaimFinishReply,
  ClaimReply,
  ClaimRequest,
} from "../../protocol/bridge-provider.ts";
import { claim, finish } from "../claims/claim-store.ts";
import type { MetricName } from "../metrics.ts";
import type { ProviderContext } from "../provider-context.ts";

const bodyLimit = 16 * 1024;

/** POST /api/claims and /api/claims/finish; see `protocol/bridge-provider.ts`. */
export function registerClaimRoutes(
  app: FastifyInstance,
  context: ProviderContext,
  acceptor: Acceptor,
): void {
  const { db, log, metrics, changes } = context;
  const preHandler = authenticated(acceptor, "bridge");

  app.post<{ Body: ClaimRequest }>(
    "/api/claims",
    { preHandler, bodyLimit, schema: { body: ClaimRequest, response: { 200: ClaimReply } } },
    (request) => {
      const { subject: bridge } = callerOf(request);
      const { jobId, releaseId, attempt, device } = request.body;
      const site = context.site();
      const reply = claim(db, { request: request.body, bridge, site, now: context.now() });
      const event = { jobId, releaseId, attempt, device, bridge };
      if (reply.kind === "claimed") {
        metrics.add("guichet_provider_claims_total");
        log.info({ event: "claimed", ...event, fence: reply.fence }, "a bridge has the job");
        changes.announce();
      } else {
        metrics.add("guichet_provider_claims_refused_total");
        log.info({ event: "claim-refused", ...event, reason: reply.reason }, "refused a claim");
      }
      return reply;
    },
  );

  app.post<{ Body: ClaimFinish }>(
    "/api/claims/finish",
    { preHandler, bodyLimit, schema: { body: ClaimFinish, response: { 200: ClaimFinishReply } } },
    (request) => {
      const { subject: bridge } = callerOf(request);
      const { jobId, releaseId, attempt, fence, outcome } = request.body;
      const { reply, changed, erased } = finish(db, {
        request: request.body,
        bridge,
        now: context.now(),
      });
      log.info(
        { event: "finished", jobId, releaseId, attempt, fence, bridge, outcome, reply: reply.kind },
        reply.kind === "done" ? "a claim ended" : "a claim that was over already",
      );
      if (erased) context.removeFile(jobId);
      if (changed) {
        metrics.add(counterOf(outcome));
        changes.announce();
      }
      return reply;
    },
  );
}

function counterOf(outcome: ClaimFinish["outcome"]): MetricName {
  switch (outcome) {
    case "printed":
      return "guichet_provider_jobs_printed_total";
    case "given-back":
      return "guichet_provider_jobs_given_back_total";
    case "uncertain":
      return "guichet_provider_jobs_uncertain_total";
  }
}

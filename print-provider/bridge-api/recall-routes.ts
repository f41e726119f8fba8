import type { FastifyInstance } from "fastify";
import type { Acceptor } from "../../link/acceptor.ts";
import { authenticated, callerOf } from "../../link/routes.ts";
import { EndedReleases, EndedReleasesReply, MyClaims } from "../../protocol/after-restore.ts";
import type { ProviderContext } from "../provider-context.ts";
import { claimsOfBridge, takeEnds } from "../restored/recall-claims.ts";

/** What a bridge and a provider ask each other when one of them was put back from a copy. */
export function registerRecallRoutes(
  app: FastifyInstance,
  context: ProviderContext,
  acceptor: Acceptor,
): void {
  const { db, log, changes } = context;
  const preHandler = authenticated(acceptor, "bridge");

  app.get(
    "/api/claims/mine",
    { preHandler, schema: { response: { 200: MyClaims } } },
    (request) => ({
      claims: claimsOfBridge(db, callerOf(request).subject),
    }),
  );

  app.post<{ Body: EndedReleases }>(
    "/api/claims/ended",
    { preHandler, schema: { body: EndedReleases, response: { 200: EndedReleasesReply } } },
    (request) => {
      const { subject: bridge } = callerOf(request);
      const { releases } = request.body;
      const { taken, printed } = takeEnds(db, { bridge, releases, now: context.now() });
      for (const jobId of printed) context.removeFile(jobId);
      log.info({ event: "ends-taken", bridge, told: releases.length, taken }, "what was forgotten");
      if (taken > 0) changes.announce();
      return { taken };
    },
  );
}

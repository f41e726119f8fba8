import type { FastifyInstance } from "fastify";
import { type Static, Type } from "typebox";
import { sendRefusal } from "../../link/routes.ts";
import { type Books, DecideRequest } from "../../protocol/admin.ts";
import { Uuid } from "../../protocol/ids.ts";
import type { ServerParts } from "../server-parts.ts";
import { onlyWithToken } from "./token-guard.ts";

const ByRelease = Type.Object({ releaseId: Uuid });

/** Uncertain releases and the check of the books, for the commands of `guichet`; see `protocol/admin.ts`. */
export function registerAdminBooksRoutes(
  app: FastifyInstance,
  parts: ServerParts,
  options: { token: string },
): void {
  const { ledger, log, bell } = parts;
  const preHandler = onlyWithToken(options.token);

  app.get("/api/admin/uncertain", { preHandler }, async () => ({
    releases: await ledger.uncertain(),
  }));

  app.post<{ Params: Static<typeof ByRelease>; Body: DecideRequest }>(
    "/api/admin/uncertain/:releaseId",
    { preHandler, schema: { params: ByRelease, body: DecideRequest } },
    async (request, reply) => {
      const { releaseId } = request.params;
      const decided = await ledger.decide({ releaseId, ...request.body });
      if (decided.kind === "unknown")
        return sendRefusal(reply, "not-found", "No uncertain release has this id.");
      if (decided.kind === "conflict") return sendRefusal(reply, "conflict", decided.sentence);
      bell.ring();
      log.info({ event: "decided", releaseId, decision: request.body.decision });
      return { releases: await ledger.uncertain() };
    },
  );

  app.get("/api/admin/books", { preHandler }, async () => {
    const { faults: _faults, ...books } = await ledger.checkBooks();
    return books satisfies Books;
  });
}

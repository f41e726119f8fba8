import type { FastifyInstance } from "fastify";
import type { Static } from "typebox";
import { ShadowQuestion } from "../../protocol/meter.ts";
import type { ServerParts } from "../server-parts.ts";
import { shadowReport } from "../shadow/shadow-report.ts";
import { onlyWithToken } from "./token-guard.ts";

const shownUnlessTold = 7;

/** What the meters of devices say beside the ledger; see `protocol/meter.ts`. */
export function registerShadowRoutes(
  app: FastifyInstance,
  { db }: ServerParts,
  options: { token: string },
): void {
  const preHandler = onlyWithToken(options.token);
  app.get<{ Querystring: Static<typeof ShadowQuestion> }>(
    "/api/admin/shadow",
    { preHandler, schema: { querystring: ShadowQuestion } },
    (request) => shadowReport(db, Number(request.query.days ?? shownUnlessTold)),
  );
}

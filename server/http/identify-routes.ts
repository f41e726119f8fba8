import type { FastifyInstance } from "fastify";
import { authenticated, sendRefusal } from "../../link/routes.ts";
import {
  IdentifyRequest,
  PersonByLoginRequest,
  PersonRequest,
} from "../../protocol/bridge-server.ts";
import { identify, identifyPerson } from "../people/identify.ts";
import { findPerson, findPersonByLogin } from "../people/person.ts";
import type { ServerParts } from "../server-parts.ts";
import { readSite } from "../site/read-site.ts";
import { heardBridge } from "./heard-bridge.ts";

/** Who is at a terminal, by badge, and the same person again; see `protocol/bridge-server.ts`. */
export function registerIdentifyRoutes(app: FastifyInstance, parts: ServerParts): void {
  const { db, log, now } = parts;
  const preHandler = authenticated(parts.acceptor, "bridge");

  app.post<{ Body: IdentifyRequest }>(
    "/api/bridge/identify",
    { preHandler, schema: { body: IdentifyRequest } },
    (request, reply) => {
      const { subject: bridge } = heardBridge(parts, request);
      const { terminal, cardNumber } = request.body;
      if (!readSite(db)?.terminals.some((one) => one.id === terminal && one.bridge === bridge))
        return sendRefusal(reply, "not-allowed", `"${terminal}" is no terminal of this bridge.`);
      const place = `${bridge} ${terminal}`;
      if (parts.failures.cards.mustWait(place))
        return sendRefusal(
          reply,
          "too-many",
          "Too many unknown cards here. Try again in a minute.",
        );
      const answer = identify(db, { keys: parts.cards, cardNumber }, now());
      const result = answer.kind === "known" ? "known" : answer.reason;
      if (result === "unknown-card") parts.failures.cards.failed(place);
      parts.metrics.count("guichet_identified_total", { result });
      log.info({ event: "identified", bridge, terminal, result });
      return answer;
    },
  );

  app.post<{ Body: PersonRequest }>(
    "/api/bridge/person",
    { preHandler, schema: { body: PersonRequest } },
    (request) => {
      heardBridge(parts, request);
      return identifyPerson(db, findPerson(db, request.body.personId), now());
    },
  );

  app.post<{ Body: PersonByLoginRequest }>(
    "/api/bridge/person-by-login",
    { preHandler, schema: { body: PersonByLoginRequest } },
    (request) => {
      heardBridge(parts, request);
      return identifyPerson(db, findPersonByLogin(db, request.body.login), now());
    },
  );
}

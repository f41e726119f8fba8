import type { FastifyInstance } from "fastify";
import { authenticated, sendRefusal } from "../../link/routes.ts";
import {
  type IdentifyReply,
  PersonByLoginRequest,
  PersonRequest,
} from "../../protocol/bridge-server.ts";
import { IdentifyRequest } from "../../protocol/sign-in.ts";
import { identifyAgain, identifyPerson } from "../people/identify.ts";
import { loginByAlias } from "../people/more-about.ts";
import { findPersonByLogin } from "../people/person.ts";
import { NotOpenHere, signIn } from "../people/sign-in.ts";
import type { ServerParts } from "../server-parts.ts";
import { readSite } from "../site/read-site.ts";
import { createSlowLane } from "../slow-lane.ts";
import { heardBridge } from "./heard-bridge.ts";

/** Who is at a terminal, and the same person again; see `protocol/sign-in.ts`. */
export function registerIdentifyRoutes(app: FastifyInstance, parts: ServerParts): void {
  const { db, log, now } = parts;
  const preHandler = authenticated(parts.acceptor, "bridge");
  // After many unknown cards a terminal is slow, and never shut: its next card may be a known one.
  const lane = createSlowLane({ pauseMs: 1_000, waiting: 3 });

  app.post<{ Body: IdentifyRequest }>(
    "/api/bridge/identify",
    { preHandler, schema: { body: IdentifyRequest } },
    async (request, reply) => {
      const { subject: bridge } = heardBridge(parts, request);
      const { terminal, way = "card" } = request.body;
      const site = readSite(db);
      if (!site?.terminals.some((one) => one.id === terminal && one.bridge === bridge))
        return sendRefusal(reply, "not-allowed", `"${terminal}" is no terminal of this bridge.`);
      const place = `${bridge} ${terminal}`;
      if (parts.failures.cards.mustWait(place) && !(await lane.enter(place)))
        return sendRefusal(
          reply,
          "too-many",
          "Too many unknown cards here. Try again in a minute.",
        );
      const answer = await signIn(parts.signIn, { request: request.body, site, place }).catch(
        (error: unknown) => {
          if (error instanceof NotOpenHere) return undefined;
          throw error;
        },
      );
      if (answer === undefined)
        return sendRefusal(
          reply,
          "not-allowed",
          `Signing in like that is not open at "${terminal}".`,
        );
      const result = resultOf(answer);
      if (result === "unknown-card") parts.failures.cards.failed(place);
      parts.metrics.count("guichet_identified_total", { result });
      log.info({ event: "identified", bridge, terminal, way, result });
      return answer;
    },
  );

  app.post<{ Body: PersonRequest }>(
    "/api/bridge/person",
    { preHandler, schema: { body: PersonRequest } },
    (request) => {
      heardBridge(parts, request);
      return identifyAgain(db, { keys: parts.cards, ...request.body }, now());
    },
  );

  app.post<{ Body: PersonByLoginRequest }>(
    "/api/bridge/person-by-login",
    { preHandler, schema: { body: PersonByLoginRequest } },
    (request) => {
      heardBridge(parts, request);
      const { login } = request.body;
      const row =
        findPersonByLogin(db, login) ?? findPersonByLogin(db, loginByAlias(db, login) ?? "");
      return identifyPerson(db, row, now());
    },
  );
}

function resultOf(answer: IdentifyReply): string {
  return answer.kind === "refused" ? answer.reason : answer.kind;
}

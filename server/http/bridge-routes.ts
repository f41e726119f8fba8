import type { FastifyInstance, FastifyRequest } from "fastify";
import { type Static, Type } from "typebox";
import { authenticated, callerOf, sendRefusal } from "../../link/routes.ts";
import {
  type BridgeSite,
  IdentifyRequest,
  type JournalBatch,
  JournalBatch as JournalBatchForm,
  PersonByLoginRequest,
  PersonRequest,
  ReserveRequest,
} from "../../protocol/bridge-server.ts";
import type { CredentialBody } from "../../protocol/credential.ts";
import { providersForBridges } from "../enrolment/enrolled.ts";
import { decisionsFor } from "../ledger/uncertain.ts";
import { identify, identifyPerson } from "../people/identify.ts";
import { findPerson, findPersonByLogin } from "../people/person.ts";
import type { ServerParts } from "../server-parts.ts";
import { readSite } from "../site/read-site.ts";
import { bridgeRevision } from "../site/revision.ts";
import { logJournal } from "./log-journal.ts";
import { waitForNews } from "./long-poll.ts";

export const After = Type.Object({ after: Type.Optional(Type.String({ pattern: "^\\d{1,10}$" })) });

/** What a bridge may ask of the server; see `protocol/bridge-server.ts`. */
export function registerBridgeRoutes(app: FastifyInstance, parts: ServerParts): void {
  const { db, ledger, log, now, bell } = parts;
  const preHandler = authenticated(parts.acceptor, "bridge");
  const bridgeOf = (request: FastifyRequest): CredentialBody => {
    const caller = callerOf(request);
    parts.metrics.heard(caller.subject);
    return caller;
  };

  app.post<{ Body: IdentifyRequest }>(
    "/api/bridge/identify",
    { preHandler, schema: { body: IdentifyRequest } },
    (request, reply) => {
      const { subject: bridge } = bridgeOf(request);
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
      bridgeOf(request);
      return identifyPerson(db, findPerson(db, request.body.personId), now());
    },
  );

  app.post<{ Body: PersonByLoginRequest }>(
    "/api/bridge/person-by-login",
    { preHandler, schema: { body: PersonByLoginRequest } },
    (request) => {
      bridgeOf(request);
      return identifyPerson(db, findPersonByLogin(db, request.body.login), now());
    },
  );

  app.post<{ Body: ReserveRequest }>(
    "/api/bridge/reserve",
    { preHandler, schema: { body: ReserveRequest } },
    async (request, reply) => {
      const { subject: bridge } = bridgeOf(request);
      const { releaseId, device, jobId } = request.body;
      if (!readSite(db)?.devices.some((one) => one.id === device && one.bridge === bridge))
        return sendRefusal(reply, "not-allowed", `"${device}" is no device of this bridge.`);
      const answer = await ledger.reserve({ bridge, request: request.body });
      const result = answer.kind === "refused" ? answer.reason : answer.kind;
      parts.metrics.count("guichet_reservations_total", { result });
      log.info({ event: "reserve", releaseId, jobId, bridge, device, result });
      return answer.kind === "conflict" ? sendRefusal(reply, "conflict", answer.sentence) : answer;
    },
  );

  app.post<{ Body: JournalBatch }>(
    "/api/bridge/journal",
    { preHandler, schema: { body: JournalBatchForm } },
    async (request) => {
      const { subject: bridge } = bridgeOf(request);
      const result = await ledger.applyJournal({ bridge, batch: request.body });
      logJournal(parts, { bridge, epoch: request.body.epoch, result });
      if (result.effects.length > 0) bell.ring();
      return { applied: result.applied };
    },
  );

  app.get<{ Querystring: Static<typeof After> }>(
    "/api/bridge/site",
    { preHandler, schema: { querystring: After } },
    async (request, reply) => {
      const { subject: bridge } = bridgeOf(request);
      const after = Number(request.query.after ?? -1);
      const revision = (): number => bridgeRevision(db, bridge);
      await waitForNews({ after, revision, bell, reply, pollMs: parts.pollMs });
      parts.metrics.heard(bridge);
      const site = readSite(db);
      if (site === undefined)
        return sendRefusal(reply, "not-found", "No site is declared on this server yet.");
      const answer: BridgeSite = {
        revision: revision(),
        site,
        providers: providersForBridges(db),
        decisions: decisionsFor(db, bridge),
      };
      return answer;
    },
  );
}

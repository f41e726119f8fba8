import type { FastifyInstance } from "fastify";
import { authenticated, sendRefusal } from "../../link/routes.ts";
import { type ReservationsReply, ReservationsRequest } from "../../protocol/after-restore.ts";
import { JournalBatch, ReserveRequest } from "../../protocol/bridge-server.ts";
import { knownReservations } from "../restored/known-reservations.ts";
import type { ServerParts } from "../server-parts.ts";
import { readSite } from "../site/read-site.ts";
import { heardBridge } from "./heard-bridge.ts";
import { logJournal } from "./log-journal.ts";

/** A bridge's reservations and its journal; see `protocol/bridge-server.ts`. */
export function registerMoneyRoutes(app: FastifyInstance, parts: ServerParts): void {
  const { db, ledger, log, bell } = parts;
  const preHandler = authenticated(parts.acceptor, "bridge");

  app.post<{ Body: ReserveRequest }>(
    "/api/bridge/reserve",
    { preHandler, schema: { body: ReserveRequest } },
    async (request, reply) => {
      const { subject: bridge } = heardBridge(parts, request);
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

  app.post<{ Body: ReservationsRequest }>(
    "/api/bridge/reservations",
    { preHandler, schema: { body: ReservationsRequest } },
    (request): ReservationsReply => {
      const { subject: bridge } = heardBridge(parts, request);
      const { releaseIds } = request.body;
      return { reservations: knownReservations(db, { bridge, releaseIds }) };
    },
  );

  app.post<{ Body: JournalBatch }>(
    "/api/bridge/journal",
    { preHandler, schema: { body: JournalBatch } },
    async (request) => {
      const { subject: bridge } = heardBridge(parts, request);
      const result = await ledger.applyJournal({ bridge, batch: request.body });
      logJournal(parts, { bridge, epoch: request.body.epoch, result });
      if (result.effects.length > 0) bell.ring();
      return { applied: result.applied };
    },
  );
}

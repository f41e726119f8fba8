import type { FastifyInstance, FastifyReply } from "fastify";
import { type Static, Type } from "typebox";
import { asGuard } from "../../link/route-guards.ts";
import { sendRefusal } from "../../link/routes.ts";
import { Slug } from "../../protocol/ids.ts";
import type { Device } from "../../protocol/site.ts";
import { statement } from "../../storage/statement.ts";
import { isToken } from "../../storage/token-file.ts";
import { troubleOfDevice } from "../devices/device-states.ts";
import { countTroubles } from "../ledger/apply-journal.ts";
import { perDatabase } from "../per-database.ts";
import { isDeviceOff } from "../printers/device-switch.ts";
import type { ServerParts } from "../server-parts.ts";
import { readSite } from "../site/read-site.ts";

const ById = Type.Object({ kind: Type.String({ maxLength: 20 }), id: Slug });
const ByKind = Type.Object({ kind: Type.String({ maxLength: 20 }) });
const kinds = ["printers", "devices"];
const OK = "OK";

const statements = perDatabase((db) => ({
  standing: statement<Record<never, never>, { balances: number; uncertain: number }>(
    db,
    `SELECT (SELECT coalesce(sum(balance), 0) FROM account) AS balances,
       (SELECT count(*) FROM uncertain WHERE closed_at IS NULL) AS uncertain`,
  ),
}));

/**
 * How the server and the devices are, for monitoring scripts that send the key of its own as
 * `Authorization: <key>`. It opens nothing else, so it is taken without TLS, too. A status is 200 with
 * `{"status": "OK"}`, or 500 with what is wrong in a sentence, so that a script needs no JSON.
 */
export function registerMonitorRoutes(
  app: FastifyInstance,
  parts: ServerParts,
  options: { key: string },
): void {
  const preHandler = asGuard((request, reply, done) => {
    const sent = (request.headers.authorization ?? "").replace(/^Bearer /, "");
    if (isToken(options.key, sent)) {
      done();
      return;
    }
    sendRefusal(
      reply,
      "not-authenticated",
      "Send the health key of this server (`guichet token --health`).",
    );
  });
  const statusOf = ({ id, bridge }: Device): string => {
    const isOff = isDeviceOff(parts.db, id, parts.now());
    return troubleOfDevice({ device: id, bridge, isOff }, parts.deviceStates) ?? OK;
  };
  const devices = (): readonly Device[] => readSite(parts.db)?.devices ?? [];

  app.get("/api/health", { preHandler }, () => {
    const all = devices().map(statusOf);
    const inError = all.filter((status) => status !== OK).length;
    return {
      status: statusOfServer(parts),
      ledger: ledgerOf(parts),
      devices: { count: all.length, inError },
      longPolls: parts.bell.waiting(),
    };
  });

  app.get("/api/health/status", { preHandler }, (_request, reply) =>
    tell(reply, statusOfServer(parts)),
  );

  app.get<{ Params: Static<typeof ByKind> }>(
    "/api/health/:kind",
    { preHandler, schema: { params: ByKind } },
    (request, reply) => {
      const { kind } = request.params;
      if (!kinds.includes(kind)) return nothing(reply);
      const shown = devices().map((device) => ({
        id: device.id,
        name: `device\\${device.id}`,
        status: statusOf(device),
      }));
      return { [kind]: shown };
    },
  );

  app.get<{ Params: Static<typeof ById> }>(
    "/api/health/:kind/:id/status",
    { preHandler, schema: { params: ById } },
    (request, reply) => {
      const { kind, id } = request.params;
      const device = kinds.includes(kind) ? devices().find((one) => one.id === id) : undefined;
      return device === undefined ? nothing(reply) : tell(reply, statusOf(device));
    },
  );
}

function ledgerOf({ db }: ServerParts): { sum: number; uncertain: number; troubles: number } {
  const { balances, uncertain } = statements(db).standing.get({}) ?? { balances: 0, uncertain: 0 };
  return { sum: balances, uncertain, troubles: countTroubles(db) };
}

function statusOfServer(parts: ServerParts): string {
  const { sum } = ledgerOf(parts);
  return sum === 0 ? OK : `The balances of the ledger sum to ${sum} and not to 0.`;
}

function tell(reply: FastifyReply, status: string) {
  return reply.code(status === OK ? 200 : 500).send({ status });
}

function nothing(reply: FastifyReply) {
  return sendRefusal(reply, "not-found", "There is no device of this name.");
}

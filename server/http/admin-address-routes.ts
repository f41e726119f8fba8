import { randomBytes } from "node:crypto";
import type { FastifyInstance, FastifyReply } from "fastify";
import { type Static, Type } from "typebox";
import { queueTokenBytes, queueTokenFinder, queueTokenFrom } from "../../link/queue-token.ts";
import { sendRefusal } from "../../link/routes.ts";
import { LoginName } from "../../protocol/ids.ts";
import {
  type AddressesShown,
  AddressRequest,
  AddressRevocation,
} from "../../protocol/provider-people.ts";
import { addAddress, addressesOf, revokeAddresses } from "../addresses/queue-addresses.ts";
import { providersForBridges } from "../enrolment/enrolled.ts";
import { findPersonByLogin, type PersonRow } from "../people/person.ts";
import type { ServerParts } from "../server-parts.ts";
import { readSite } from "../site/read-site.ts";
import { onlyWithToken } from "./token-guard.ts";

const ByLogin = Type.Object({ login: LoginName });
type ByLogin = Static<typeof ByLogin>;

/** How many characters of a token tell it from a person's others. */
const END = 4;

/** People's secret queue addresses: make, list and revoke them; see `protocol/provider-people.ts`. */
export function registerAdminAddressRoutes(
  app: FastifyInstance,
  parts: ServerParts,
  options: { token: string },
): void {
  const { db, log, now, bell, addressKey } = parts;
  const preHandler = onlyWithToken(options.token);
  const nobody = (reply: FastifyReply, login: string) =>
    sendRefusal(reply, "not-found", `There is no person "${login}".`);
  const moment = (at: number) => new Date(at).toISOString();
  const shown = ({ person_id: personId }: PersonRow): AddressesShown => ({
    addresses: addressesOf(db, personId).map(({ queue, end, made_at, revoked_at }) => ({
      queue,
      end,
      made: moment(made_at),
      revoked: revoked_at === null ? null : moment(revoked_at),
    })),
  });

  app.get<{ Params: ByLogin }>(
    "/api/admin/people/:login/addresses",
    { preHandler, schema: { params: ByLogin } },
    (request, reply) => {
      const row = findPersonByLogin(db, request.params.login);
      return row === undefined ? nobody(reply, request.params.login) : shown(row);
    },
  );

  app.post<{ Params: ByLogin; Body: AddressRequest }>(
    "/api/admin/people/:login/addresses",
    { preHandler, schema: { params: ByLogin, body: AddressRequest } },
    (request, reply) => {
      const row = findPersonByLogin(db, request.params.login);
      if (row === undefined) return nobody(reply, request.params.login);
      const { person_id: personId } = row;
      const queue = readSite(db)?.queues.find(({ name }) => name === request.body.queue);
      if (queue === undefined)
        return sendRefusal(reply, "not-found", `There is no queue "${request.body.queue}".`);
      if (!(queue.identity ?? []).includes("address"))
        return sendRefusal(
          reply,
          "conflict",
          `The queue "${queue.name}" takes no secret addresses. Add "address" to its identity.`,
        );
      const provider = providersForBridges(db).find(({ id }) => id === queue.provider);
      if (provider === undefined)
        return sendRefusal(reply, "conflict", `The provider of "${queue.name}" never enrolled.`);
      const token = queueTokenFrom(randomBytes(queueTokenBytes));
      const finder = queueTokenFinder(addressKey, token);
      const end = token.slice(-END);
      if (addAddress(db, { finder, personId, queue: queue.name, end }, now()) === "too-many")
        return sendRefusal(reply, "conflict", "There are too many already. Revoke some first.");
      bell.ring();
      log.info({ event: "queue-address-made", personId, queue: queue.name });
      const base = provider.url.replace(/^http/, "ipp").replace(/\/+$/, "");
      return { address: `${base}/printers/${queue.name}/${token}` };
    },
  );

  app.post<{ Params: ByLogin; Body: AddressRevocation }>(
    "/api/admin/people/:login/addresses/revoke",
    { preHandler, schema: { params: ByLogin, body: AddressRevocation } },
    (request, reply) => {
      const row = findPersonByLogin(db, request.params.login);
      if (row === undefined) return nobody(reply, request.params.login);
      const { person_id: personId } = row;
      const end = request.body.end === null ? null : request.body.end.slice(-END);
      const revoked = revokeAddresses(db, { personId, end }, now());
      if (revoked === 0) return sendRefusal(reply, "not-found", "There is no such address.");
      bell.ring();
      log.info({ event: "queue-addresses-revoked", personId, revoked });
      return shown(row);
    },
  );
}

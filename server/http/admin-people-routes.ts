import type { FastifyInstance, FastifyReply } from "fastify";
import { type Static, Type } from "typebox";
import { sendRefusal } from "../../link/routes.ts";
import { BadgeRequest, CreditRequest, PersonInput } from "../../protocol/admin.ts";
import { LoginName } from "../../protocol/ids.ts";
import { giveBadge } from "../people/badges.ts";
import { sealCard } from "../people/card-keys.ts";
import { showPerson } from "../people/describe-person.ts";
import { makePerson } from "../people/make-person.ts";
import { findPersonByLogin, type PersonRow } from "../people/person.ts";
import type { ServerParts } from "../server-parts.ts";
import { onlyWithToken } from "./token-guard.ts";

const ByLogin = Type.Object({ login: LoginName });

/** People, their badges and credit, for the commands of `guichet`; see `protocol/admin.ts`. */
export function registerAdminPeopleRoutes(
  app: FastifyInstance,
  parts: ServerParts,
  options: { token: string },
): void {
  const { db, ledger, log, now } = parts;
  const preHandler = onlyWithToken(options.token);
  const shown = (row: PersonRow) => showPerson(db, { row, keys: parts.cards }, now());
  const nobody = (reply: FastifyReply, login: string) =>
    sendRefusal(reply, "not-found", `There is no person "${login}".`);

  app.post<{ Body: PersonInput }>(
    "/api/admin/people",
    { preHandler, schema: { body: PersonInput } },
    async (request, reply) => {
      const made = await makePerson(db, { input: request.body, keys: parts.cards }, now());
      if (made.kind === "conflict") return sendRefusal(reply, "conflict", made.sentence);
      log.info({ event: "person-added", personId: made.row.person_id });
      return shown(made.row);
    },
  );

  app.get<{ Params: Static<typeof ByLogin> }>(
    "/api/admin/people/:login",
    { preHandler, schema: { params: ByLogin } },
    (request, reply) => {
      const row = findPersonByLogin(db, request.params.login);
      return row === undefined ? nobody(reply, request.params.login) : shown(row);
    },
  );

  app.post<{ Params: Static<typeof ByLogin>; Body: CreditRequest }>(
    "/api/admin/people/:login/credit",
    { preHandler, schema: { params: ByLogin, body: CreditRequest } },
    async (request, reply) => {
      const row = findPersonByLogin(db, request.params.login);
      if (row === undefined) return nobody(reply, request.params.login);
      const { person_id: personId } = row;
      const booked = await ledger.adjust({ ...request.body, personId });
      if (booked.kind !== "done")
        return sendRefusal(
          reply,
          "conflict",
          booked.kind === "conflict" ? booked.sentence : "There is not so much available.",
        );
      log.info({ event: "credit", personId, bookingId: request.body.id });
      return shown(row);
    },
  );

  app.post<{ Params: Static<typeof ByLogin>; Body: BadgeRequest }>(
    "/api/admin/people/:login/badges",
    { preHandler, schema: { params: ByLogin, body: BadgeRequest } },
    (request, reply) => {
      const row = findPersonByLogin(db, request.params.login);
      if (row === undefined) return nobody(reply, request.params.login);
      const { person_id: personId } = row;
      const { cardNumber } = request.body;
      const card = sealCard(parts.cards, { personId, cardNumber });
      const given = giveBadge(db, { personId, card });
      if (given.kind === "conflict") return sendRefusal(reply, "conflict", given.sentence);
      log.info({ event: "badge-given", personId });
      return shown(row);
    },
  );
}

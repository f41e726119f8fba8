import { randomBytes } from "node:crypto";
import type { FastifyInstance, FastifyReply } from "fastify";
import { type Static, Type } from "typebox";
import { sendRefusal } from "../../link/routes.ts";
import {
  CreditRequest,
  PersonChanges,
  PersonInput,
  RightsRequest,
  SecretsRequest,
} from "../../protocol/admin.ts";
import { LoginName } from "../../protocol/ids.ts";
import { changePersonAtOnce } from "../people/change-at-once.ts";
import { changePerson } from "../people/change-person.ts";
import { showPerson } from "../people/describe-person.ts";
import {
  issueLinkCode,
  LINK_CODE_MINUTES,
  LINK_CODE_RANDOM_BYTES,
  linkCodeFinder,
  linkCodeFrom,
} from "../people/link-codes.ts";
import { makePerson } from "../people/make-person.ts";
import { findPersonByLogin, type PersonRow } from "../people/person.ts";
import { setRight } from "../people/rights.ts";
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

  app.post<{ Params: Static<typeof ByLogin>; Body: PersonChanges }>(
    "/api/admin/people/:login",
    { preHandler, schema: { params: ByLogin, body: PersonChanges } },
    (request, reply) => {
      const row = findPersonByLogin(db, request.params.login);
      if (row === undefined) return nobody(reply, request.params.login);
      const changed = changePersonAtOnce(db, row, request.body);
      if (changed.kind === "conflict") return sendRefusal(reply, "conflict", changed.sentence);
      log.info({ event: "person-changed", personId: row.person_id, what: changed.what });
      return shown(findPersonByLogin(db, row.login) ?? row);
    },
  );

  app.post<{ Params: Static<typeof ByLogin>; Body: RightsRequest }>(
    "/api/admin/people/:login/rights",
    { preHandler, schema: { params: ByLogin, body: RightsRequest } },
    (request, reply) => {
      const row = findPersonByLogin(db, request.params.login);
      if (row === undefined) return nobody(reply, request.params.login);
      const given = request.body.seeCardNumbers;
      setRight(db, row.person_id, { name: "see-card-numbers", given });
      log.info({
        event: "right-changed",
        personId: row.person_id,
        right: "see-card-numbers",
        given,
      });
      return shown(row);
    },
  );

  app.post<{ Params: Static<typeof ByLogin>; Body: SecretsRequest }>(
    "/api/admin/people/:login/secrets",
    { preHandler, schema: { params: ByLogin, body: SecretsRequest } },
    async (request, reply) => {
      const row = findPersonByLogin(db, request.params.login);
      if (row === undefined) return nobody(reply, request.params.login);
      const { secrets } = parts.signIn;
      for (const what of ["pin", "password"] as const) {
        const secret = request.body[what];
        if (secret === undefined) continue;
        const value = secret === null ? null : await secrets.hash(secret);
        changePerson(db, row.person_id, { what, value });
        log.info({ event: "secret-changed", personId: row.person_id, what, given: value !== null });
      }
      return shown(row);
    },
  );

  app.post<{ Params: Static<typeof ByLogin> }>(
    "/api/admin/people/:login/link-code",
    { preHandler, schema: { params: ByLogin } },
    (request, reply) => {
      const row = findPersonByLogin(db, request.params.login);
      if (row === undefined) return nobody(reply, request.params.login);
      const { person_id: personId } = row;
      const code = linkCodeFrom(randomBytes(LINK_CODE_RANDOM_BYTES));
      issueLinkCode(db, { personId, finder: linkCodeFinder(parts.codeKey, code) }, now());
      log.info({ event: "link-code", personId });
      return { code, minutes: LINK_CODE_MINUTES };
    },
  );
}

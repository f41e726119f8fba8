import { randomBytes } from "node:crypto";
import type { FastifyInstance, FastifyReply } from "fastify";
import { type Static, Type } from "typebox";
import { sendRefusal } from "../../link/routes.ts";
import {
  BadgeRequest,
  type Books,
  CreditRequest,
  DecideRequest,
  EnrolmentCodeRequest,
  PersonInput,
} from "../../protocol/admin.ts";
import { LoginName, Slug, Uuid } from "../../protocol/ids.ts";
import { CODE_RANDOM_BYTES, codeFinder, codeFrom } from "../enrolment/code.ts";
import { CODE_MINUTES, issueCode, revoke } from "../enrolment/enrol.ts";
import { giveBadge } from "../people/badges.ts";
import { sealCard } from "../people/card-keys.ts";
import { showPerson } from "../people/describe-person.ts";
import { makePerson } from "../people/make-person.ts";
import { findPersonByLogin, type PersonRow } from "../people/person.ts";
import type { ServerParts } from "../server-parts.ts";
import { onlyWithToken } from "./token-guard.ts";

const ByLogin = Type.Object({ login: LoginName });
const ByRelease = Type.Object({ releaseId: Uuid });
const BySubject = Type.Object({ subject: Slug });

/** What the commands of `guichet` may ask of the server; see `protocol/admin.ts`. */
export function registerAdminRoutes(
  app: FastifyInstance,
  parts: ServerParts,
  options: { token: string },
): void {
  const { db, ledger, log, now, bell } = parts;
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

  app.post<{ Body: EnrolmentCodeRequest }>(
    "/api/admin/enrolment-codes",
    { preHandler, schema: { body: EnrolmentCodeRequest } },
    (request, reply) => {
      const code = codeFrom(randomBytes(CODE_RANDOM_BYTES));
      const finder = codeFinder(parts.codeKey, code);
      const issued = issueCode(db, { ...request.body, finder }, now());
      if (issued.kind === "conflict") return sendRefusal(reply, "conflict", issued.sentence);
      log.info({ event: "enrolment-code", ...request.body });
      return { code, minutes: CODE_MINUTES };
    },
  );

  app.post<{ Params: Static<typeof BySubject> }>(
    "/api/admin/enrolled/:subject/revoke",
    { preHandler, schema: { params: BySubject } },
    (request, reply) => {
      const { subject } = request.params;
      if (!revoke(db, subject))
        return sendRefusal(reply, "not-found", `"${subject}" is not enrolled.`);
      parts.acceptor.forget(subject);
      bell.ring();
      log.info({ event: "revoked", subject });
      return {};
    },
  );

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

import type { FastifyInstance } from "fastify";
import { type Static, Type } from "typebox";
import { sendRefusal } from "../../link/routes.ts";
import { AuditQuery, type AuditReply } from "../../protocol/admin-audit.ts";
import { LoginName } from "../../protocol/ids.ts";
import { checkAudit, readAudit } from "../audit/audit.ts";
import { findPersonByLogin } from "../people/person.ts";
import { exportPerson } from "../retention/export-person.ts";
import type { ServerParts } from "../server-parts.ts";
import { onlyWithToken } from "./token-guard.ts";

const ByLogin = Type.Object({ login: LoginName });
const shownUnlessTold = 50;

/** What is kept about a person, and who read it; see `protocol/admin-audit.ts`. */
export function registerAdminAuditRoutes(
  app: FastifyInstance,
  parts: ServerParts,
  options: { token: string },
): void {
  const { db, cards } = parts;
  const preHandler = onlyWithToken(options.token);

  app.get<{ Querystring: AuditQuery }>(
    "/api/admin/audit",
    { preHandler, schema: { querystring: AuditQuery } },
    (request, reply) => {
      const { login, last } = request.query;
      const about = login === undefined ? undefined : findPersonByLogin(db, login)?.person_id;
      if (login !== undefined && about === undefined)
        return sendRefusal(reply, "not-found", `There is no person "${login}".`);
      const shown = readAudit(db, { about, most: Number(last ?? shownUnlessTold) });
      return { ...checkAudit(db), shown } satisfies AuditReply;
    },
  );

  app.get<{ Params: Static<typeof ByLogin> }>(
    "/api/admin/people/:login/export",
    { preHandler, schema: { params: ByLogin } },
    (request, reply) => {
      const { login } = request.params;
      const row = findPersonByLogin(db, login);
      return row === undefined
        ? sendRefusal(reply, "not-found", `There is no person "${login}".`)
        : exportPerson(db, { row, keys: cards, now: parts.now() });
    },
  );
}

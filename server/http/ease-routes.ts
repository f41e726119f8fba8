import type { FastifyInstance } from "fastify";
import { type Static, Type } from "typebox";
import { authenticated, sendRefusal } from "../../link/routes.ts";
import { LoginName } from "../../protocol/ids.ts";
import { EndedJobsRequest } from "../../protocol/missing-jobs.ts";
import { Preferences, PreferencesRequest } from "../../protocol/preferences.ts";
import { endedJobsOf } from "../jobs/ended-jobs.ts";
import { findPerson, findPersonByLogin } from "../people/person.ts";
import { keepPreferences } from "../people/preferences.ts";
import type { ServerParts } from "../server-parts.ts";
import { heardBridge } from "./heard-bridge.ts";
import { onlyWithToken } from "./token-guard.ts";

const ByLogin = Type.Object({ login: LoginName });

/** How people want screens to be, and what became of jobs that they look for. */
export function registerEaseRoutes(
  app: FastifyInstance,
  parts: ServerParts,
  options: { token: string },
): void {
  const { db, log, now } = parts;
  const preHandler = authenticated(parts.acceptor, "bridge");

  app.post<{ Body: PreferencesRequest }>(
    "/api/bridge/preferences",
    { preHandler, schema: { body: PreferencesRequest } },
    (request) => {
      heardBridge(parts, request);
      const { personId, wants } = request.body;
      if (findPerson(db, personId) === undefined) return { kept: false };
      keepPreferences(db, personId, wants);
      return { kept: true };
    },
  );

  app.post<{ Body: EndedJobsRequest }>(
    "/api/bridge/ended-jobs",
    { preHandler, schema: { body: EndedJobsRequest } },
    (request) => {
      heardBridge(parts, request);
      const person = findPerson(db, request.body.personId);
      return { jobs: person === undefined ? [] : endedJobsOf(db, person.login, now()) };
    },
  );

  app.post<{ Params: Static<typeof ByLogin>; Body: Preferences }>(
    "/api/admin/people/:login/preferences",
    {
      preHandler: onlyWithToken(options.token),
      schema: { params: ByLogin, body: Preferences },
    },
    (request, reply) => {
      const { login } = request.params;
      const row = findPersonByLogin(db, login);
      if (row === undefined)
        return sendRefusal(reply, "not-found", `There is no person "${login}".`);
      keepPreferences(db, row.person_id, request.body);
      log.info({ event: "preferences-changed", personId: row.person_id });
      return { kept: true };
    },
  );
}

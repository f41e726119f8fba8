import type { FastifyInstance, FastifyRequest } from "fastify";
import { findPersonByLogin } from "../people/person.ts";
import type { ServerParts } from "../server-parts.ts";
import { audit } from "./audit.ts";

/**
 * Notes every answer of an administrator's route before it leaves: what is not in the audit was not
 * told. Refusals are noted too, but for those who were not known at all. By its name in the address or
 * the body a person is noted whom it was about.
 */
export function auditAnswers(app: FastifyInstance, { db, now }: ServerParts): void {
  app.addHook("onSend", (request, reply, payload, done) => {
    const { url } = request.routeOptions;
    if (!url?.startsWith("/api/admin/") || reply.statusCode === 401 || reply.statusCode >= 500) {
      done(null, payload);
      return;
    }
    try {
      const outcome = reply.statusCode < 400 ? "" : ` (${reply.statusCode})`;
      audit(
        db,
        {
          who: `administrator from ${request.ip}`,
          what: `${request.method} ${url}${outcome}`,
          about: personOf(request, db),
        },
        now(),
      );
      done(null, payload);
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)));
    }
  });
}

function personOf(request: FastifyRequest, db: ServerParts["db"]): string | undefined {
  const login = loginIn(request.params) ?? loginIn(request.body);
  return login === undefined ? undefined : findPersonByLogin(db, login)?.person_id;
}

function loginIn(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null || !("login" in value)) return undefined;
  return typeof value.login === "string" ? value.login : undefined;
}

import { randomBytes } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { type Static, Type } from "typebox";
import { sendRefusal } from "../../link/routes.ts";
import { EnrolmentCodeRequest } from "../../protocol/admin.ts";
import { Slug } from "../../protocol/ids.ts";
import { CODE_RANDOM_BYTES, codeFinder, codeFrom } from "../enrolment/code.ts";
import { CODE_MINUTES, issueCode, revoke } from "../enrolment/enrol.ts";
import type { ServerParts } from "../server-parts.ts";
import { onlyWithToken } from "./token-guard.ts";

const BySubject = Type.Object({ subject: Slug });

/** Codes for new bridges and providers, and the end of their rights; see `protocol/admin.ts`. */
export function registerAdminEnrolmentRoutes(
  app: FastifyInstance,
  parts: ServerParts,
  options: { token: string },
): void {
  const { db, log, now, bell } = parts;
  const preHandler = onlyWithToken(options.token);

  app.post<{ Body: EnrolmentCodeRequest }>(
    "/api/admin/enrolment-codes",
    { preHandler, schema: { body: EnrolmentCodeRequest } },
    (request, reply) => {
      const code = codeFrom(randomBytes(CODE_RANDOM_BYTES));
      const finder = codeFinder(parts.codeKey, code);
      const issued = issueCode(db, { ...request.body, finder }, now());
      if (issued.kind === "conflict") return sendRefusal(reply, "conflict", issued.sentence);
      log.info({ event: "enrolment-code", ...request.body });
      return { code, minutes: CODE_MINUTES, serverKey: parts.keyPair.publicKey };
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
}

import type { FastifyInstance } from "fastify";
import { issueCredential } from "../../link/credential.ts";
import { onlyPrivately, sendRefusal } from "../../link/routes.ts";
import { type EnrolReply, EnrolRequest } from "../../protocol/credential.ts";
import { codeFinder } from "../enrolment/code.ts";
import { enrol } from "../enrolment/enrol.ts";
import type { ServerParts } from "../server-parts.ts";

/** POST /api/enrol: the code is all the authority that is needed; wrong ones are bounded by address. */
export function registerEnrolRoutes(app: FastifyInstance, parts: ServerParts): void {
  const { db, now, log, failures, keyPair } = parts;
  app.post<{ Body: EnrolRequest }>(
    "/api/enrol",
    { onRequest: onlyPrivately, bodyLimit: 16 * 1024, schema: { body: EnrolRequest } },
    (request, reply) => {
      if (failures.codes.mustWait(request.ip))
        return sendRefusal(reply, "too-many", "Too many wrong codes. Try again in some minutes.");
      const { code, ...asked } = request.body;
      const result = enrol(db, { ...asked, finder: codeFinder(parts.codeKey, code) }, now());
      if (result.kind === "refused") {
        if (result.guess) failures.codes.failed(request.ip);
        log.warn({ event: "enrolment-refused", from: request.ip, role: asked.role });
        return sendRefusal(reply, "not-allowed", result.sentence);
      }
      const { subject, role, generation } = result.body;
      // What this subject's older key opened ends now.
      parts.acceptor.forget(subject);
      parts.bell.ring();
      log.info({ event: "enrolled", subject, role, generation });
      const answer: EnrolReply = {
        credential: issueCredential(result.body, keyPair.privateKey),
        serverPublicKey: keyPair.publicKey,
      };
      return answer;
    },
  );
}

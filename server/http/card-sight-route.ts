import type { FastifyInstance } from "fastify";
import { authenticated } from "../../link/routes.ts";
import { type SightReply, SightRequest } from "../../protocol/readers.ts";
import { audit } from "../audit/audit.ts";
import { checkPassword, type PasswordAnswer } from "../people/check-password.ts";
import { hasRight } from "../people/rights.ts";
import type { ServerParts } from "../server-parts.ts";
import { heardBridge } from "./heard-bridge.ts";

/** Long enough to look for a mistake; short enough to be forgotten about. */
const MINUTES = 15;

/**
 * Whether somebody may see whole card numbers at a bridge, by name and password. Wrong tries count as at
 * a terminal. Who was let, and who had the password but not the right, stands in the audit.
 */
export function registerCardSightRoute(app: FastifyInstance, parts: ServerParts): void {
  const { db, log, now } = parts;
  const preHandler = authenticated(parts.acceptor, "bridge");
  app.post<{ Body: SightRequest }>(
    "/api/bridge/card-sight",
    { preHandler, schema: { body: SightRequest } },
    async (request): Promise<SightReply> => {
      const { subject: bridge } = heardBridge(parts, request);
      const place = `${bridge} readers`;
      const answer = await checkPassword(parts.signIn, { ...request.body, place });
      if (answer.kind !== "right") return { kind: "refused", sentence: sentenceOf(answer) };
      const { person_id: personId, login } = answer.row;
      const may = hasRight(db, personId, "see-card-numbers");
      const what = may ? `sees card numbers for ${MINUTES} minutes` : "wanted to see card numbers";
      audit(db, { who: `${login} at the bridge ${bridge}`, what, about: personId }, now());
      log.info({ event: "card-sight", bridge, personId, granted: may });
      return may
        ? { kind: "granted", minutes: MINUTES }
        : {
            kind: "refused",
            sentence: `${login} has no right to see whole card numbers. Give it with: guichet user change ${login} --see-card-numbers yes`,
          };
    },
  );
}

function sentenceOf(answer: Exclude<PasswordAnswer, { kind: "right" }>): string {
  if (answer.kind === "wrong") return "The name or the password is not right.";
  return answer.kind === "slow-down"
    ? `Tried wrongly too often. Try again in ${answer.seconds} s.`
    : `This person is not let in (${answer.reason}).`;
}

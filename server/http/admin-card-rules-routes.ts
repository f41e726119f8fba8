import type { FastifyInstance } from "fastify";
import { readPipeline } from "../../card-readers/numbers/pipeline.ts";
import { RulesCheck, type RulesChecked } from "../../protocol/card-rules.ts";
import { allBadges } from "../people/badges.ts";
import { openCard } from "../people/card-keys.ts";
import { checkRules } from "../people/check-rules.ts";
import { endOf } from "../people/describe-person.ts";
import { findPerson } from "../people/person.ts";
import type { ServerParts } from "../server-parts.ts";
import { onlyWithToken } from "./token-guard.ts";

const GROUPS_SHOWN = 20;
const PEOPLE_SHOWN = 8;

/** What a rule for card numbers would do to the people who are known; see `protocol/card-rules.ts`. */
export function registerAdminCardRulesRoutes(
  app: FastifyInstance,
  parts: ServerParts,
  options: { token: string },
): void {
  const { db, cards } = parts;
  app.post<{ Body: RulesCheck }>(
    "/api/admin/card-rules/check",
    { preHandler: onlyWithToken(options.token), schema: { body: RulesCheck } },
    (request): RulesChecked => {
      const read = readPipeline(request.body.cardNumbers);
      if (read.kind === "refused")
        return { kind: "refused", sentence: read.sentence.slice(0, 300) };
      const badges = allBadges(db).map(({ person_id: personId, sealed }) => ({
        personId,
        number: openCard(cards, { personId, sealed }),
      }));
      const { collisions, ...counts } = checkRules(read.pipeline, badges);
      return {
        kind: "checked",
        ...counts,
        collisions: collisions.length,
        shown: collisions.slice(0, GROUPS_SHOWN).map((group) =>
          group.slice(0, PEOPLE_SHOWN).map(({ personId, number }) => ({
            login: findPerson(db, personId)?.login ?? "(removed)",
            end: endOf(number),
          })),
        ),
      };
    },
  );
}

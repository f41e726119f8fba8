import type { FastifyInstance } from "fastify";
import { readPipeline } from "../../card-readers/numbers/pipeline.ts";
import { type RuleChecked, RulesCheck, type RulesChecked } from "../../protocol/card-rules.ts";
import { checkRules, type KnownBadge } from "../people/check-rules.ts";
import { endOf } from "../people/describe-person.ts";
import { knownBadges } from "../people/known-badges.ts";
import type { ServerParts } from "../server-parts.ts";
import { onlyWithToken } from "./token-guard.ts";

const GROUPS_SHOWN = 20;
const PEOPLE_SHOWN = 8;

/** What rules for card numbers would do to the people who are known; see `protocol/card-rules.ts`. */
export function registerAdminCardRulesRoutes(
  app: FastifyInstance,
  parts: ServerParts,
  options: { token: string },
): void {
  const { db, cards, signIn } = parts;
  app.post<{ Body: RulesCheck }>(
    "/api/admin/card-rules/check",
    { preHandler: onlyWithToken(options.token), schema: { body: RulesCheck } },
    async (request): Promise<RulesChecked> => {
      const { badges, here, directory } = await knownBadges({
        db,
        cards,
        directory: signIn.directory,
      });
      const rules: RuleChecked[] = [];
      for (const rule of request.body.rules) rules.push(await effectOf(rule, badges));
      return { badges: here, directory, rules };
    },
  );
}

async function effectOf(rule: string, badges: readonly KnownBadge[]): Promise<RuleChecked> {
  const read = readPipeline(rule);
  if (read.kind === "refused") return { kind: "refused", sentence: read.sentence.slice(0, 300) };
  const { collisions, ...counts } = await checkRules(read.pipeline, badges);
  return {
    kind: "checked",
    ...counts,
    collisions: collisions.length,
    shown: collisions.slice(0, GROUPS_SHOWN).map((group) =>
      group.slice(0, PEOPLE_SHOWN).map(({ login, number, inDirectory }) => ({
        login,
        end: endOf(number),
        inDirectory,
      })),
    ),
  };
}

import type { FastifyInstance, FastifyReply } from "fastify";
import { type Static, Type } from "typebox";
import { judgeUid, uidSentence } from "../../card-readers/numbers/judge-uid.ts";
import { sendRefusal } from "../../link/routes.ts";
import { BadgeChange, BadgeRequest, type BadgesShown } from "../../protocol/admin.ts";
import { LoginName } from "../../protocol/ids.ts";
import { badgeEventsOf } from "../people/badge-events.ts";
import { type BadgeRow, badgesOf, blockBadge, giveBadge, takeBadges } from "../people/badges.ts";
import { openCard, sealCard } from "../people/card-keys.ts";
import { endOf, showPerson } from "../people/describe-person.ts";
import { findPersonByLogin, type PersonRow } from "../people/person.ts";
import type { ServerParts } from "../server-parts.ts";
import { onlyWithToken } from "./token-guard.ts";

const ByLogin = Type.Object({ login: LoginName });
type ByLogin = Static<typeof ByLogin>;

/** Badges of people: give and lend them, block a lost one at once; see `protocol/admin.ts`. */
export function registerAdminBadgeRoutes(
  app: FastifyInstance,
  parts: ServerParts,
  options: { token: string },
): void {
  const { db, log, now, cards } = parts;
  const preHandler = onlyWithToken(options.token);
  const nobody = (reply: FastifyReply, login: string) =>
    sendRefusal(reply, "not-found", `There is no person "${login}".`);
  const numberOf = ({ person_id: personId, sealed }: BadgeRow) =>
    openCard(cards, { personId, sealed });
  const shown = (row: PersonRow): BadgesShown => {
    const { person_id: personId, login } = row;
    return {
      login,
      badges: badgesOf(db, personId).map((badge) => ({
        end: endOf(numberOf(badge)),
        state: stateOf(badge, now()),
        source: badge.source,
        until: moment(badge.expires_at),
      })),
      history: badgeEventsOf(db, personId).map(({ what, at, sealed, until }) => ({
        what,
        at: new Date(at).toISOString(),
        end: endOf(openCard(cards, { personId, sealed })),
        until: moment(until),
      })),
    };
  };

  app.get<{ Params: ByLogin }>(
    "/api/admin/people/:login/badges",
    { preHandler, schema: { params: ByLogin } },
    (request, reply) => {
      const row = findPersonByLogin(db, request.params.login);
      return row === undefined ? nobody(reply, request.params.login) : shown(row);
    },
  );

  app.post<{ Params: ByLogin; Body: BadgeRequest }>(
    "/api/admin/people/:login/badges",
    { preHandler, schema: { params: ByLogin, body: BadgeRequest } },
    (request, reply) => {
      const row = findPersonByLogin(db, request.params.login);
      if (row === undefined) return nobody(reply, request.params.login);
      const { person_id: personId } = row;
      const { cardNumber, until } = request.body;
      const expiresAt = until === undefined ? undefined : Date.parse(until);
      if (Number.isNaN(expiresAt))
        return sendRefusal(reply, "bad-request", `"${until}" is not a moment (RFC 3339).`);
      // Plain digits may be a number in decimal; with a letter it is a UID of four bytes.
      if (judgeUid({ text: cardNumber, medium: "rfid" }) === "perhaps" && /[A-F]/i.test(cardNumber))
        return sendRefusal(reply, "conflict", uidSentence("random") ?? "");
      const card = sealCard(cards, { personId, cardNumber });
      const given = giveBadge(
        db,
        { personId, card, ...(expiresAt === undefined ? {} : { expiresAt }) },
        now(),
      );
      if (given.kind === "conflict") return sendRefusal(reply, "conflict", given.sentence);
      log.info({ event: "badge-given", personId, until });
      return showPerson(db, { row, keys: cards }, now());
    },
  );

  app.post<{ Params: ByLogin; Body: BadgeChange }>(
    "/api/admin/people/:login/badges/change",
    { preHandler, schema: { params: ByLogin, body: BadgeChange } },
    (request, reply) => {
      const row = findPersonByLogin(db, request.params.login);
      if (row === undefined) return nobody(reply, request.params.login);
      const { person_id: personId } = row;
      const { badge, change } = request.body;
      const all = badgesOf(db, personId);
      const meant = badge === null ? all : all.filter((one) => isMeant(numberOf(one), badge));
      if (meant.length === 0)
        return sendRefusal(reply, "not-found", `${row.login} has no such badge.`);
      if (badge !== null && meant.length > 1)
        return sendRefusal(
          reply,
          "conflict",
          "Several badges end like that. Name the whole number.",
        );
      for (const one of meant)
        if (change === "take") takeBadges(db, { personId, slot: one.slot }, now());
        else blockBadge(db, one, change === "block", now());
      log.info({ event: "badge-changed", personId, change, badges: meant.length });
      return shown(row);
    },
  );
}

/** A whole number, or its end as it is shown (`…DC2`, `DC2`): who lost a badge has no number of it. */
function isMeant(cardNumber: string, named: string): boolean {
  const wanted = named.trim().toUpperCase();
  return (
    cardNumber.toUpperCase() === wanted || endOf(cardNumber).slice(1) === wanted.replace(/^…/, "")
  );
}

function stateOf(badge: BadgeRow, now: number): "good" | "blocked" | "expired" {
  if (badge.blocked_at !== null) return "blocked";
  return badge.expires_at !== null && badge.expires_at <= now ? "expired" : "good";
}

function moment(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}

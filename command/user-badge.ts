import { parseArgs } from "node:util";
import { BadgesShown, PersonShown } from "../protocol/admin.ts";
import type { AdminClient } from "./admin-client.ts";
import { UserError } from "./folders.ts";

export const BADGE_USAGE = `guichet user badge <login> list
guichet user badge <login> <card number> [--until <date or moment>]
guichet user badge <login> block|unblock|take <card number, or its end as shown>|--all`;

/** `guichet user badge …`: give and lend badges, block a lost one, see what became of each. */
export async function userBadge(
  admin: AdminClient,
  path: string,
  args: string[],
): Promise<BadgesShown> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { until: { type: "string" }, all: { type: "boolean" } },
  });
  const [first, second] = positionals;
  switch (first) {
    case undefined:
      throw new UserError(BADGE_USAGE);
    case "list":
      return await admin.get(`${path}/badges`, BadgesShown);
    case "block":
    case "unblock":
    case "take": {
      if ((second === undefined) === (values.all !== true)) throw new UserError(BADGE_USAGE);
      const badge = second ?? null;
      return await admin.post(`${path}/badges/change`, { badge, change: first }, BadgesShown);
    }
    default: {
      const cardNumber = first === "give" ? second : first;
      if (cardNumber === undefined) throw new UserError(BADGE_USAGE);
      const until = values.until === undefined ? {} : { until: momentOf(values.until) };
      await admin.post(`${path}/badges`, { cardNumber, ...until }, PersonShown);
      return await admin.get(`${path}/badges`, BadgesShown);
    }
  }
}

/** A day means until its end, where this command runs. */
function momentOf(text: string): string {
  const day = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  const moment =
    day === null
      ? new Date(text)
      : new Date(Number(day[1]), Number(day[2]) - 1, Number(day[3]) + 1);
  if (Number.isNaN(moment.getTime()))
    throw new UserError(`"${text}" is no date. Write it like 2026-12-24, or 2026-12-24T18:00.`);
  return moment.toISOString();
}

/** Badges and their history, for people. */
export function describeBadges({ login, badges, history }: BadgesShown): string {
  const until = (moment: string | null) => (moment === null ? "" : ` until ${moment}`);
  return [
    `${login}: ${badges.length === 0 ? "no badge" : ""}`,
    ...badges.map(
      ({ end, state, source, until: moment }) =>
        `  ${end.padEnd(6)} ${state}${until(moment)}${source === "directory" ? "  (from the directory)" : ""}`,
    ),
    ...(history.length === 0 ? [] : ["history, newest first:"]),
    ...history.map(({ at, what, end, until: moment }) => `  ${at}  ${end} ${what}${until(moment)}`),
  ].join("\n");
}

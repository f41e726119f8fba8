import { setImmediate } from "node:timers/promises";
import type { Logger } from "pino";
import type { Database } from "../../storage/open-database.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { type Group, groupsWithQuota, noteAllotted } from "./group.ts";
import { membersAfter } from "./members.ts";
import { periodAt, periodsDue } from "./quota-period.ts";

export type AllotParts = { db: Database; ledger: Ledger; log: Logger; now: () => number };

/** People in one transaction: taps do not wait behind a whole university. */
const together = 200;

/**
 * Books what is due to the members of all groups: once for each period, those included that began while
 * the server was off. It may be killed at any point and asked again: what is booked is not booked twice.
 * Gives how many allotments were new. With the signal it ends before the next part.
 */
export async function allotDue(parts: AllotParts, signal?: AbortSignal): Promise<number> {
  let booked = 0;
  for (const group of groupsWithQuota(parts.db)) {
    const { period, allotted_through: through } = group;
    if (period === "NONE" || through === null) continue;
    for (const due of periodsDue(through, periodAt(period, parts.now())))
      booked += await allotPeriod(parts, { group, due, signal });
  }
  return booked;
}

async function allotPeriod(
  { db, ledger, log }: AllotParts,
  part: { group: Group; due: number; signal: AbortSignal | undefined },
): Promise<number> {
  const { group, due, signal } = part;
  const { group_id: groupId, name, period, amount, most } = group;
  let booked = 0;
  let after = "";
  for (;;) {
    if (signal?.aborted === true) return booked;
    const members = membersAfter(db, { groupId, after, most: together });
    const last = members.at(-1);
    if (last === undefined) break;
    booked += await ledger.allot(
      members.map((personId) => ({
        id: `${groupId}:${period}:${due}:${personId}`,
        personId,
        amount,
        most,
        comment: `${name}: ${period.toLowerCase()} allotment`,
      })),
    );
    after = last;
    await setImmediate();
  }
  noteAllotted(db, { groupId, through: due });
  log.info({ event: "allotted", groupId, period, due, booked });
  return booked;
}

import type { Leg, ReserveReply } from "../../protocol/bridge-server.ts";
import type { Database } from "../../storage/open-database.ts";
import { statement } from "../../storage/statement.ts";
import { perDatabase } from "../per-database.ts";
import type { ReservationState } from "./release-course.ts";

/** What is kept of one release's money: what was asked, and what the journal said at its end. */
export type Reservation = {
  release_id: string;
  bridge: string;
  person_id: string;
  state: Exclude<ReservationState, "none">;
  reason: Extract<ReserveReply, { kind: "refused" }>["reason"] | null;
  /** Legs as they were asked for; none where the end came first. */
  asked: string | null;
  ended: string | null;
};

const statements = perDatabase((db) => ({
  one: statement<{ releaseId: string }, Reservation>(
    db,
    "SELECT release_id, bridge, person_id, state, reason, asked, ended FROM reservation WHERE release_id = :releaseId",
  ),
  open: statement<{
    releaseId: string;
    bridge: string;
    personId: string;
    state: string;
    reason: string | null;
    asked: string;
    at: number;
  }>(
    db,
    `INSERT INTO reservation (release_id, bridge, person_id, state, reason, asked, at)
     VALUES (:releaseId, :bridge, :personId, :state, :reason, :asked, :at)`,
  ),
  end: statement<{
    releaseId: string;
    bridge: string;
    personId: string;
    state: string;
    ended: string;
    at: number;
  }>(
    db,
    `INSERT INTO reservation (release_id, bridge, person_id, state, ended, at)
     VALUES (:releaseId, :bridge, :personId, :state, :ended, :at)
     ON CONFLICT (release_id) DO UPDATE SET state = excluded.state, reason = NULL, ended = excluded.ended`,
  ),
  leg: statement<{ releaseId: string; account: string; amount: number }>(
    db,
    "INSERT INTO reservation_leg (release_id, account, amount) VALUES (:releaseId, :account, :amount)",
  ),
  on: statement<{ releaseId: string; account: string }, { amount: number }>(
    db,
    "SELECT amount FROM reservation_leg WHERE release_id = :releaseId AND account = :account",
  ),
  setAside: statement<{ account: string; amount: number }>(
    db,
    "UPDATE account SET reserved = reserved + :amount WHERE account = :account",
  ),
  giveBack: statement<{ releaseId: string }>(
    db,
    `UPDATE account SET reserved = reserved - leg.amount FROM reservation_leg AS leg
     WHERE leg.release_id = :releaseId AND leg.account = account.account`,
  ),
}));

/** Whether a release set something aside on an account, also after it ended. */
export function hasReservedOn(
  db: Database,
  asked: { releaseId: string; account: string },
): boolean {
  return statements(db).on.get(asked) !== undefined;
}

export function findReservation(db: Database, releaseId: string): Reservation | undefined {
  return statements(db).one.get({ releaseId });
}

/** Keeps the answer to a request: set aside, with its legs, or refused. */
export function openReservation(
  db: Database,
  opened: {
    releaseId: string;
    bridge: string;
    personId: string;
    asked: string;
    outcome: { kind: "pending"; legs: readonly Leg[] } | { kind: "refused"; reason: string };
  },
  now: number,
): void {
  const { releaseId, bridge, personId, asked, outcome } = opened;
  const reason = outcome.kind === "refused" ? outcome.reason : null;
  statements(db).open.run({
    releaseId,
    bridge,
    personId,
    asked,
    state: outcome.kind,
    reason,
    at: now,
  });
  if (outcome.kind === "refused") return;
  for (const { account, amount } of outcome.legs) {
    statements(db).leg.run({ releaseId, account, amount });
    statements(db).setAside.run({ account, amount });
  }
}

/**
 * Moves a reservation to its next state. What was set aside goes back; a release that was never
 * reserved leaves a tombstone, so that a request still under way is refused when it comes.
 */
export function endReservation(
  db: Database,
  end: {
    releaseId: string;
    bridge: string;
    personId: string;
    state: ReservationState;
    ended: string;
  },
  now: number,
): void {
  if (findReservation(db, end.releaseId)?.state === "pending")
    statements(db).giveBack.run({ releaseId: end.releaseId });
  statements(db).end.run({ ...end, at: now });
}

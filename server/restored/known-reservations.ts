import type { KnownReservation } from "../../protocol/after-restore.ts";
import type { Database } from "../../storage/open-database.ts";
import { statement } from "../../storage/statement.ts";
import { perDatabase } from "../per-database.ts";

const pendingMost = 5_000;

type Row = {
  release_id: string;
  person_id: string;
  state: KnownReservation["state"];
  ended: string | null;
};

const statements = perDatabase((db) => ({
  one: statement<{ releaseId: string; bridge: string }, Row>(
    db,
    `SELECT release_id, person_id, state, ended FROM reservation
     WHERE release_id = :releaseId AND bridge = :bridge`,
  ),
  pending: statement<{ bridge: string; most: number }, Row>(
    db,
    `SELECT release_id, person_id, state, ended FROM reservation
     WHERE state = 'pending' AND bridge = :bridge LIMIT :most`,
  ),
  legs: statement<{ releaseId: string }, KnownReservation["legs"][number]>(
    db,
    `SELECT leg.account, unit, amount FROM reservation_leg AS leg JOIN account USING (account)
     WHERE release_id = :releaseId`,
  ),
}));

/** How the money of these releases of a bridge stands, and of every other that is still set aside. */
export function knownReservations(
  db: Database,
  asked: { bridge: string; releaseIds: readonly string[] },
): KnownReservation[] {
  const { bridge, releaseIds } = asked;
  const rows = new Map<string, Row>();
  for (const releaseId of releaseIds) {
    const row = statements(db).one.get({ releaseId, bridge });
    if (row !== undefined) rows.set(releaseId, row);
  }
  for (const row of statements(db).pending.all({ bridge, most: pendingMost }))
    rows.set(row.release_id, row);
  return [...rows.values()].map((row) => ({
    releaseId: row.release_id,
    personId: row.person_id,
    state: row.state,
    legs: statements(db).legs.all({ releaseId: row.release_id }),
    ...sidesOf(row),
  }));
}

/** The ledger keeps a settlement's words as `settle 3/4 …`. */
function sidesOf({ state, ended }: Row): { impressions?: number; wanted?: number } {
  const match = state === "settled" ? /^settle (\d+)\/(\d+) /.exec(ended ?? "") : null;
  return match === null ? {} : { impressions: Number(match[1]), wanted: Number(match[2]) };
}

import type { JournalFact } from "../../protocol/bridge-server.ts";
import type { ReadingFact } from "../../protocol/meter.ts";
import type { Database } from "../../storage/open-database.ts";
import { statement } from "../../storage/statement.ts";
import { showDevice } from "../devices/knowledge.ts";
import { moneyOf } from "../ledger/legs.ts";
import { perDatabase } from "../per-database.ts";
import { readSite } from "../site/read-site.ts";
import { decideStretch } from "./decide-stretch.ts";

interface Row {
  device: string;
  at: number;
  day: string;
  meter: ReadingFact["meter"];
  sides: number | null;
  uuid: string | null;
  accounted: number;
  uncertain: number;
  charged: number;
}
type Values = Readonly<Record<string, string | number | null>>;

const statements = perDatabase((db) => ({
  last: statement<{ device: string }, Row>(db, "SELECT * FROM meter WHERE device = :device"),
  store: statement<Values>(
    db,
    `INSERT OR REPLACE INTO meter (device, bridge, at, day, meter, sides, uuid)
     VALUES (:device, :bridge, :at, :day, :meter, :sides, :uuid)`,
  ),
  account: statement<Values>(
    db,
    `UPDATE meter SET accounted = accounted + :sides, uncertain = uncertain + :uncertain,
       charged = charged + :charged WHERE device = :device`,
  ),
  count: statement<Values>(
    db,
    `INSERT INTO meter_day (device, day, moved, accounted, uncertain, charged)
     VALUES (:device, :day, :moved, :accounted, :uncertain, :charged)
     ON CONFLICT (device, day) DO UPDATE SET moved = moved + :moved,
       accounted = accounted + :accounted, uncertain = uncertain + :uncertain,
       charged = charged + :charged`,
  ),
  event: statement<Values>(
    db,
    `INSERT INTO meter_event (device, day, from_at, to_at, moved, accounted, uncertain, gap)
     VALUES (:device, :day, :from, :to, :moved, :accounted, :uncertain, :gap)`,
  ),
  uncertainAt: statement<{ releaseId: string }, { device: string }>(
    db,
    "SELECT device FROM uncertain WHERE release_id = :releaseId",
  ),
}));

/**
 * Takes a reading of a meter, in the journal's transaction: what lies since the one before is compared
 * and kept. False where the device is not this bridge's.
 */
export function takeReading(
  db: Database,
  said: { readonly bridge: string; readonly reading: ReadingFact },
): boolean {
  const { bridge, reading } = said;
  const { device, at, day, meter } = reading;
  if (!readSite(db)?.devices.some((one) => one.id === device && one.bridge === bridge))
    return false;
  const before = statements(db).last.get({ device });
  if (before !== undefined) {
    const { accounted, uncertain, charged } = before;
    const { counted, moved, event, ...stretch } = decideStretch(
      { ...before, sides: before.sides ?? undefined, uuid: before.uuid ?? undefined },
      reading,
    );
    // Money is known whatever the meter says.
    const sums = counted
      ? { moved, accounted, uncertain }
      : { moved: 0, accounted: 0, uncertain: 0 };
    statements(db).count.run({ device, day: stretch.day, charged, ...sums });
    if (event !== undefined) statements(db).event.run({ device, day: stretch.day, ...event });
  }
  const sides = reading.sides ?? null;
  const uuid = reading.uuid ?? before?.uuid ?? null;
  statements(db).store.run({ device, bridge, at, day, meter, sides, uuid });
  return true;
}

/** Notes what a release that has just ended accounts for, until the next reading of its device. */
export function accountFor(db: Database, fact: JournalFact): void {
  switch (fact.kind) {
    case "settle": {
      const { device, impressions, legs } = fact;
      const extra = impressions > 0 ? (showDevice(db, device).profile?.deviceCountsExtra ?? 0) : 0;
      note(db, device, { sides: impressions + extra, uncertain: 0, charged: moneyOf(legs) });
      return;
    }
    case "uncertain": {
      const { device, atLeast, wanted } = fact;
      note(db, device, { sides: atLeast, uncertain: wanted - atLeast, charged: 0 });
      return;
    }
    case "decided": {
      const at = statements(db).uncertainAt.get({ releaseId: fact.releaseId });
      if (at !== undefined)
        note(db, at.device, { sides: 0, uncertain: 0, charged: moneyOf(fact.legs) });
      return;
    }
    case "void":
      return;
  }
}

function note(
  db: Database,
  device: string,
  more: { readonly sides: number; readonly uncertain: number; readonly charged: number },
): void {
  statements(db).account.run({ device, ...more });
}

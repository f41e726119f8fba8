import type { MeterGap, ShadowReport } from "../../protocol/meter.ts";
import type { Database } from "../../storage/open-database.ts";
import { statement } from "../../storage/statement.ts";
import { perDatabase } from "../per-database.ts";
import { readSite } from "../site/read-site.ts";

interface DayRow {
  device: string;
  day: string;
  moved: number;
  accounted: number;
  uncertain: number;
  charged: number;
}
interface EventRow extends Omit<DayRow, "charged"> {
  from_at: number;
  to_at: number;
  gap: MeterGap | null;
}

const since = `day IN (SELECT DISTINCT day FROM meter_day ORDER BY day DESC LIMIT :days)`;
const statements = perDatabase((db) => ({
  days: statement<{ days: number }, DayRow>(
    db,
    `SELECT device, day, moved, accounted, uncertain, charged FROM meter_day
     WHERE ${since} ORDER BY day DESC, device`,
  ),
  events: statement<{ days: number }, EventRow>(
    db,
    `SELECT device, day, from_at, to_at, moved, accounted, uncertain, gap FROM meter_event
     WHERE ${since} ORDER BY event`,
  ),
  meters: statement<Record<never, never>, { device: string; sides: number | null }>(
    db,
    "SELECT device, sides FROM meter",
  ),
}));

const eventsMost = 1_000;

/** What meters and releases say of the newest days that anything was read on. */
export function shadowReport(db: Database, days: number): ShadowReport {
  const site = readSite(db);
  const names = new Map(site?.devices.map(({ id, name }) => [id, name]));
  const events = Map.groupBy(statements(db).events.all({ days }), keyOf);
  const meters = new Map(
    statements(db)
      .meters.all({})
      .map(({ device, sides }) => [device, sides]),
  );
  return {
    shadow: site?.shadow === true,
    rows: statements(db)
      .days.all({ days })
      .map((row) => ({
        ...row,
        name: names.get(row.device) ?? row.device,
        around: row.moved - row.accounted,
        events: (events.get(keyOf(row)) ?? [])
          .slice(0, eventsMost)
          .map(({ from_at: from, to_at: to, moved, accounted, uncertain, gap }) => ({
            from,
            to,
            moved,
            accounted,
            uncertain,
            gap,
          })),
      })),
    without: [...names].flatMap(([device, name]): ShadowReport["without"] => {
      const sides = meters.get(device);
      if (sides === undefined) return [{ device, name, why: "never-read" }];
      return sides === null ? [{ device, name, why: "no-meter" }] : [];
    }),
  };
}

function keyOf({ device, day }: { device: string; day: string }): string {
  return `${day} ${device}`;
}

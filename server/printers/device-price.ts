import type { Money } from "../../pricing/money.ts";
import type { Prices, Site } from "../../protocol/site.ts";
import type { Database } from "../../storage/open-database.ts";
import { type NoParameters, statement } from "../../storage/statement.ts";
import { perDatabase } from "../per-database.ts";

type Row = { device: string; cost: number; declared: string };

const statements = perDatabase((db) => ({
  all: statement<NoParameters, Row>(db, "SELECT device, cost, declared FROM device_price"),
  set: statement<Row>(
    db,
    `INSERT INTO device_price (device, cost, declared) VALUES (:device, :cost, :declared)
     ON CONFLICT (device) DO UPDATE SET cost = excluded.cost, declared = excluded.declared`,
  ),
  drop: statement<{ device: string }>(db, "DELETE FROM device_price WHERE device = :device"),
}));

/**
 * Sets one price a printed side, in grey or colour, for a device. It counts from the next time on that
 * the site is declared, which the caller does; `declared` are the prices as the configuration has them.
 */
export function setDeviceCost(
  db: Database,
  set: { device: string; cost: Money; declared: Prices },
): void {
  const { device, cost, declared } = set;
  statements(db).set.run({ device, cost, declared: wordsOf(declared, device) });
}

/**
 * The declared site with the prices that were set since. A price for which something else is declared by
 * now than when it was set is dropped: the newer word counts.
 */
export function withSetPrices(db: Database, declared: Site): Site {
  const { prices } = declared;
  const devices = { ...prices.devices };
  for (const { device, cost, declared: before } of statements(db).all.all({})) {
    if (wordsOf(prices, device) === before && declared.devices.some(({ id }) => id === device))
      devices[device] = { grey: cost, colour: cost, twoSidedSheetDiscount: 0 };
    else statements(db).drop.run({ device });
  }
  return { ...declared, prices: { ...prices, devices } };
}

function wordsOf(prices: Prices, device: string): string {
  const rule = prices.devices[device] ?? prices.standard;
  return `${rule.grey} ${rule.colour} ${rule.twoSidedSheetDiscount}`;
}

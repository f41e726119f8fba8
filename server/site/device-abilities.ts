import { Compile } from "typebox/compile";
import { DeviceAbilities } from "../../protocol/handling.ts";
import type { Queue, Site } from "../../protocol/site.ts";
import type { Migration } from "../../storage/migrate.ts";
import type { Database } from "../../storage/open-database.ts";
import { type NoParameters, statement } from "../../storage/statement.ts";
import { transaction } from "../../storage/transaction.ts";
import { perDatabase } from "../per-database.ts";
import { bumpRevision } from "./revision.ts";
import { unionOfAbilities } from "./union-of-abilities.ts";

/** What each device can do, as its bridge last told. */
export const deviceAbilitiesSchema: Migration = {
  id: "device-abilities-1",
  up: `
CREATE TABLE device_abilities (
  device TEXT PRIMARY KEY,
  body TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`,
};

const statements = perDatabase((db) => ({
  read: statement<{ device: string }, { body: string }>(
    db,
    "SELECT body FROM device_abilities WHERE device = :device",
  ),
  all: statement<NoParameters, { device: string; body: string }>(
    db,
    "SELECT device, body FROM device_abilities ORDER BY device",
  ),
  store: statement<{ device: string; body: string }>(
    db,
    `INSERT INTO device_abilities (device, body) VALUES (:device, :body)
     ON CONFLICT (device) DO UPDATE SET body = excluded.body`,
  ),
}));

const form = Compile(DeviceAbilities);

/** Keeps what a bridge tells of its devices; true where something differs, which providers must hear. */
export function storeAbilities(
  db: Database,
  told: readonly { readonly device: string; readonly abilities: DeviceAbilities }[],
): boolean {
  return transaction(db, () => {
    let changed = false;
    for (const { device, abilities } of told) {
      const body = JSON.stringify(abilities);
      if (statements(db).read.get({ device })?.body === body) continue;
      statements(db).store.run({ device, body });
      changed = true;
    }
    if (changed) bumpRevision(db, { kind: "abilities" });
    return changed;
  });
}

/** What the devices of each queue can do together; a queue of which no device has told is left out. */
export function abilitiesOfQueues(
  db: Database,
  site: Site,
  queues: readonly Queue[],
): Record<string, DeviceAbilities> {
  const told = new Map(
    statements(db)
      .all.all({})
      .flatMap(({ device, body }): [string, DeviceAbilities][] => {
        const abilities: unknown = JSON.parse(body);
        return form.Check(abilities) ? [[device, abilities]] : [];
      }),
  );
  const everywhere = site.devices.map(({ id }) => id);
  return Object.fromEntries(
    queues.flatMap(({ name, devices }): [string, DeviceAbilities][] => {
      const known = (devices.length === 0 ? everywhere : devices).flatMap(
        (device) => told.get(device) ?? [],
      );
      return known.length === 0 ? [] : [[name, unionOfAbilities(known)]];
    }),
  );
}

import type { Database } from "../../storage/open-database.ts";
import { statement } from "../../storage/statement.ts";
import { perDatabase } from "../per-database.ts";

type Switch = { disabled: 0 | 1; disabled_until: number | null };

const statements = perDatabase((db) => ({
  read: statement<{ device: string }, Switch>(
    db,
    "SELECT disabled, disabled_until FROM device_switch WHERE device = :device",
  ),
  write: statement<{ device: string; disabled: number; until: number | null }>(
    db,
    `INSERT INTO device_switch (device, disabled, disabled_until) VALUES (:device, :disabled, :until)
     ON CONFLICT (device) DO UPDATE
       SET disabled = excluded.disabled, disabled_until = excluded.disabled_until`,
  ),
  groups: statement<{ device: string }, { name: string }>(
    db,
    `SELECT name FROM device_access_group JOIN people_group USING (group_id)
     WHERE device = :device ORDER BY name_key LIMIT 1000`,
  ),
  addGroup: statement<{ device: string; groupId: string }>(
    db,
    "INSERT OR IGNORE INTO device_access_group (device, group_id) VALUES (:device, :groupId)",
  ),
  removeGroup: statement<{ device: string; groupId: string }>(
    db,
    "DELETE FROM device_access_group WHERE device = :device AND group_id = :groupId",
  ),
  may: statement<{ device: string; personId: string }, { yes: number }>(
    db,
    `SELECT NOT EXISTS (SELECT 1 FROM device_access_group WHERE device = :device)
       OR EXISTS (SELECT 1 FROM device_access_group JOIN group_member USING (group_id)
         WHERE device = :device AND person_id = :personId) AS yes`,
  ),
}));

/** `until`: the server's clock, milliseconds; null is for good. */
export type Switched = { on: true } | { on: false; until: number | null };

/** Switches a device off for everybody, or on again. A release that has begun is not stopped. */
export function switchDevice(db: Database, device: string, to: Switched): void {
  const disabled = !to.on && to.until === null ? 1 : 0;
  statements(db).write.run({ device, disabled, until: to.on ? null : to.until });
}

export function isDeviceOff(db: Database, device: string, now: number): boolean {
  const known = statements(db).read.get({ device });
  return known !== undefined && (known.disabled === 1 || (known.disabled_until ?? 0) > now);
}

/** Names of the groups whose members alone print there; everybody may where there are none. */
export function groupsOfDevice(db: Database, device: string): string[] {
  return statements(db)
    .groups.all({ device })
    .map(({ name }) => name);
}

export function addDeviceGroup(db: Database, added: { device: string; groupId: string }): void {
  statements(db).addGroup.run(added);
}

export function removeDeviceGroup(
  db: Database,
  removed: { device: string; groupId: string },
): void {
  statements(db).removeGroup.run(removed);
}

/** Why nothing is released at a device for a person, if so. */
export function whyDeviceIsClosed(
  db: Database,
  asked: { device: string; personId: string },
  now: number,
): "device-disabled" | "not-allowed-here" | undefined {
  const { device, personId } = asked;
  if (isDeviceOff(db, device, now)) return "device-disabled";
  if (statements(db).may.get({ device, personId })?.yes !== 1) return "not-allowed-here";
  return undefined;
}

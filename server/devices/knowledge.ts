import type { KeyObject } from "node:crypto";
import Value from "typebox/value";
import {
  type DeviceChange,
  DeviceCredentials,
  type DeviceKnowledge,
  type DeviceProfile,
} from "../../protocol/device-profile.ts";
import type { Database } from "../../storage/open-database.ts";
import { openSealedBytes, sealBytes } from "../../storage/sealed-bytes.ts";
import { type NoParameters, statement } from "../../storage/statement.ts";
import { transaction } from "../../storage/transaction.ts";
import { perDatabase } from "../per-database.ts";
import { bumpRevision } from "../site/revision.ts";

type Row = {
  device: string;
  profile: string | null;
  pinned_key: string | null;
  credentials: Buffer | null;
  user: string | null;
};

const statements = perDatabase((db) => ({
  list: statement<NoParameters, Row>(db, "SELECT * FROM device_knowledge ORDER BY device"),
  one: statement<{ device: string }, Row>(
    db,
    "SELECT * FROM device_knowledge WHERE device = :device",
  ),
  store: statement<{
    device: string;
    profile: string | null;
    key: string | null;
    credentials: Buffer | null;
    user: string | null;
  }>(
    db,
    `INSERT INTO device_knowledge (device, profile, pinned_key, credentials, user)
     VALUES (:device, :profile, :key, :credentials, :user)
     ON CONFLICT (device) DO UPDATE SET profile = :profile, pinned_key = :key,
       credentials = :credentials, user = :user`,
  ),
}));

/** What may be shown of a device to an administrator: the password is not. */
export interface ShownKnowledge {
  readonly profile: DeviceProfile | null;
  readonly key: string | null;
  readonly user: string | null;
}

/** Sets what is given of a device, takes away what is null, and leaves the rest. */
export function changeDevice(
  db: Database,
  options: {
    readonly device: string;
    readonly bridge: string;
    readonly change: DeviceChange;
    readonly sealKey: KeyObject;
  },
): void {
  const { device, bridge, change, sealKey } = options;
  transaction(db, () => {
    const before = statements(db).one.get({ device });
    const { profile, key, credentials } = change;
    const sealed =
      credentials === undefined
        ? { credentials: before?.credentials ?? null, user: before?.user ?? null }
        : credentials === null
          ? { credentials: null, user: null }
          : { credentials: seal(device, credentials, sealKey), user: credentials.user };
    statements(db).store.run({
      device,
      profile:
        profile === undefined
          ? (before?.profile ?? null)
          : profile === null
            ? null
            : JSON.stringify(profile),
      key: key === undefined ? (before?.pinned_key ?? null) : key,
      ...sealed,
    });
    bumpRevision(db, { kind: "decisions", bridge });
  });
}

/** What an administrator is shown of a device. */
export function showDevice(db: Database, device: string): ShownKnowledge {
  const row = statements(db).one.get({ device });
  return {
    profile: profileOf(row),
    key: row?.pinned_key ?? null,
    user: row?.user ?? null,
  };
}

/** All that a bridge needs to know of these devices, passwords included. */
export function knowledgeOf(
  db: Database,
  devices: ReadonlySet<string>,
  sealKey: KeyObject,
): DeviceKnowledge[] {
  return statements(db)
    .list.all({})
    .filter(({ device }) => devices.has(device))
    .map((row) => {
      const profile = profileOf(row);
      const credentials = row.credentials === null ? undefined : unseal(row, sealKey);
      return {
        device: row.device,
        ...(profile === null ? {} : { profile }),
        ...(row.pinned_key === null ? {} : { key: row.pinned_key }),
        ...(credentials === undefined ? {} : { credentials }),
      };
    });
}

function profileOf(row: Row | undefined): DeviceProfile | null {
  if (row === undefined || row.profile === null) return null;
  // Written by `changeDevice` only, which takes a checked profile.
  return JSON.parse(row.profile) as DeviceProfile;
}

/** The device's name is sealed with them, so that those of one device never open as another's. */
function seal(device: string, credentials: DeviceCredentials, key: KeyObject): Buffer {
  const text = JSON.stringify({ device, ...credentials });
  return sealBytes({ pieces: [Buffer.from(text)], key });
}

function unseal({ device, credentials }: Row, key: KeyObject): DeviceCredentials | undefined {
  if (credentials === null) return undefined;
  const plain: unknown = JSON.parse(openSealedBytes({ sealed: credentials, key }).toString());
  if (typeof plain !== "object" || plain === null || !("device" in plain)) return undefined;
  const { device: sealedFor, ...rest } = plain;
  return sealedFor === device && Value.Check(DeviceCredentials, rest) ? rest : undefined;
}

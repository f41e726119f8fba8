import type { KeyObject } from "node:crypto";
import { Compile } from "typebox/compile";
import { BridgeSite } from "../../protocol/bridge-server.ts";
import type { Database } from "../../storage/open-database.ts";
import { openSealedBytes, sealBytes } from "../../storage/sealed-bytes.ts";
import { type NoParameters, statement } from "../../storage/statement.ts";

const form = Compile(BridgeSite);

export interface SiteCache {
  /** What the server last told; undefined before it ever did, or when this program reads it no more. */
  load(): BridgeSite | undefined;
  store(site: BridgeSite): void;
}

type Secrets = { readonly [device: string]: { readonly user: string; readonly password: string } };

/**
 * The site as the server last told it, so that a bridge starts while the server is away. What devices
 * ask for is sealed with a key outside the database; errands are of the moment, and not kept.
 */
export function createSiteCache(db: Database, key: KeyObject): SiteCache {
  const read = statement<NoParameters, { told: string; sealed: Buffer | null }>(
    db,
    "SELECT told, sealed FROM site",
  );
  const write = statement<{ told: string; sealed: Buffer | null }>(
    db,
    `INSERT INTO site (one, told, sealed) VALUES (1, :told, :sealed)
     ON CONFLICT (one) DO UPDATE SET told = :told, sealed = :sealed`,
  );
  return {
    load() {
      const row = read.get({});
      if (row === undefined) return undefined;
      const told: unknown = JSON.parse(row.told);
      if (!form.Check(told)) return undefined;
      const secrets = row.sealed === null ? {} : unseal(row.sealed, key);
      return { ...told, devices: withSecrets(told.devices ?? [], secrets) };
    },
    store({ errands: _errands, devices = [], ...site }) {
      const secrets = Object.fromEntries(
        devices.flatMap(({ device, credentials }) =>
          credentials === undefined ? [] : [[device, credentials]],
        ),
      );
      const plain = devices.map(({ credentials: _credentials, ...known }) => known);
      const pieces = [Buffer.from(JSON.stringify(secrets))];
      const sealed = Object.keys(secrets).length > 0 ? sealBytes({ pieces, key }) : null;
      write.run({ told: JSON.stringify({ ...site, devices: plain }), sealed });
    },
  };
}

function withSecrets(
  devices: NonNullable<BridgeSite["devices"]>,
  secrets: Secrets,
): NonNullable<BridgeSite["devices"]> {
  return devices.map((known) => {
    const credentials = secrets[known.device];
    return credentials === undefined ? known : { ...known, credentials };
  });
}

/** A copy only: what does not open with this key is told by the server again. */
function unseal(sealed: Buffer, key: KeyObject): Secrets {
  try {
    return JSON.parse(openSealedBytes({ sealed, key }).toString());
  } catch {
    return {};
  }
}

import type { KeyObject } from "node:crypto";
import { Compile } from "typebox/compile";
import { BridgeSite } from "../../protocol/bridge-server.ts";
import type { ReaderKey } from "../../protocol/reader-key.ts";
import type { Database } from "../../storage/open-database.ts";
import { openSealedBytes, sealBytes } from "../../storage/sealed-bytes.ts";
import { type NoParameters, statement } from "../../storage/statement.ts";

const form = Compile(BridgeSite);

export interface SiteCache {
  /** What the server last told; undefined before it ever did, or when this program reads it no more. */
  load(): BridgeSite | undefined;
  store(site: BridgeSite): void;
}

type Row = { told: string; sealed: Buffer | null; readerKeys: Buffer | null };

type Secrets = { readonly [device: string]: { readonly user: string; readonly password: string } };

/**
 * The site as the server last told it, so that a bridge starts while the server is away. What devices
 * ask for is sealed with a key outside the database; errands are of the moment, and not kept.
 */
export function createSiteCache(db: Database, key: KeyObject): SiteCache {
  const read = statement<NoParameters, Row>(
    db,
    "SELECT told, sealed, sealed_reader_keys AS readerKeys FROM site",
  );
  const write = statement<Row>(
    db,
    `INSERT INTO site (one, told, sealed, sealed_reader_keys)
       VALUES (1, :told, :sealed, :readerKeys)
     ON CONFLICT (one) DO UPDATE SET told = :told, sealed = :sealed,
       sealed_reader_keys = :readerKeys`,
  );
  return {
    load() {
      const row = read.get({});
      if (row === undefined) return undefined;
      const told: unknown = JSON.parse(row.told);
      if (!form.Check(told)) return undefined;
      const secrets = unseal<Secrets>(row.sealed, key) ?? {};
      const readerKeys = unseal<ReaderKey[]>(row.readerKeys, key);
      const devices = withSecrets(told.devices ?? [], secrets);
      return { ...told, devices, ...(readerKeys === undefined ? {} : { readerKeys }) };
    },
    store({ errands: _errands, devices = [], readerKeys = [], ...site }) {
      const secrets = Object.fromEntries(
        devices.flatMap(({ device, credentials }) =>
          credentials === undefined ? [] : [[device, credentials]],
        ),
      );
      const plain = devices.map(({ credentials: _credentials, ...known }) => known);
      const seal = (it: unknown) => sealBytes({ pieces: [Buffer.from(JSON.stringify(it))], key });
      // An installation is of the moment, like an errand.
      const keys = readerKeys.map(({ reader, key: its }): ReaderKey => ({ reader, key: its }));
      write.run({
        told: JSON.stringify({ ...site, devices: plain }),
        sealed: Object.keys(secrets).length > 0 ? seal(secrets) : null,
        readerKeys: keys.length > 0 ? seal(keys) : null,
      });
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
function unseal<T>(sealed: Buffer | null, key: KeyObject): T | undefined {
  if (sealed === null) return undefined;
  try {
    return JSON.parse(openSealedBytes({ sealed, key }).toString());
  } catch {
    return undefined;
  }
}

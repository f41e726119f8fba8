import { Compile } from "typebox/compile";
import { BridgeSite } from "../../protocol/bridge-server.ts";
import type { Database } from "../../storage/open-database.ts";
import { type NoParameters, statement } from "../../storage/statement.ts";

const form = Compile(BridgeSite);

export interface SiteCache {
  /** What the server last told; undefined before it ever did, or when this program reads it no more. */
  load(): BridgeSite | undefined;
  store(site: BridgeSite): void;
}

/** The site as the server last told it, so that a bridge starts while the server is away. */
export function createSiteCache(db: Database): SiteCache {
  const read = statement<NoParameters, { told: string }>(db, "SELECT told FROM site");
  const write = statement<{ told: string }>(
    db,
    `INSERT INTO site (one, told) VALUES (1, :told)
     ON CONFLICT (one) DO UPDATE SET told = :told`,
  );
  return {
    load() {
      const row = read.get({});
      if (row === undefined) return undefined;
      const told: unknown = JSON.parse(row.told);
      return form.Check(told) ? told : undefined;
    },
    store(site) {
      write.run({ told: JSON.stringify(site) });
    },
  };
}

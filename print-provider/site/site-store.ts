import { Compile } from "typebox/compile";
import { ProviderSite } from "../../protocol/provider-server.ts";
import type { Database } from "../../storage/open-database.ts";
import { prepared } from "../database/prepared.ts";

const read = prepared<Record<never, never>, { body: string }>(
  "SELECT body FROM site WHERE one = 1",
);
const write = prepared<{ body: string }>(
  `INSERT INTO site (one, body) VALUES (1, :body)
   ON CONFLICT (one) DO UPDATE SET body = excluded.body`,
);
const schema = Compile(ProviderSite);

/** Before the server was ever reached: nothing is served. */
export const noSite: ProviderSite = {
  revision: 0,
  queues: [],
  organisation: "",
  deviceBridges: {},
};

/** What the provider served last, so that it starts while the server is away. */
export function readSite(db: Database): ProviderSite {
  const row = read(db).get({});
  if (row === undefined) return noSite;
  const value: unknown = JSON.parse(row.body);
  // One written by another version is fetched anew.
  return schema.Check(value) ? value : noSite;
}

export function writeSite(db: Database, site: ProviderSite): void {
  write(db).run({ body: JSON.stringify(site) });
}

import type { Site } from "../../protocol/site.ts";
import type { Database } from "../../storage/open-database.ts";
import { type NoParameters, statement } from "../../storage/statement.ts";
import { perDatabase } from "../per-database.ts";
import { siteRevision } from "./revision.ts";

const statements = perDatabase((db) => ({
  read: statement<NoParameters, { body: string; price_version: number }>(
    db,
    "SELECT body, price_version FROM site",
  ),
  version: statement<NoParameters, { price_version: number }>(db, "SELECT price_version FROM site"),
  store: statement<{ body: string; version: number }>(
    db,
    `INSERT INTO site (one, body, price_version) VALUES (1, :body, :version)
     ON CONFLICT (one) DO UPDATE SET body = excluded.body, price_version = excluded.price_version`,
  ),
}));

/** The site as declared, with the prices' version as it grew here; undefined before it ever was. */
export function readSite(db: Database): Site | undefined {
  const revision = siteRevision(db);
  const cached = parsed(db);
  if (cached.revision !== revision) {
    const row = statements(db).read.get({});
    // Written by storeSite only, which takes a checked Site.
    cached.site = row === undefined ? undefined : (JSON.parse(row.body) as Site);
    cached.revision = revision;
  }
  return cached.site;
}

/** Every tap looks at the site, which may be a megabyte: it is parsed once a revision. */
const parsed = perDatabase((): { revision: number; site: Site | undefined } => ({
  revision: -1,
  site: undefined,
}));

/** The version of the prices that are valid now; 0 before a site was declared. */
export function currentPriceVersion(db: Database): number {
  return statements(db).version.get({})?.price_version ?? 0;
}

/** Stores a checked site; see `upsertSite`. */
export function storeSite(db: Database, site: Site): void {
  statements(db).store.run({ body: JSON.stringify(site), version: site.prices.version });
}

import { Compile } from "typebox/compile";
import { type Prices, Site } from "../../protocol/site.ts";
import type { Database } from "../../storage/open-database.ts";
import { transaction } from "../../storage/transaction.ts";
import { faultsOfSite } from "./check-site.ts";
import { readSite, storeSite } from "./read-site.ts";
import { bumpRevision } from "./revision.ts";

const form = Compile(Site);

export type Upserted = { kind: "changed" | "unchanged" } | { kind: "faulty"; sentence: string };

/**
 * Makes the declared site the valid one. Its revision grows only if something differs; the version of
 * the prices grows whenever a price differs, whatever the declaration calls it, so that a reservation
 * reckoned with other prices is always noticed.
 */
export function upsertSite(db: Database, declared: Site): Upserted {
  const faults = form.Check(declared) ? faultsOfSite(declared) : formFaults(declared);
  if (faults.length > 0) return { kind: "faulty", sentence: faults.slice(0, 10).join(" ") };
  return transaction(db, (): Upserted => {
    const before = readSite(db);
    const site = { ...declared, prices: withVersion(declared.prices, before?.prices) };
    if (before !== undefined && canonical(before) === canonical(site)) return { kind: "unchanged" };
    storeSite(db, site);
    bumpRevision(db, { kind: "site" });
    return { kind: "changed" };
  });
}

function withVersion(declared: Prices, before: Prices | undefined): Prices {
  if (before === undefined) return declared;
  const same = canonical({ ...declared, version: 0 }) === canonical({ ...before, version: 0 });
  const version = same ? before.version : Math.max(declared.version, before.version + 1);
  return { ...declared, version };
}

function formFaults(declared: unknown): string[] {
  return form
    .Errors(declared)
    .map(({ instancePath, message }) => `${instancePath || "The site"}: ${message}.`);
}

/** JSON with the keys of every object in one order: equal exactly when the values are. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

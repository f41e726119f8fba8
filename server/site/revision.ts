import type { Database } from "../../storage/open-database.ts";
import { statement } from "../../storage/statement.ts";
import { perDatabase } from "../per-database.ts";

/** What was changed: the site that all have a copy of, or what one bridge has to carry out. */
export type Revised =
  | { kind: "site" }
  | { kind: "abilities" }
  | { kind: "decisions"; bridge: string };

const statements = perDatabase((db) => ({
  bump: statement<{ name: string }>(
    db,
    "INSERT INTO revision (name, value) VALUES (:name, 1) ON CONFLICT (name) DO UPDATE SET value = value + 1",
  ),
  read: statement<{ name: string }, { value: number }>(
    db,
    "SELECT value FROM revision WHERE name = :name",
  ),
}));

/** Counts one change; within the transaction that makes it. */
export function bumpRevision(db: Database, revised: Revised): void {
  statements(db).bump.run({ name: nameOf(revised) });
}

/** The revision of what a provider is told: grows with the site, and with what devices can do. */
export function providerRevision(db: Database): number {
  const abilities = statements(db).read.get({ name: nameOf({ kind: "abilities" }) })?.value ?? 0;
  return siteRevision(db) + abilities;
}

/** The revision of the declared site. */
export function siteRevision(db: Database): number {
  return statements(db).read.get({ name: nameOf({ kind: "site" }) })?.value ?? 0;
}

/** The revision of what a bridge is told: grows with the site, and with decisions for this bridge. */
export function bridgeRevision(db: Database, bridge: string): number {
  const own = statements(db).read.get({ name: nameOf({ kind: "decisions", bridge }) })?.value ?? 0;
  return siteRevision(db) + own;
}

function nameOf(revised: Revised): string {
  return revised.kind === "decisions" ? `decisions ${revised.bridge}` : revised.kind;
}

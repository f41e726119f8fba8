import type { Database } from "../../storage/open-database.ts";
import { transaction } from "../../storage/transaction.ts";
import { prepared } from "./prepared.ts";

/** What a provider knows about itself for as long as its database lives. */
export interface ProviderSelf {
  /** Random, made with the database; printer-uuids are made from it. */
  readonly uuid: string;
  /** When the database was made: printer-up-time counts from here, and so never starts again. */
  readonly firstStart: number;
}

const read = prepared<Record<never, never>, { uuid: string; first_start: number }>(
  "SELECT uuid, first_start FROM provider WHERE one = 1",
);
const make = prepared<{ uuid: string; now: number }>(
  "INSERT INTO provider (one, uuid, first_start) VALUES (1, :uuid, :now)",
);
const bump = prepared<Record<never, never>, { revision: number }>(
  "UPDATE provider SET revision = revision + 1 WHERE one = 1 RETURNING revision",
);
const revisions = prepared<Record<never, never>, { revision: number; server_has: number }>(
  "SELECT revision, server_has FROM provider WHERE one = 1",
);
const setServerHas = prepared<{ revision: number }>(
  "UPDATE provider SET server_has = :revision WHERE one = 1",
);

/** Reads who this provider is, or makes it with `uuid` and `now` where the database is new. */
export function ensureSelf(db: Database, fresh: { uuid: string; now: number }): ProviderSelf {
  return transaction(db, () => {
    let row = read(db).get({});
    if (row === undefined) {
      make(db).run(fresh);
      row = read(db).get({});
    }
    if (row === undefined) throw new Error("The provider's own row was not stored.");
    return { uuid: row.uuid, firstStart: row.first_start };
  });
}

/** The next revision, for one change. Call it in the transaction of that change. */
export function nextRevision(db: Database): number {
  const row = bump(db).get({});
  if (row === undefined) throw new Error("ensureSelf must come before the first change.");
  return row.revision;
}

/** The newest revision here, and the newest that the server acknowledged. */
export function readRevisions(db: Database): { newest: number; serverHas: number } {
  const row = revisions(db).get({});
  if (row === undefined) throw new Error("ensureSelf must come before the first change.");
  return { newest: row.revision, serverHas: row.server_has };
}

export function rememberServerHas(db: Database, revision: number): void {
  setServerHas(db).run({ revision });
}

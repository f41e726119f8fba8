import type { ScreenCode } from "../../protocol/bridge-server.ts";
import type { Migration } from "../../storage/migrate.ts";
import type { Database } from "../../storage/open-database.ts";
import { statement } from "../../storage/statement.ts";
import { transaction } from "../../storage/transaction.ts";
import { perDatabase } from "../per-database.ts";
import { bumpRevision } from "../site/revision.ts";

export const SCREEN_CODE_MINUTES = 15;

export const screenCodesSchema: Migration = {
  id: "screen-codes",
  up: `
    -- One a terminal: a newer code makes the older one void.
    CREATE TABLE screen_code (
      terminal TEXT PRIMARY KEY,
      bridge TEXT NOT NULL,
      hash TEXT NOT NULL,
      expires_at INTEGER NOT NULL
    ) STRICT;
  `,
};

const statements = perDatabase((db) => ({
  issue: statement<{ terminal: string; bridge: string; hash: string; expiresAt: number }>(
    db,
    `INSERT INTO screen_code (terminal, bridge, hash, expires_at)
     VALUES (:terminal, :bridge, :hash, :expiresAt)
     ON CONFLICT (terminal) DO UPDATE
       SET bridge = :bridge, hash = :hash, expires_at = :expiresAt`,
  ),
  dropOld: statement<{ now: number }>(db, "DELETE FROM screen_code WHERE expires_at < :now"),
  of: statement<{ bridge: string; now: number }, { terminal: string; hash: string }>(
    db,
    "SELECT terminal, hash FROM screen_code WHERE bridge = :bridge AND expires_at >= :now",
  ),
}));

/** Keeps a code's hash for a terminal and lets its bridge know. `now` is the wall clock, milliseconds. */
export function issueScreenCode(
  db: Database,
  issued: { terminal: string; bridge: string; hash: string },
  now: number,
): void {
  transaction(db, () => {
    statements(db).dropOld.run({ now });
    statements(db).issue.run({ ...issued, expiresAt: now + SCREEN_CODE_MINUTES * 60_000 });
    bumpRevision(db, { kind: "decisions", bridge: issued.bridge });
  });
}

/** The codes that are good now for screens of a bridge's terminals. */
export function screenCodesFor(db: Database, bridge: string, now: number): ScreenCode[] {
  return statements(db)
    .of.all({ bridge, now })
    .map((code) => ({ ...code, minutes: SCREEN_CODE_MINUTES }));
}

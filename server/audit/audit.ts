import { createHash } from "node:crypto";
import type { AuditEntry } from "../../protocol/admin-audit.ts";
import type { Database } from "../../storage/open-database.ts";
import { type NoParameters, statement } from "../../storage/statement.ts";
import { transaction } from "../../storage/transaction.ts";
import { perDatabase } from "../per-database.ts";

/** `who`: how the asker was known, and from where. `what`: a route or method. `about`: a person's id. */
export type Audited = { who: string; what: string; about?: string | undefined };

type Row = {
  entry: number;
  at: number;
  who: string;
  what: string;
  about: string | null;
  hash: Buffer;
};

const columns = "entry, at, who, what, about, hash";
const statements = perDatabase((db) => ({
  head: statement<NoParameters, { entry: number; hash: Buffer }>(
    db,
    "SELECT entry, hash FROM audit ORDER BY entry DESC LIMIT 1",
  ),
  add: statement<Row>(
    db,
    `INSERT INTO audit (${columns}) VALUES (:entry, :at, :who, :what, :about, :hash)`,
  ),
  newest: statement<{ most: number }, Row>(
    db,
    `SELECT ${columns} FROM audit ORDER BY entry DESC LIMIT :most`,
  ),
  about: statement<{ about: string; most: number }, Row>(
    db,
    `SELECT ${columns} FROM audit WHERE about = :about ORDER BY entry DESC LIMIT :most`,
  ),
}));

const nothing = Buffer.alloc(32);

/** Adds an entry behind the last one; durable on return. `now`: the server's wall clock. */
export function audit(db: Database, { who, what, about }: Audited, now: number): void {
  transaction(db, () => {
    const head = statements(db).head.get({});
    const entry = (head?.entry ?? 0) + 1;
    const row = { entry, at: now, who, what, about: about ?? null };
    statements(db).add.run({ ...row, hash: hashOf(head?.hash ?? nothing, row) });
  });
}

/** The newest entries, those about one person if one is named, the newest first. */
export function readAudit(
  db: Database,
  asked: { about?: string | undefined; most: number },
): AuditEntry[] {
  const { about, most } = asked;
  const rows =
    about === undefined
      ? statements(db).newest.all({ most })
      : statements(db).about.all({ about, most });
  return rows.map(({ entry, at, who, what, about: person }) => ({
    entry,
    at: new Date(at).toISOString(),
    who,
    what,
    ...(person === null ? {} : { about: person }),
  }));
}

export type CheckedAudit = {
  /** How many entries there are. */
  entries: number;
  /** The last entry's hash: whoever wrote it down elsewhere can tell later that nothing was changed. */
  head: string;
  /** The first entry that does not follow from the one before it; none in a sound chain. */
  brokenAt?: number;
};

/** Follows the chain from its beginning: some hundred thousand entries a second. */
export function checkAudit(db: Database): CheckedAudit {
  let before: Buffer = nothing;
  let entries = 0;
  const rows = db.prepare<[], Row>(`SELECT ${columns} FROM audit ORDER BY entry`);
  for (const { hash, ...row } of rows.iterate()) {
    entries += 1;
    if (row.entry !== entries || !hashOf(before, row).equals(hash))
      return { entries, head: hash.toString("hex"), brokenAt: row.entry };
    before = hash;
  }
  return { entries, head: before.toString("hex") };
}

function hashOf(before: Buffer, { entry, at, who, what, about }: Omit<Row, "hash">): Buffer {
  return createHash("sha256")
    .update(before)
    .update(JSON.stringify([entry, at, who, what, about]))
    .digest();
}

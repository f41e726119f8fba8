import { type KeyObject, randomBytes } from "node:crypto";
import type { Migration } from "../../storage/migrate.ts";
import type { Database } from "../../storage/open-database.ts";
import { openSealedBytes, sealBytes } from "../../storage/sealed-bytes.ts";
import { type NoParameters, statement } from "../../storage/statement.ts";
import { perDatabase } from "../per-database.ts";

/** Keys of readers' secure channels, sealed with a key that is not in the database. */
export const readerKeysSchema: Migration = {
  id: "reader-keys-1",
  up: `
CREATE TABLE reader_key (
  reader TEXT PRIMARY KEY,
  sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;
`,
};

type Row = { reader: string; sealed: Buffer };

const statements = perDatabase((db) => ({
  list: statement<NoParameters, Row>(db, "SELECT reader, sealed FROM reader_key ORDER BY reader"),
  store: statement<Row>(
    db,
    `INSERT INTO reader_key (reader, sealed) VALUES (:reader, :sealed)
     ON CONFLICT (reader) DO UPDATE SET sealed = :sealed`,
  ),
  forget: statement<{ reader: string }>(db, "DELETE FROM reader_key WHERE reader = :reader"),
}));

/** 16 random bytes in hex, as readers are given them. */
export const newReaderKey = (): string => randomBytes(16).toString("hex").toUpperCase();

/** The reader's name is sealed with its key, so that one never opens as another's. */
export function storeReaderKey(
  db: Database,
  { reader, key, sealKey }: { reader: string; key: string; sealKey: KeyObject },
): void {
  const pieces = [Buffer.from(JSON.stringify({ reader, key }))];
  statements(db).store.run({ reader, sealed: sealBytes({ pieces, key: sealKey }) });
}

export function forgetReaderKey(db: Database, reader: string): void {
  statements(db).forget.run({ reader });
}

/** Readers that have a key. */
export const keyedReaders = (db: Database): Set<string> =>
  new Set(
    statements(db)
      .list.all({})
      .map(({ reader }) => reader),
  );

/** The keys of these readers. Throws SealBroken when one was changed. */
export function readerKeysOf(
  db: Database,
  readers: ReadonlySet<string>,
  sealKey: KeyObject,
): { reader: string; key: string }[] {
  return statements(db)
    .list.all({})
    .filter(({ reader }) => readers.has(reader))
    .flatMap(({ reader, sealed }) => {
      // Written by `storeReaderKey` only.
      const told: unknown = JSON.parse(openSealedBytes({ sealed, key: sealKey }).toString());
      const opened = told as { reader: string; key: string };
      return opened.reader === reader ? [{ reader, key: opened.key }] : [];
    });
}

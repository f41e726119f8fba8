import type { KeyObject } from "node:crypto";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { copyDatabase } from "../storage/copy-database.ts";
import { linkFiles } from "../storage/link-files.ts";
import { type Database, openDatabase } from "../storage/open-database.ts";
import { openSiteKey, purposeKey } from "../storage/site-key.ts";
import { providerMigrations } from "./database/migrations.ts";
import { ensureSelf, type ProviderSelf } from "./database/provider-row.ts";
import { documentNumber, findDocument } from "./jobs/documents.ts";
import { documentOfFile } from "./spool/document-id.ts";
import { openSpool, type Spool } from "./spool/spool.ts";

export interface ProviderStorage {
  readonly db: Database;
  readonly spool: Spool;
  readonly spoolFolder: string;
  readonly self: ProviderSelf;
  /** What the codes of unclaimed jobs are made with. */
  readonly codeKey: KeyObject;
}

/**
 * Opens all that a provider keeps in its folder: `provider.db`, `site.key` and `spool/`. Throws
 * StorageError with a sentence for an operator.
 */
export function openStorage(options: {
  dataDir: string;
  diskReserveBytes: number;
  newId: () => string;
  now: number;
}): ProviderStorage {
  const { dataDir, diskReserveBytes, newId, now } = options;
  const path = join(dataDir, "provider.db");
  // A new key beside an old database would make every held document unreadable without a word.
  const siteKey = openSiteKey({ path: join(dataDir, "site.key"), mayCreate: !existsSync(path) });
  const db = openDatabase({ path, migrations: providerMigrations });
  try {
    const self = ensureSelf(db, { uuid: newId(), now });
    const spoolFolder = join(dataDir, "spool");
    const wrappingKey = purposeKey(siteKey, "spool");
    const spool = openSpool({ folder: spoolFolder, wrappingKey, reserveBytes: diskReserveBytes });
    return { db, spool, spoolFolder, self, codeKey: purposeKey(siteKey, "codes of jobs") };
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Removes files of documents that no job knows: of uploads that a kill cut off, or jobs that ended. */
export function sweepSpool({ db, spool }: ProviderStorage): Promise<number> {
  return spool.sweep(
    ({ jobId, number }) => number === documentNumber && findDocument(db, jobId) !== undefined,
  );
}

/**
 * Copies what is stored, as it is at one moment. A document's file is there before the database knows of
 * it, and goes after: linked right after the database was copied, none is missing that the copy names.
 */
export async function snapshotStorage(storage: ProviderStorage, folder: string): Promise<void> {
  const spool = join(folder, "spool");
  mkdirSync(spool, { mode: 0o700 });
  await copyDatabase(storage.db, folder);
  linkFiles(storage.spoolFolder, spool, (name) => documentOfFile(name)?.whole === true);
}

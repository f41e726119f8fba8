import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Migration } from "./migrate.ts";
import { openDatabase } from "./open-database.ts";
import { statement } from "./statement.ts";
import { StorageError, type StorageTrouble } from "./storage-error.ts";
import { transaction } from "./transaction.ts";

const migrations: readonly Migration[] = [
  {
    id: "1-things",
    up: "CREATE TABLE thing (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT",
  },
];

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "guichet-storage-"));
  path = join(folder, "data", "role.db");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function troubleOf(open: () => unknown): { trouble: StorageTrouble; sentence: string } {
  try {
    open();
  } catch (error) {
    if (error instanceof StorageError) return { trouble: error.trouble, sentence: error.message };
    throw error;
  }
  throw new Error("It opened.");
}

describe("a database that is opened", () => {
  it("syncs every commit, keeps foreign keys and is readable by its owner only", () => {
    const db = openDatabase({ path, migrations });
    expect(db.pragma("synchronous", { simple: true })).toBe(2);
    expect(db.pragma("journal_mode", { simple: true })).toBe("wal");
    expect(db.pragma("foreign_keys", { simple: true })).toBe(1);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    db.close();
  });

  it("keeps what was committed and applies each migration once", () => {
    const first = openDatabase({ path, migrations });
    statement<{ name: string }>(first, "INSERT INTO thing (name) VALUES (:name)").run({
      name: "one",
    });
    first.close();
    const later = openDatabase({
      path,
      migrations: [
        ...migrations,
        { id: "2-more", up: (db) => db.exec("ALTER TABLE thing ADD COLUMN size INTEGER") },
      ],
    });
    const all = statement<Record<string, never>, { name: string; size: number | null }>(
      later,
      "SELECT name, size FROM thing",
    ).all({});
    expect(all).toEqual([{ name: "one", size: null }]);
    later.close();
  });

  it("leaves nothing of a migration that fails", () => {
    const broken: Migration = {
      id: "2-broken",
      up: "CREATE TABLE half (id INTEGER) STRICT; INSERT INTO nowhere VALUES (1)",
    };
    expect(() => openDatabase({ path, migrations: [...migrations, broken] })).toThrow(/nowhere/);
    const db = openDatabase({ path, migrations });
    expect(() => db.prepare("SELECT * FROM half")).toThrow(/no such table/);
    db.close();
  });

  it("undoes a transaction whose work throws, and refuses one that is asynchronous", () => {
    const db = openDatabase({ path: ":memory:", migrations });
    const insert = statement<{ name: string }>(db, "INSERT INTO thing (name) VALUES (:name)");
    const count = statement<Record<string, never>, { n: number }>(
      db,
      "SELECT count(*) AS n FROM thing",
    );
    expect(() =>
      transaction(db, () => {
        insert.run({ name: "lost" });
        throw new Error("stop");
      }),
    ).toThrow("stop");
    const later: () => unknown = async () => {
      await Promise.resolve(insert.run({ name: "lost too" }));
    };
    expect(() => transaction(db, later)).toThrow(/asynchronous/);
    expect(count.get({})).toEqual({ n: 0 });
  });
});

describe("a database that cannot be opened says why", () => {
  it("when another process, or another opener, uses it", () => {
    const db = openDatabase({ path, migrations });
    const refused = troubleOf(() => openDatabase({ path, migrations, busyTimeoutMs: 10 }));
    expect(refused.trouble).toBe("in-use");
    expect(refused.sentence).toContain(path);
    db.close();
    openDatabase({ path, migrations, busyTimeoutMs: 10 }).close();
  });

  it("when a newer program wrote it", () => {
    openDatabase({ path, migrations: [...migrations, { id: "2-new", up: "SELECT 1" }] }).close();
    const refused = troubleOf(() => openDatabase({ path, migrations }));
    expect(refused.trouble).toBe("newer-schema");
    expect(refused.sentence).toContain("2-new");
  });

  it("when the file is something else", () => {
    const other = join(folder, "letter.db");
    writeFileSync(other, "Dear Sir or Madam, ".repeat(100));
    expect(troubleOf(() => openDatabase({ path: other, migrations })).trouble).toBe(
      "not-a-database",
    );
  });

  it("when its folder is not a folder", () => {
    writeFileSync(join(folder, "data"), "");
    expect(troubleOf(() => openDatabase({ path, migrations })).trouble).toBe("not-writable");
  });
});

describe("a process that is killed", () => {
  it("loses no commit that it acknowledged, and leaves nothing locked", async () => {
    const killings = process.env.GUICHET_SOAK === "1" ? 100 : 6;
    for (let round = 0; round < killings; round++) {
      const acknowledged = await commitUntilKilled(20 + round * 7);
      const db = openDatabase({ path, migrations, busyTimeoutMs: 0 });
      const row = statement<Record<string, never>, { last: number | null }>(
        db,
        "SELECT max(id) AS last FROM thing",
      ).get({});
      expect(row?.last ?? 0).toBeGreaterThanOrEqual(acknowledged);
      expect(db.pragma("integrity_check", { simple: true })).toBe("ok");
      db.close();
    }
  });

  /** Kills the child once it said that so many more rows are committed; gives the last id it said. */
  async function commitUntilKilled(rows: number): Promise<number> {
    const child = spawn(process.execPath, [join(import.meta.dirname, "commit-for-ever.ts"), path], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let last = 0;
    let seen = 0;
    for await (const line of createInterface({ input: child.stdout })) {
      last = Number(line);
      seen += 1;
      if (seen === rows) child.kill("SIGKILL");
    }
    if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
    expect(child.signalCode).toBe("SIGKILL");
    return last;
  }
});

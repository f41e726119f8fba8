import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { openDatabase } from "../../storage/open-database.ts";
import { checkBooks } from "../ledger/check-books.ts";
import { serverMigrations } from "../migrations.ts";
import { sharedAccountsSchema } from "./schema.ts";

it("a database from before shared accounts keeps its people, its books and what points to them", () => {
  const folder = mkdtempSync(join(tmpdir(), "guichet-upgrade-"));
  const path = join(folder, "server.db");
  const before = serverMigrations.slice(0, serverMigrations.indexOf(sharedAccountsSchema));
  const old = openDatabase({ path, migrations: before });
  old.exec(`
    INSERT INTO person (person_id, login, login_key, display_name, role, restricted, created_at)
      VALUES ('p1', 'alice', 'alice', 'Alice', 'user', 0, 0), ('p2', 'bob', 'bob', 'Bob', 'user', 1, 0);
    INSERT INTO account (account, kind, unit, person_id, balance, reserved, overdraft, entries)
      VALUES ('a1', 'person', 'money', 'p1', 700, 50, 0, 1), ('a2', 'person', 'money', 'p2', 0, 0, 300, 0);
    UPDATE account SET balance = -700, entries = 1 WHERE account = 'credit-source:money';
    INSERT INTO transfer VALUES ('t1', 'credit', 0, NULL, '');
    INSERT INTO entry (transfer, account, amount, balance_after)
      VALUES ('t1', 'a1', 700, 700), ('t1', 'credit-source:money', -700, -700);
    INSERT INTO reservation (release_id, bridge, person_id, state, asked, at)
      VALUES ('r1', 'b', 'p1', 'pending', 'x', 0);
    INSERT INTO reservation_leg VALUES ('r1', 'a1', 50);
  `);
  old.close();

  const db = openDatabase({ path, migrations: serverMigrations });
  const books = { sum: 0, transfers: 1, openReservations: 1, uncertain: 0, faults: [] };
  expect(checkBooks(db)).toMatchObject(books);
  expect(db.pragma("foreign_key_check")).toEqual([]);
  expect(
    db
      .prepare("SELECT account, overdraft, overdraft_mode FROM account WHERE kind = 'person'")
      .all(),
  ).toEqual([
    { account: "a1", overdraft: 0, overdraft_mode: "default" },
    { account: "a2", overdraft: 300, overdraft_mode: "individual" },
  ]);
  expect(() => db.exec("DELETE FROM account WHERE account = 'a1'")).toThrow(/FOREIGN KEY/);
  expect(() => db.exec("UPDATE entry SET amount = 1")).toThrow(/never changed/);
  db.close();
  rmSync(folder, { recursive: true });
});

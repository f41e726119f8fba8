// Run by a test, which kills it: commits one row after another and says each id once it is committed.
import { writeSync } from "node:fs";
import { argv } from "node:process";
import { openDatabase } from "./open-database.ts";
import { transaction } from "./transaction.ts";

const path = argv[2];
if (path === undefined) throw new Error("usage: commit-for-ever.ts <database>");
const db = openDatabase({
  path,
  migrations: [
    {
      id: "1-things",
      up: "CREATE TABLE thing (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT",
    },
  ],
});
const insert = db.prepare<[string]>("INSERT INTO thing (name) VALUES (?)");
for (;;) {
  const id = transaction(db, () => insert.run("x".repeat(200)).lastInsertRowid);
  writeSync(1, `${id}\n`);
}

import { expect, it } from "vitest";
import { openDatabase } from "../../storage/open-database.ts";
import { statement } from "../../storage/statement.ts";
import { createBatch } from "./batch.ts";

const migrations = [{ id: "1", up: "CREATE TABLE thing (name TEXT UNIQUE) STRICT" }];

it("commits together what comes together, and undoes alone what fails", async () => {
  const db = openDatabase({ path: ":memory:", migrations });
  const insert = statement<{ name: string }>(db, "INSERT INTO thing (name) VALUES (:name)");
  const all = statement<Record<never, never>, { name: string }>(db, "SELECT name FROM thing");
  const batch = createBatch(db);
  const add = (name: string) =>
    batch.run(() => {
      insert.run({ name });
      return all.all({}).length;
    });
  const results = await Promise.allSettled([add("one"), add("one"), add("two")]);
  expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(all.all({})).toEqual([{ name: "one" }, { name: "two" }]);
  expect(await add("three")).toBe(3);
  db.close();
});

it("tells everyone when the commit itself fails", async () => {
  const db = openDatabase({ path: ":memory:", migrations });
  const batch = createBatch(db);
  const waiting = [batch.run(() => 1), batch.run(() => 2)];
  db.close();
  for (const { status } of await Promise.allSettled(waiting)) expect(status).toBe("rejected");
});

it("lets what nobody waits for go with the next commit, or alone in a moment", async () => {
  const db = openDatabase({ path: ":memory:", migrations });
  const batch = createBatch(db);
  const order: string[] = [];
  const noted = (name: string) => () => order.push(name);
  const later = batch.runLater(noted("later"));
  await batch.run(noted("soon"));
  expect(order).toEqual(["later", "soon"]);
  await later;
  await batch.runLater(noted("alone"));
  expect(order).toEqual(["later", "soon", "alone"]);
  db.close();
});

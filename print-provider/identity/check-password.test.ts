import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { PasswordReply } from "../../protocol/provider-people.ts";
import { type Database, openDatabase } from "../../storage/open-database.ts";
import { createSecretChecker } from "../../storage/secret-checker.ts";
import { providerMigrations } from "../database/migrations.ts";
import { createPasswordCheck } from "./check-password.ts";
import { forgetOldPeople } from "./known-people.ts";

const hour = 3_600_000;
let db: Database;
let clock = 1_000 * hour;
let asked = 0;
let says: () => Promise<PasswordReply>;
const away = () => Promise.reject(new Error("away"));
const yes = () => Promise.resolve({ kind: "right", login: "alice" } as const);
const no = () => Promise.resolve({ kind: "wrong" } as const);

/** A provider that was just started: nothing is in its memory. */
const started = () =>
  createPasswordCheck({
    db,
    ask: () => {
      asked += 1;
      return says();
    },
    secrets: createSecretChecker({ atOnce: 2, waiting: 8 }),
    key: new Uint8Array(32),
    now: () => clock,
    monotonic: () => clock,
    offlineMs: 24 * hour,
  });
const alice = { login: "SCHOOL\\Alice", password: "horse", address: "192.0.2.7" };

beforeEach(() => {
  db = openDatabase({ path: ":memory:", migrations: providerMigrations });
  asked = 0;
  says = yes;
});
afterEach(() => db.close());

describe("a password", () => {
  it("is asked of the server once by many connections, and then remembered for some minutes", async () => {
    const check = started();
    await Promise.all([check(alice), check(alice), check(alice)]);
    expect(await check({ ...alice, login: "alice" })).toEqual({ kind: "right", login: "alice" });
    expect(asked).toBe(1);
    clock += 6 * 60_000;
    await check(alice);
    expect(asked).toBe(2);
  });

  it("that was right is good while the server is away, for its lifetime", async () => {
    await started()(alice);
    says = away;
    clock += 23 * hour;
    expect(await started()(alice)).toEqual({ kind: "right", login: "alice" });
    expect(await started()({ ...alice, password: "donkey" })).toEqual({ kind: "wrong" });
    expect(await started()({ ...alice, login: "bob" })).toEqual({ kind: "away" });
    clock += 2 * hour;
    expect(await started()(alice)).toEqual({ kind: "away" });
    forgetOldPeople(db, { passwords: clock - 24 * hour, names: clock - 30 * 24 * hour });
    clock -= 20 * hour;
    expect(await started()(alice)).toEqual({ kind: "away" });
  });

  it("is counted while the server is away before it is checked, for a person at an address", async () => {
    await started()(alice);
    says = away;
    for (const password of ["a", "b", "c"])
      expect(await started()({ ...alice, password })).toEqual({ kind: "wrong" });
    expect(await started()(alice)).toMatchObject({ kind: "slow-down" });
    const elsewhere = { ...alice, address: "192.0.2.8" };
    expect(await started()(elsewhere)).toEqual({ kind: "right", login: "alice" });
    clock += 6_000;
    expect(await started()(alice)).toEqual({ kind: "right", login: "alice" });
  });

  it("that the server takes no longer is not taken while it is away either", async () => {
    await started()(alice);
    says = no;
    expect(await started()({ ...alice, password: "a slip" })).toEqual({ kind: "wrong" });
    says = away;
    expect(await started()(alice)).toMatchObject({ kind: "right" });
    says = no;
    expect(await started()(alice)).toEqual({ kind: "wrong" });
    says = away;
    expect(await started()(alice)).toEqual({ kind: "away" });
  });

  it("of one address takes at most some places, so that the others are checked", async () => {
    let letGo = (): void => undefined;
    const gate = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    says = () => gate.then(yes);
    const check = started();
    const many = Array.from({ length: 20 }, (_, n) => check({ ...alice, password: `guess ${n}` }));
    const other = check({ ...alice, address: "192.0.2.8" });
    letGo();
    const verdicts = await Promise.all(many);
    expect(verdicts.filter(({ kind }) => kind === "refused")).toHaveLength(12);
    expect(await other).toMatchObject({ kind: "right" });
  });
});

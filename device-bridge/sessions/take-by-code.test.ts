import { beforeEach, expect, it } from "vitest";
import type { Link } from "../../link/client.ts";
import type { TakeByCodeReply } from "../../protocol/unclaimed.ts";
import { openDatabase } from "../../storage/open-database.ts";
import { journalMigrations } from "../journal/schema.ts";
import { createTakeByCode } from "./take-by-code.ts";

const job = {
  jobId: "11111111-1111-4111-8111-111111111111",
  revision: 1,
  queue: "guests",
  owner: "alice",
  title: "Poster",
  state: "held",
  submittedAt: "2026-11-21T09:12:00.000Z",
} as const;
const alice = { personId: "22222222-2222-4222-8222-222222222222", login: "alice" };

/** A provider that has one code, or does not answer. */
function provider(id: string, has: string | "away"): { id: string; link: Link } {
  const post = (_path: string, asked: { code: string }): Promise<TakeByCodeReply> => {
    if (has === "away") return Promise.reject(new Error("away"));
    return Promise.resolve(asked.code === has ? { kind: "taken", job } : { kind: "unknown" });
  };
  return { id, link: { post } as unknown as Link };
}

let clock = 0;
let asks: (providers: { id: string; link: Link }[]) => ReturnType<typeof createTakeByCode>;
beforeEach(() => {
  clock = 1_000_000;
  const db = openDatabase({ path: ":memory:", migrations: journalMigrations });
  asks = (providers) => createTakeByCode({ db, providers: () => providers, now: () => clock });
});
const typed = (code: string, terminal = "lobby") => ({ terminal, person: alice, code });

it("a code of one provider is not a wrong one of the others", async () => {
  const ask = asks([provider("one", "11111111"), provider("two", "22222222")]);
  for (let n = 0; n < 5; n += 1)
    expect(await ask(typed("22222222"))).toEqual({ kind: "taken", job: { provider: "two", job } });
});

it("wrong codes slow a person down at that terminal, longer each time, and nobody elsewhere", async () => {
  const ask = asks([provider("one", "11111111")]);
  const kinds: string[] = [];
  for (let n = 0; n < 4; n += 1) kinds.push((await ask(typed("00000000"))).kind);
  expect(kinds).toEqual(["wrong", "wrong", "wrong", "slow-down"]);
  expect(await ask(typed("11111111"))).toEqual({ kind: "slow-down", seconds: 5 });
  expect((await ask(typed("11111111", "hall"))).kind).toBe("taken");
  const other = { ...typed("11111111"), person: { ...alice, personId: "bob" } };
  expect((await ask(other)).kind).toBe("taken");
  clock += 5_000;
  expect((await ask(typed("11111111"))).kind).toBe("taken");
});

it("a right code forgives no wrong ones, so that nobody guesses on with one of their own", async () => {
  const ask = asks([provider("one", "11111111")]);
  const kinds: string[] = [];
  for (const code of ["00000000", "00000001", "11111111", "00000002", "11111111"])
    kinds.push((await ask(typed(code))).kind);
  expect(kinds).toEqual(["wrong", "wrong", "taken", "wrong", "slow-down"]);
  clock += 5_000;
  // Neither does it make anybody wait.
  for (let n = 0; n < 3; n += 1) expect((await ask(typed("11111111"))).kind).toBe("taken");
  expect((await ask(typed("00000003"))).kind).toBe("wrong");
  expect(await ask(typed("11111111"))).toEqual({ kind: "slow-down", seconds: 10 });
});

it("a provider that does not answer costs nobody a try, unless another one looked", async () => {
  const away = asks([provider("one", "away")]);
  for (let n = 0; n < 5; n += 1)
    expect(await away(typed("11111111"))).toEqual({ kind: "unreachable" });
  const half = asks([provider("one", "away"), provider("two", "22222222")]);
  for (let n = 0; n < 3; n += 1) expect((await half(typed("11111111"))).kind).toBe("unreachable");
  expect((await half(typed("11111111"))).kind).toBe("slow-down");
});

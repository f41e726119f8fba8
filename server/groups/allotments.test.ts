import { pino } from "pino";
import { beforeEach, describe, expect, it } from "vitest";
import type { Database } from "../../storage/open-database.ts";
import { alice, bob, openBooks, uuid } from "../books.fixture.ts";
import { moneyAccountOf } from "../ledger/accounts.ts";
import { checkBooks } from "../ledger/check-books.ts";
import { sqliteLedger } from "../ledger/ledger.ts";
import { allotDue } from "./allot-due.ts";
import { addGroup, findGroup, setQuota } from "./group.ts";
import { addMember } from "./members.ts";
import { periodAt, periodsDue, type QuotaPeriod } from "./quota-period.ts";

const log = pino({ level: "silent" });
const at = (text: string): number => new Date(text).getTime();

let db: Database;
let now: number;
beforeEach(() => {
  db = openBooks();
  now = at("2026-11-20T12:00:00");
  addGroup(db, { groupId: uuid("e", 1), name: "Pupils" });
  for (const { personId } of [alice, bob]) addMember(db, { groupId: uuid("e", 1), personId });
});

function quota(period: QuotaPeriod | "NONE", amount: number, most = 0): void {
  const group = findGroup(db, "Pupils");
  if (group === undefined) throw new Error("The group went away.");
  setQuota(db, { group, amount, most, period, now });
}

const due = () => allotDue({ db, ledger: sqliteLedger(db, () => now), log, now: () => now });
const balances = () => [alice, bob].map(({ personId }) => moneyAccountOf(db, personId).balance);
const transfers = () =>
  db.prepare<[], { n: number }>("SELECT count(*) AS n FROM transfer WHERE kind = 'allotment'").get()
    ?.n;

describe("an allotment", () => {
  it("is booked once when a period begins, however often it is asked for", async () => {
    quota("WEEKLY", 5_000);
    expect(await due()).toBe(0);
    now = at("2026-11-22T23:59:00");
    expect(await due()).toBe(0);
    now = at("2026-11-23T00:00:01");
    expect(await due()).toBe(2);
    expect(await due()).toBe(0);
    expect(balances()).toEqual([105_000, 6_000]);
    expect(checkBooks(db).faults).toEqual([]);
  });

  it("is made up for each period that began while the server was off", async () => {
    quota("DAILY", 100);
    now = at("2026-11-23T08:00:00");
    expect(await due()).toBe(6);
    expect(balances()).toEqual([100_300, 1_300]);
    // A clock set wrong by ten years pours out no more than a month of days.
    now = at("2036-11-23T08:00:00");
    expect(await due()).toBe(62);
    now = at("2026-11-24T08:00:00");
    expect(await due()).toBe(0);
  });

  it("brings no balance above its limit, and takes nothing from who has more", async () => {
    quota("DAILY", 800, 2_000);
    now = at("2026-11-23T08:00:00");
    await due();
    expect(balances()).toEqual([100_000, 2_000]);
    expect(transfers()).toBe(6);
  });

  it("goes on where it was stopped: whoever has it does not get it twice", async () => {
    quota("MONTHLY", 1_000);
    now = at("2026-12-01T00:00:05");
    const ledger = sqliteLedger(db, () => now);
    const stopping = new AbortController();
    const once = {
      ...ledger,
      allot: async (all: Parameters<typeof ledger.allot>[0]) => {
        const booked = await ledger.allot(all.slice(0, 1));
        stopping.abort();
        return booked;
      },
    };
    expect(await allotDue({ db, ledger: once, log, now: () => now }, stopping.signal)).toBe(1);
    expect(await due()).toBe(1);
    expect(balances()).toEqual([101_000, 2_000]);
  });

  it("is not lost when a script sets the same quota again, and ends with none", async () => {
    quota("DAILY", 100);
    now = at("2026-11-21T00:00:10");
    quota("DAILY", 200);
    expect(await due()).toBe(2);
    expect(balances()).toEqual([100_200, 1_200]);
    quota("NONE", 0);
    now = at("2026-11-25T00:00:10");
    expect(await due()).toBe(0);
  });
});

describe("periods", () => {
  it("follow each other without a gap, through summer time, leap days and new years", () => {
    const periods: QuotaPeriod[] = ["DAILY", "WEEKLY", "MONTHLY"];
    for (const period of periods) {
      let before = periodAt(period, at("2023-12-31T23:59:59"));
      for (let hour = 0; hour < 24 * 800; hour += 1) {
        const after = periodAt(period, at("2024-01-01T00:00:00") + hour * 3_600_000);
        expect([before, before + 1]).toContain(after);
        before = after;
      }
    }
    const days =
      periodAt("DAILY", at("2025-01-01T12:00")) - periodAt("DAILY", at("2024-01-01T12:00"));
    expect(days).toBe(366);
  });

  it("are due from the one after the last that was booked", () => {
    expect(periodsDue(5, 5)).toEqual([]);
    expect(periodsDue(5, 8)).toEqual([6, 7, 8]);
    expect(periodsDue(9, 8)).toEqual([]);
  });
});

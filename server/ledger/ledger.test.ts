import { beforeEach, describe, expect, it } from "vitest";
import type { JournalFact } from "../../protocol/bridge-server.ts";
import type { Database } from "../../storage/open-database.ts";
import {
  alice,
  bob,
  moneyLeg,
  openBooks,
  reserveRequest,
  settleFact,
  smallSite,
  uncertainFact,
  uuid,
} from "../books.fixture.ts";
import { changePerson, removePerson } from "../people/change-person.ts";
import { bridgeRevision } from "../site/revision.ts";
import { upsertSite } from "../site/upsert-site.ts";
import { moneyAccountOf } from "./accounts.ts";
import { adjustBalance, setBalance } from "./adjust-balance.ts";
import { applyJournal, countTroubles } from "./apply-journal.ts";
import { checkBooks } from "./check-books.ts";
import { setOverdraft, setOverdraftMode } from "./overdraft.ts";
import { reserve } from "./reserve.ts";
import { decideUncertain, decisionsFor, listUncertain } from "./uncertain.ts";

const bridge = "lobby-bridge";
const r = (n: number): string => uuid("e", n);
let db: Database;
let seq: number;
beforeEach(() => {
  db = openBooks();
  seq = 0;
  return () => {
    expect(checkBooks(db)).toMatchObject({ sum: 0, faults: [] });
    db.close();
  };
});

const ask = (request: ReturnType<typeof reserveRequest>) => reserve(db, { bridge, request }, 1);
const journal = (fact: JournalFact) => {
  seq += 1;
  return applyJournal(db, { bridge, batch: { epoch: 1, entries: [{ seq, fact }] } }, 2).effects[0]
    ?.effect;
};
const money = (who: typeof alice) => moneyAccountOf(db, who.personId);
const refused = (reason: string) => ({ kind: "refused", reason });

describe("a reservation", () => {
  it("sets money aside, and what was printed is paid from it once", () => {
    expect(ask(reserveRequest(alice, r(1), 6_000))).toEqual({ kind: "reserved" });
    expect(money(alice)).toMatchObject({ balance: 100_000, reserved: 6_000 });
    expect(journal(settleFact(alice, r(1), 4_000))).toEqual({ did: "applied" });
    expect(money(alice)).toMatchObject({ balance: 96_000, reserved: 0 });
    expect(journal(settleFact(alice, r(1), 4_000))).toEqual({ did: "repeated" });
    expect(money(alice).balance).toBe(96_000);
  });

  it("gives the same answer when it is asked for again, and another one is a conflict", () => {
    ask(reserveRequest(alice, r(1), 6_000));
    expect(ask(reserveRequest(alice, r(1), 6_000))).toEqual({ kind: "reserved" });
    expect(money(alice).reserved).toBe(6_000);
    expect(ask(reserveRequest(alice, r(1), 7_000)).kind).toBe("conflict");
    const other = reserve(db, { bridge: "other", request: reserveRequest(alice, r(1), 6_000) }, 1);
    expect(other.kind).toBe("conflict");
  });

  it("of a restricted person stops at what is available, and stays refused", () => {
    expect(ask(reserveRequest(bob, r(1), 1_001))).toEqual(refused("not-enough-credit"));
    adjustBalance(db, { id: uuid("c", 1), personId: bob.personId, amount: 5_000, comment: "" }, 1);
    expect(ask(reserveRequest(bob, r(1), 1_001))).toEqual(refused("not-enough-credit"));
    expect(ask(reserveRequest(bob, r(2), 6_000))).toEqual({ kind: "reserved" });
    expect(ask(reserveRequest(bob, r(3), 1))).toEqual(refused("not-enough-credit"));
    expect(ask(reserveRequest(bob, r(4), 0))).toEqual({ kind: "reserved" });
  });

  it("may use the overdraft of a restricted person, and whatever an unrestricted one owes", () => {
    const { account } = money(bob);
    setOverdraft(db, { account, overdraft: 500 });
    setOverdraftMode(db, { account, kind: "person", mode: "individual" });
    expect(ask(reserveRequest(bob, r(1), 1_500))).toEqual({ kind: "reserved" });
    expect(ask(reserveRequest(alice, r(2), 5_000_000))).toEqual({ kind: "reserved" });
    expect(journal(settleFact(alice, r(2), 5_000_000))).toEqual({ did: "applied" });
    expect(money(alice).balance).toBe(-4_900_000);
  });

  it("of several legs is made whole or not at all", () => {
    const request = reserveRequest(bob, r(1), 600);
    const twice = { ...request, legs: [moneyLeg(bob, 600), moneyLeg(bob, 600)] };
    expect(ask(twice)).toEqual(refused("not-enough-credit"));
    expect(money(bob).reserved).toBe(0);
    const foreign = { ...request, releaseId: r(2), legs: [moneyLeg(bob, 1), moneyLeg(alice, 1)] };
    expect(ask(foreign).kind).toBe("conflict");
    expect(money(alice).reserved + money(bob).reserved).toBe(0);
  });

  it("reckoned with old prices is refused, and may be asked for again with the new ones", () => {
    const prices = { ...smallSite.prices, standard: { ...smallSite.prices.standard, grey: 700 } };
    expect(upsertSite(db, { ...smallSite, prices })).toEqual({ kind: "changed" });
    expect(ask(reserveRequest(alice, r(1), 500))).toEqual(refused("prices-changed"));
    expect(ask({ ...reserveRequest(alice, r(1), 700), priceVersion: 2 }).kind).toBe("reserved");
  });

  it("is refused to who is disabled, or was removed", () => {
    changePerson(db, alice.personId, { what: "disabled_until", value: 10 });
    expect(ask(reserveRequest(alice, r(1), 1))).toEqual(refused("disabled"));
    expect(reserve(db, { bridge, request: reserveRequest(alice, r(2), 1) }, 10).kind).toBe(
      "reserved",
    );
    removePerson(db, bob.personId, 0);
    expect(ask(reserveRequest(bob, r(3), 1))).toEqual(refused("disabled"));
  });

  it("that comes after the release's end was journalled is refused", () => {
    journal({ kind: "void", releaseId: r(1), personId: alice.personId });
    journal(settleFact(alice, r(2), 500));
    expect(ask(reserveRequest(alice, r(1), 500))).toEqual(refused("ended"));
    expect(ask(reserveRequest(alice, r(2), 500))).toEqual(refused("ended"));
    expect(money(alice)).toMatchObject({ balance: 99_500, reserved: 0 });
  });

  it("too large to be held is refused without harm", () => {
    const most = Number.MAX_SAFE_INTEGER;
    expect(ask(reserveRequest(alice, r(1), most)).kind).toBe("reserved");
    expect(ask(reserveRequest(alice, r(2), 1))).toEqual(refused("not-enough-credit"));
    const two = {
      ...reserveRequest(alice, r(3), 1),
      legs: [moneyLeg(alice, most), moneyLeg(alice, 1)],
    };
    expect(ask(two).kind).toBe("conflict");
  });
});

describe("the end of a release", () => {
  it("posts what came out even if it is more than was reserved, or than a person has", () => {
    ask(reserveRequest(bob, r(1), 1_000));
    expect(journal(settleFact(bob, r(1), 1_200))).toEqual({ did: "applied" });
    expect(money(bob)).toMatchObject({ balance: -200, reserved: 0 });
  });

  it("gives everything back when nothing came out", () => {
    ask(reserveRequest(alice, r(1), 6_000));
    journal({ kind: "void", releaseId: r(1), personId: alice.personId });
    expect(money(alice)).toMatchObject({ balance: 100_000, reserved: 0 });
  });

  it("happens once: what contradicts it moves no money and is kept to be looked at", () => {
    journal(settleFact(alice, r(1), 500));
    const contradiction = { did: "trouble", why: "contradicts-its-end" };
    expect(journal(settleFact(alice, r(1), 600))).toEqual(contradiction);
    expect(journal({ kind: "void", releaseId: r(1), personId: alice.personId })).toEqual(
      contradiction,
    );
    expect(journal(uncertainFact(alice, r(1), 500))).toEqual(contradiction);
    expect(journal(settleFact(bob, r(1), 500))).toEqual({
      did: "trouble",
      why: "of-another-release",
    });
    expect(money(alice).balance).toBe(99_500);
    expect(countTroubles(db)).toBe(4);
  });

  it("charges the suspense account where the account named is not the person's", () => {
    const fact = { ...settleFact(alice, r(1), 500), legs: [moneyLeg(bob, 500)] };
    expect(journal(fact)).toEqual({ did: "applied" });
    expect(money(bob).balance).toBe(1_000);
    expect(
      db.prepare("SELECT balance FROM account WHERE account = 'suspense:money'").get(),
    ).toEqual({ balance: -500 });
  });

  it("is still paid by a person who was removed meanwhile", () => {
    ask(reserveRequest(alice, r(1), 500));
    removePerson(db, alice.personId, 0);
    expect(journal(settleFact(alice, r(1), 500))).toEqual({ did: "applied" });
    expect(money(alice).balance).toBe(99_500);
  });

  it("that no account can hold does not stop what comes behind it", () => {
    const most = Number.MAX_SAFE_INTEGER;
    expect(journal(settleFact(alice, r(1), most))).toMatchObject({ did: "applied" });
    expect(journal(settleFact(alice, r(2), most))).toEqual({ did: "trouble", why: "too-much" });
    expect(journal({ kind: "void", releaseId: r(3), personId: alice.personId })).toEqual({
      did: "applied",
    });
  });
});

describe("an uncertain release", () => {
  it("gives the money back and waits for a person, whose decision the bridge carries out", () => {
    ask(reserveRequest(alice, r(1), 2_000));
    journal(uncertainFact(alice, r(1), 2_000));
    expect(money(alice)).toMatchObject({ balance: 100_000, reserved: 0 });
    expect(listUncertain(db)).toMatchObject([
      { releaseId: r(1), person: "alice", price: 2_000, wanted: 4, decision: null },
    ]);
    expect(decisionsFor(db, bridge)).toEqual([]);

    const before = bridgeRevision(db, bridge);
    const decision = { releaseId: r(1), decision: "printed" as const, impressions: 2 };
    expect(decideUncertain(db, decision)).toEqual({ kind: "decided", bridge });
    expect(decideUncertain(db, decision)).toEqual({ kind: "decided", bridge });
    expect(bridgeRevision(db, bridge)).toBe(before + 1);
    expect(decisionsFor(db, bridge)).toEqual([decision]);
    expect(decisionsFor(db, "other")).toEqual([]);

    const personId = alice.personId;
    const legs = [moneyLeg(alice, 1_000)];
    journal({ kind: "decided", releaseId: r(1), personId, decision: "printed", legs });
    expect(money(alice).balance).toBe(99_000);
    expect(decisionsFor(db, bridge)).toEqual([]);
    expect(listUncertain(db)).toEqual([]);
  });

  it("is decided once, and within what can have come out", () => {
    journal({ ...uncertainFact(alice, r(1), 2_000), atLeast: 1 } as JournalFact);
    const decide = (impressions: number) =>
      decideUncertain(db, { releaseId: r(1), decision: "printed", impressions }).kind;
    expect(decide(5)).toBe("conflict");
    expect(decide(0)).toBe("conflict");
    expect(decideUncertain(db, { releaseId: r(1), decision: "not-printed" }).kind).toBe("decided");
    expect(decide(1)).toBe("conflict");
    expect(decideUncertain(db, { releaseId: r(9), decision: "not-printed" }).kind).toBe("unknown");
  });

  it("cannot be carried out without having been uncertain", () => {
    const personId = alice.personId;
    const fact: JournalFact = {
      kind: "decided",
      releaseId: r(1),
      personId,
      decision: "printed",
      legs: [moneyLeg(alice, 1_000)],
    };
    expect(journal(fact)).toMatchObject({ did: "trouble" });
    expect(money(alice).balance).toBe(100_000);
  });
});

describe("a booking by hand", () => {
  it("is made once under its id", () => {
    const booking = {
      id: uuid("c", 1),
      personId: alice.personId,
      amount: -500,
      comment: "correction",
    };
    expect(adjustBalance(db, booking, 1)).toEqual({ kind: "done", balance: 99_500 });
    expect(adjustBalance(db, booking, 1)).toEqual({ kind: "done", balance: 99_500 });
    expect(adjustBalance(db, { ...booking, amount: 500 }, 1).kind).toBe("conflict");
    expect(adjustBalance(db, { ...booking, personId: bob.personId }, 1).kind).toBe("conflict");
  });

  it("can be made to depend on what is available, reserved money not counted", () => {
    ask(reserveRequest(bob, r(1), 600));
    const take = (n: number, amount: number, leaveAtLeast = 0) =>
      adjustBalance(
        db,
        { id: uuid("c", n), personId: bob.personId, amount, comment: "", leaveAtLeast },
        1,
      ).kind;
    expect(take(1, -500)).toBe("not-available");
    expect(take(2, -300, 200)).toBe("not-available");
    expect(take(3, -300, 100)).toBe("done");
  });

  it("sets a balance by the difference", () => {
    const to = (n: number, balance: number) =>
      setBalance(db, { id: uuid("c", n), personId: bob.personId, balance, comment: "" }, 1);
    expect(to(1, -50)).toEqual({ kind: "done", balance: -50 });
    expect(to(2, Number.MAX_SAFE_INTEGER).kind).toBe("conflict");
  });
});

describe("the books", () => {
  it("cannot be changed or thinned out afterwards, whoever asks", () => {
    for (const sql of [
      "UPDATE entry SET amount = 1",
      "DELETE FROM entry",
      "UPDATE transfer SET comment = 'x'",
      "DELETE FROM transfer",
    ])
      expect(() => db.exec(sql)).toThrow(/never/);
  });

  it("name what does not agree", () => {
    const damaged = openBooks();
    damaged.exec("UPDATE account SET balance = balance + 1 WHERE person_id IS NOT NULL");
    damaged.exec("UPDATE account SET reserved = 5 WHERE account = 'revenue:money'");
    damaged.exec(
      `INSERT INTO entry (transfer, account, amount, balance_after)
       VALUES ('booking:${alice.personId}', '${bob.account}', 7, 7)`,
    );
    const { faults, sentence, sum } = checkBooks(damaged);
    expect(sum).toBe(7);
    expect(faults.length).toBeGreaterThanOrEqual(4);
    expect(sentence).toContain("NOT sound");
    damaged.close();
  });
});

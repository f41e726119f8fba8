import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import type { JournalBatch, JournalFact } from "../../protocol/bridge-server.ts";
import {
  alice,
  bob,
  moneyLeg,
  openBooks,
  reserveRequest,
  settleFact,
  uncertainFact,
  uuid,
} from "../books.fixture.ts";
import { moneyAccountOf } from "./accounts.ts";
import { applyJournal } from "./apply-journal.ts";
import { checkBooks } from "./check-books.ts";
import { reserve } from "./reserve.ts";

const soak = process.env.GUICHET_SOAK === "1";
const patience = { timeout: soak ? 3_600_000 : 60_000 };
const bridge = "lobby-bridge";
const r = (n: number): string => uuid("e", n);
const batch = (facts: JournalFact[], from = 1, epoch = 1): JournalBatch => ({
  epoch,
  entries: facts.map((fact, i) => ({ seq: from + i, fact })),
});

describe("a bridge's journal", () => {
  it("is applied in its order, up to the first gap", () => {
    const db = openBooks();
    const take = (taken: JournalBatch) => applyJournal(db, { bridge, batch: taken }, 1).applied;
    const facts = [1, 2, 3].map((n) => settleFact(alice, r(n), 1_000));
    expect(take(batch(facts.slice(1), 2))).toBe(0);
    expect(take(batch(facts.slice(0, 1)))).toBe(1);
    expect(take(batch(facts))).toBe(3);
    expect(take(batch(facts))).toBe(3);
    expect(take(batch([settleFact(alice, r(4), 1_000)], 9))).toBe(3);
    expect(moneyAccountOf(db, alice.personId).balance).toBe(97_000);
    db.close();
  });

  it("is counted apart for each bridge and each epoch", () => {
    const db = openBooks();
    const taken = batch([settleFact(alice, r(1), 1_000)]);
    applyJournal(db, { bridge, batch: taken }, 1);
    const again = { ...taken, epoch: 2 };
    expect(applyJournal(db, { bridge, batch: again }, 1)).toMatchObject({
      applied: 1,
      effects: [{ effect: { did: "repeated" } }],
    });
    const other = batch([settleFact(bob, r(2), 100)]);
    expect(applyJournal(db, { bridge: "other", batch: other }, 1).applied).toBe(1);
    expect(moneyAccountOf(db, alice.personId).balance).toBe(99_000);
    db.close();
  });

  it("whose numbers are used again for other facts is noticed, and moves nothing", () => {
    const db = openBooks();
    applyJournal(db, { bridge, batch: batch([settleFact(alice, r(1), 1_000)]) }, 1);
    const forked = batch([settleFact(alice, r(2), 1_000)]);
    for (let time = 0; time < 2; time += 1)
      expect(applyJournal(db, { bridge, batch: forked }, 1)).toMatchObject({
        applied: 1,
        effects: [{ effect: { did: "trouble", why: "number-used-before" } }],
      });
    expect(moneyAccountOf(db, alice.personId).balance).toBe(99_000);
    expect(db.prepare("SELECT count(*) AS n FROM journal_trouble").get()).toEqual({ n: 1 });
    db.close();
  });
});

type Plan = { who: 0 | 1; asked: number; end: "settle" | "void" | "uncertain"; cost: number };
type Step = { do: "reserve"; release: number } | { do: "deliver"; from: number; count: number };

const anyPlan: fc.Arbitrary<Plan> = fc.record({
  who: fc.constantFrom<0 | 1>(0, 1),
  asked: fc.integer({ min: 0, max: 900 }),
  end: fc.constantFrom("settle", "void", "uncertain"),
  cost: fc.integer({ min: 0, max: 1_200 }),
});
const anyStep = (releases: number): fc.Arbitrary<Step> =>
  fc.oneof(
    fc.record({ do: fc.constant("reserve" as const), release: fc.nat(releases - 1) }),
    fc.record({
      do: fc.constant("deliver" as const),
      from: fc.nat(releases - 1),
      count: fc.integer({ min: 1, max: releases }),
    }),
  );
const anyHistory = fc.array(anyPlan, { minLength: 1, maxLength: 8 }).chain((plans) =>
  fc.record({
    plans: fc.constant(plans),
    steps: fc.array(anyStep(plans.length), { maxLength: 40 }),
  }),
);

describe("whatever is lost, doubled, late or out of order", () => {
  // One database, put back after each history: making a new one takes longer than most histories.
  const db = openBooks();
  afterAll(() => {
    db.close();
  });

  it("every release is paid once for what came out, and the books are sound", patience, () => {
    fc.assert(
      fc.property(anyHistory, ({ plans, steps }) => {
        if (db.inTransaction) db.exec("ROLLBACK");
        db.exec("BEGIN");
        const people = [alice, bob] as const;
        const outbox = plans.map((plan, n) => factOf(plan, n));
        const asked = new Map<number, string>();
        let delivered = 0;
        for (const step of steps) {
          if (step.do === "deliver") {
            const facts = outbox.slice(step.from, step.from + step.count);
            if (step.from <= delivered) delivered = Math.max(delivered, step.from + facts.length);
            const result = applyJournal(db, { bridge, batch: batch(facts, step.from + 1) }, 1);
            expect(result.applied).toBe(delivered);
          } else {
            const plan = plans[step.release];
            if (plan === undefined) throw new Error("no such release");
            const request = reserveRequest(people[plan.who], r(step.release), plan.asked);
            const reply = JSON.stringify(reserve(db, { bridge, request }, 1));
            if (step.release < delivered) expect(reply).toContain("ended");
            else expect(reply).toBe(asked.get(step.release) ?? reply);
            asked.set(step.release, reply);
          }
        }
        applyJournal(db, { bridge, batch: batch(outbox) }, 1);
        for (const [who, person] of people.entries()) {
          const paid = plans
            .filter((plan) => plan.who === who && plan.end === "settle")
            .reduce((sum, plan) => sum + plan.cost, 0);
          expect(moneyAccountOf(db, person.personId)).toMatchObject({
            balance: (who === 0 ? 100_000 : 1_000) - paid,
            reserved: 0,
          });
        }
        const uncertain = plans.filter(({ end }) => end === "uncertain").length;
        expect(checkBooks(db)).toMatchObject({
          sum: 0,
          faults: [],
          openReservations: 0,
          uncertain,
        });
        db.exec("ROLLBACK");
      }),
      { seed: 5, numRuns: soak ? 20_000 : 200 },
    );
  });

  it("a restricted person never has more reserved than there is", patience, () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 700 }), { maxLength: 12 }), (amounts) => {
        if (db.inTransaction) db.exec("ROLLBACK");
        db.exec("BEGIN");
        for (const [n, amount] of amounts.entries()) {
          reserve(db, { bridge, request: reserveRequest(bob, r(n), amount) }, 1);
          const { balance, reserved } = moneyAccountOf(db, bob.personId);
          expect(reserved).toBeLessThanOrEqual(balance);
        }
        db.exec("ROLLBACK");
      }),
      { seed: 6, numRuns: soak ? 5_000 : 60 },
    );
  });
});

function factOf(plan: Plan, n: number): JournalFact {
  const who = plan.who === 0 ? alice : bob;
  switch (plan.end) {
    case "settle":
      return settleFact(who, r(n), plan.cost);
    case "void":
      return { kind: "void", releaseId: r(n), personId: who.personId };
    case "uncertain":
      return {
        ...uncertainFact(who, r(n), plan.cost),
        legs: [moneyLeg(who, plan.cost)],
      } as JournalFact;
  }
}

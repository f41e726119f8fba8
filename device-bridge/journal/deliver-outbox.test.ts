import { afterEach, beforeEach, expect, it } from "vitest";
import type { JournalBatch, JournalFact } from "../../protocol/bridge-server.ts";
import { type Database, openDatabase } from "../../storage/open-database.ts";
import { type Delivery, deliverOutbox } from "./deliver-outbox.ts";
import { createOutbox, type Outbox } from "./outbox.ts";
import { journalMigrations } from "./schema.ts";

let db: Database;
let outbox: Outbox;
let delivery: Delivery | undefined;
beforeEach(() => {
  db = openDatabase({ path: ":memory:", migrations: journalMigrations });
  outbox = createOutbox({ db, now: () => 1_700_000_000_000 });
});
afterEach(async () => {
  await delivery?.close();
  db.close();
});

function facts(count: number): JournalFact[] {
  return Array.from({ length: count }, (_, index) => ({
    kind: "void",
    releaseId: `aaaaaaaa-0000-4000-8000-${String(index).padStart(12, "0")}`,
    personId: "cccccccc-0000-4000-8000-000000000001",
  }));
}

/** Delivers to a server that answers each try as told, then always well, until nothing waits. */
async function deliver(server: ((batch: JournalBatch) => number)[]) {
  const taken: number[] = [];
  const waits: number[] = [];
  const left = [...server];
  const { promise: empty, resolve } = Promise.withResolvers<void>();
  delivery = deliverOutbox({
    outbox,
    send: (batch) => {
      const answer = left.shift() ?? (({ entries }) => entries.at(-1)?.seq ?? 0);
      const applied = answer(batch);
      taken.push(...batch.entries.map(({ seq }) => seq).filter((seq) => seq <= applied));
      return Promise.resolve({ applied });
    },
    random: () => 0,
    wait: (ms) => {
      waits.push(ms);
      return Promise.resolve();
    },
    onDelivered: () => {
      if (outbox.waiting() === 0) resolve();
    },
    onTrouble: () => undefined,
  });
  delivery.wake();
  await empty;
  return { taken, waits };
}

const fails = (): number => {
  throw new Error("away");
};

it("tells everything in order, in batches", async () => {
  outbox.append(facts(450));
  const { taken } = await deliver([]);
  expect(taken).toEqual(Array.from({ length: 450 }, (_, index) => index + 1));
});

it("tries for as long as it takes, slower and slower, and then goes on at once", async () => {
  outbox.append(facts(3));
  const { taken, waits } = await deliver([fails, fails, fails, () => 0, () => 1]);
  expect(taken).toEqual([1, 2, 3]);
  expect(waits).toEqual([250, 500, 1_000, 2_000]);
});

it("tells what came while it was telling", async () => {
  outbox.append(facts(1));
  let more = true;
  const { taken } = await deliver([
    ({ entries }) => {
      if (more) outbox.append(facts(1));
      more = false;
      return entries.at(-1)?.seq ?? 0;
    },
  ]);
  expect(taken).toEqual([1, 2]);
});

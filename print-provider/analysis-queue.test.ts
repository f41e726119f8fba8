import { pino } from "pino";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { openDatabase } from "../storage/open-database.ts";
import { createAnalysisQueue } from "./analysis-queue.ts";
import { createChanges } from "./changes.ts";
import { createBatch } from "./database/batch.ts";
import { providerMigrations } from "./database/migrations.ts";
import { addJob } from "./jobs/take-in.ts";
import { createMetrics } from "./metrics.ts";
import { plainTicket } from "./ticket/ticket.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A queue whose analyses are only noted, by the job, and never end. */
function startQueue() {
  const db = openDatabase({ path: ":memory:", migrations: providerMigrations });
  db.exec("INSERT INTO provider (one, uuid, first_start) VALUES (1, 'it', 0)");
  const begun: string[] = [];
  const unused = () => {
    throw new Error("not a part of this test");
  };
  const queue = createAnalysisQueue(
    {
      db,
      batch: createBatch(db),
      spool: {
        storeShort: unused,
        store: unused,
        open: unused,
        remove: unused,
        sweep: unused,
        access: ({ document }) => {
          begun.push(document.jobId);
          throw new Error("cannot be read now");
        },
      },
      analyse: unused,
      changes: createChanges(),
      metrics: createMetrics(),
      log: pino({ level: "silent" }),
      now: () => 0,
      removeFile: unused,
    },
    2,
  );
  const take = (id: string): void => {
    addJob(db, {
      id,
      queue: "find-me",
      owner: "alice",
      title: "it",
      ticket: plainTicket,
      onHold: false,
      now: 0,
      expiresAt: 1,
      document: { format: "application/pdf", bytes: 1, wrappedKey: Buffer.alloc(1) },
    });
    queue.add(id);
  };
  return { queue, begun, take };
}

it("counts a document soon after it came, and several that came together in their order", async () => {
  const { queue, begun, take } = startQueue();
  take("one");
  take("two");
  take("three");
  expect(begun).toEqual([]);
  await vi.advanceTimersByTimeAsync(50);
  expect(begun).toEqual(["one", "two", "three"]);
  expect(queue.waiting()).toBe(0);
});

it("lets those who send one document after the other go first, but not for ever", async () => {
  const { begun, take } = startQueue();
  for (let ms = 0; ms < 1_900; ms += 10) {
    take(`at-${ms}`);
    await vi.advanceTimersByTimeAsync(10);
  }
  expect(begun).toEqual([]);
  for (let ms = 1_900; ms < 2_100; ms += 10) {
    take(`at-${ms}`);
    await vi.advanceTimersByTimeAsync(10);
  }
  expect(begun.slice(0, 2)).toEqual(["at-0", "at-10"]);
});

it("begins nothing more once it is closed", async () => {
  const { queue, begun, take } = startQueue();
  take("late");
  queue.close();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(begun).toEqual([]);
});

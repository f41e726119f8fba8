import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { JobsPush } from "../../protocol/provider-server.ts";
import { type Database, openDatabase } from "../../storage/open-database.ts";
import { providerMigrations } from "../database/migrations.ts";
import { ensureSelf, readRevisions } from "../database/provider-row.ts";
import { cancelJob, forgetOldJobs } from "../jobs/end-jobs.ts";
import { addJob } from "../jobs/take-in.ts";
import { plainTicket } from "../ticket/ticket.ts";
import { nextPush, tellAllAfter } from "./job-pushes.ts";

let db: Database;
beforeEach(() => {
  db = openDatabase({ path: ":memory:", migrations: providerMigrations });
  ensureSelf(db, { uuid: idOf(0), now: 1 });
});
afterEach(() => db.close());

const idOf = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;

function add(number: number): void {
  addJob(db, {
    id: idOf(number),
    queue: "find-me",
    owner: "alice",
    title: "",
    ticket: plainTicket,
    onHold: false,
    now: 1000,
    expiresAt: 2000,
  });
}

/** All that a server which has the changes up to `after` is told, step by step. */
function tellAll(after: number): JobsPush[] {
  const pushes: JobsPush[] = [];
  for (let push = nextPush(db, after); push !== undefined; push = nextPush(db, push.upTo)) {
    expect(push.upTo).toBeGreaterThan(push.after);
    pushes.push(push);
  }
  return pushes;
}

describe("what the server is told of jobs", () => {
  it("is nothing when it knows all", () => {
    add(1);
    const [push] = tellAll(0);
    expect(push).toMatchObject({ after: 0, upTo: readRevisions(db).newest, gone: [] });
    expect(nextPush(db, push?.upTo ?? 0)).toBeUndefined();
  });

  it("is each changed job once, in its newest state", () => {
    add(1);
    const before = readRevisions(db).newest;
    add(2);
    cancelJob(db, { id: idOf(2), ownerKey: "alice", now: 1500 });
    const [push] = tellAll(before);
    expect(push?.jobs.map(({ jobId, state }) => [jobId, state])).toEqual([[idOf(2), "cancelled"]]);
  });

  it("comes in steps of at most 500, the oldest change first, those that are gone among them", () => {
    for (let number = 1; number <= 700; number += 1) add(number);
    for (let number = 1; number <= 600; number += 1)
      cancelJob(db, { id: idOf(number), ownerKey: "alice", now: 1500 });
    expect(forgetOldJobs(db, { before: 1500, most: 600 })).toBe(600);
    const pushes = tellAll(0);
    for (const { jobs, gone } of pushes) expect(jobs.length + gone.length).toBeLessThanOrEqual(500);
    expect(pushes.flatMap(({ gone }) => gone)).toHaveLength(600);
    expect(new Set(pushes.flatMap(({ jobs }) => jobs.map(({ jobId }) => jobId))).size).toBe(100);
  });

  it("is everything, where the server is ahead of this database", () => {
    add(1);
    add(2);
    tellAllAfter(db, 5000);
    const [push] = tellAll(5000);
    expect(push).toMatchObject({ after: 5000, upTo: 5002 });
    expect(push?.jobs.map(({ jobId }) => jobId)).toEqual([idOf(1), idOf(2)]);
  });
});

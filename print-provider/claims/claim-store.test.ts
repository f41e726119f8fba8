import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ClaimRequest } from "../../protocol/bridge-provider.ts";
import type { ProviderSite } from "../../protocol/provider-server.ts";
import { type Database, openDatabase } from "../../storage/open-database.ts";
import { providerMigrations } from "../database/migrations.ts";
import { ensureSelf, readRevisions } from "../database/provider-row.ts";
import { findDocument } from "../jobs/documents.ts";
import { cancelJob, expire } from "../jobs/end-jobs.ts";
import { findJob } from "../jobs/find-jobs.ts";
import { addJob, jobAnalysed } from "../jobs/take-in.ts";
import { plainTicket } from "../ticket/ticket.ts";
import { claim, finish, holdsClaim } from "./claim-store.ts";

const jobId = "11111111-1111-4111-8111-111111111111";
const releaseId = "22222222-2222-4222-8222-222222222222";
const bridge = "lobby";
const site: ProviderSite = {
  revision: 1,
  organisation: "School",
  queues: [
    { name: "find-me", info: "", kind: "virtual", provider: "p", devices: [], holdHours: 1 },
    { name: "corner", info: "", kind: "secure", provider: "p", devices: ["mfp"], holdHours: 1 },
  ],
  deviceBridges: { mfp: "lobby", other: "lobby", far: "hall" },
};
const request: ClaimRequest = { jobId, releaseId, attempt: 1, device: "mfp", owner: "alice" };
const hour = 3_600_000;

let db: Database;
beforeEach(() => {
  db = openDatabase({ path: ":memory:", migrations: providerMigrations });
  ensureSelf(db, { uuid: jobId, now: 1 });
});
afterEach(() => db.close());

function hold(queue = "find-me"): void {
  addJob(db, {
    id: jobId,
    queue,
    owner: "Alice",
    title: "Letter",
    ticket: plainTicket,
    onHold: false,
    now: 1000,
    expiresAt: 1000 + hour,
    document: { format: "application/pdf", bytes: 5, wrappedKey: Buffer.from("key") },
  });
  jobAnalysed(db, jobId, {
    pageRuns: [[2, "grey"]],
    copies: 1,
    sides: "one-sided",
    colourMode: "colour",
    documentFormat: "application/pdf",
    sizeBytes: 5,
  });
}

const ask = (changes: Partial<ClaimRequest> = {}, by = bridge) =>
  claim(db, { request: { ...request, ...changes }, bridge: by, site, now: 2000 });

describe("claims in the database", () => {
  it("give the job with all that sets its price, and tell the server of it", () => {
    hold();
    const before = readRevisions(db).newest;
    expect(ask()).toMatchObject({ kind: "claimed", fence: 1, title: "Letter" });
    expect(findJob(db, jobId)).toMatchObject({ state: "claimed", processingAt: 2000 });
    expect(readRevisions(db).newest).toBeGreaterThan(before);
    const after = readRevisions(db).newest;
    expect(ask()).toMatchObject({ kind: "claimed", fence: 1 });
    expect(readRevisions(db).newest).toBe(after);
  });

  it("keep a job to the devices of its queue, and a device to its bridge", () => {
    hold("corner");
    expect(ask({ device: "other" })).toEqual({ kind: "refused", reason: "wrong-device" });
    const second = { releaseId: jobId, device: "mfp" };
    expect(ask(second, "hall")).toEqual({ kind: "refused", reason: "wrong-device" });
    expect(ask({ attempt: 2 })).toMatchObject({ kind: "claimed" });
  });

  it("erase the document with the commit that says it was printed", () => {
    hold();
    ask();
    const held = { jobId, releaseId, attempt: 1, fence: 1, bridge };
    expect(holdsClaim(db, held)).toBe(true);
    expect(holdsClaim(db, { ...held, fence: 2 })).toBe(false);
    const end = { jobId, releaseId, attempt: 1, fence: 1, outcome: "printed" } as const;
    expect(finish(db, { request: end, bridge, now: 3000 })).toEqual({
      reply: { kind: "done" },
      changed: true,
      erased: true,
    });
    expect(findDocument(db, jobId)).toBeUndefined();
    expect(findJob(db, jobId)).toMatchObject({ state: "printed", endedAt: 3000 });
    expect(holdsClaim(db, held)).toBe(false);
    expect(finish(db, { request: end, bridge, now: 4000 })).toEqual({
      reply: { kind: "done" },
      changed: false,
      erased: false,
    });
    expect(ask()).toEqual({ kind: "refused", reason: "already-printed" });
  });

  it("hold the job again with what came out of it", () => {
    hold();
    ask();
    const partlyPrinted = { printed: 1, wanted: 2 };
    const end = { jobId, releaseId, attempt: 1, fence: 1, outcome: "given-back" } as const;
    finish(db, { request: { ...end, partlyPrinted }, bridge, now: 3000 });
    expect(findJob(db, jobId)).toMatchObject({ state: "held", partlyPrinted });
    expect(findDocument(db, jobId)).toBeDefined();
    expect(ask()).toEqual({ kind: "refused", reason: "stale" });
    expect(ask({ releaseId: jobId })).toMatchObject({ kind: "claimed", fence: 2, partlyPrinted });
  });

  it("keep a claimed or uncertain job from being cancelled, and from expiring", () => {
    hold();
    ask();
    const cancelled = { id: jobId, ownerKey: "alice", now: 3000 };
    expect(cancelJob(db, cancelled)).toBe(false);
    expect(expire(db, { now: 1000 + 2 * hour })).toEqual([]);
    const end = { jobId, releaseId, attempt: 1, fence: 1, outcome: "uncertain" } as const;
    finish(db, { request: end, bridge, now: 3000 });
    expect(expire(db, { now: 1000 + 2 * hour })).toEqual([]);
    finish(db, { request: { ...end, outcome: "given-back" }, bridge, now: 3000 });
    expect(expire(db, { now: 1000 + hour - 1 })).toEqual([]);
    expect(expire(db, { now: 1000 + hour })).toEqual([jobId]);
    expect(findDocument(db, jobId)).toBeUndefined();
    expect(ask({ releaseId: jobId })).toEqual({ kind: "refused", reason: "gone" });
  });

  it("of a job that nobody knows are gone", () => {
    expect(ask()).toEqual({ kind: "refused", reason: "gone" });
  });
});

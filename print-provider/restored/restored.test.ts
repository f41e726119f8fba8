import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Database, openDatabase } from "../../storage/open-database.ts";
import { claim, finish } from "../claims/claim-store.ts";
import { providerMigrations } from "../database/migrations.ts";
import { ensureSelf, readRevisions } from "../database/provider-row.ts";
import { findJob } from "../jobs/find-jobs.ts";
import { addJob, jobAnalysed } from "../jobs/take-in.ts";
import { plainTicket } from "../ticket/ticket.ts";
import { markProviderRestored } from "./mark-restored.ts";
import { claimsOfBridge, takeEnds } from "./recall-claims.ts";

const id = (n: number) => `aaaaaaaa-0000-4000-8000-00000000000${n}`;
const [held, claimed] = [id(1), id(2)];
const [release, other] = [id(8), id(9)];
const site = {
  revision: 1,
  organisation: "",
  queues: [
    {
      name: "find-me",
      info: "",
      kind: "virtual" as const,
      provider: "spool",
      devices: [],
      holdHours: 1,
    },
  ],
  deviceBridges: { copier: "corridor" },
};
let db: Database;

beforeEach(() => {
  db = openDatabase({ path: ":memory:", migrations: providerMigrations });
  ensureSelf(db, { uuid: id(0), now: 0 });
  for (const jobId of [held, claimed]) {
    addJob(db, {
      id: jobId,
      queue: "find-me",
      owner: "alice",
      title: "",
      ticket: plainTicket,
      onHold: false,
      now: 0,
      expiresAt: 1e9,
      document: { format: "application/pdf", bytes: 1, wrappedKey: new Uint8Array(32) },
    });
    jobAnalysed(db, jobId, {
      pageRuns: [[3, "grey"]],
      copies: 1,
      sides: "one-sided",
      colourMode: "grey",
      documentFormat: "application/pdf",
      sizeBytes: 1,
    });
  }
  ask(claimed, release);
});
afterEach(() => db.close());

const ask = (jobId: string, releaseId: string) =>
  claim(db, {
    request: { jobId, releaseId, attempt: 1, device: "copier", owner: "alice" },
    bridge: "corridor",
    site,
    now: 1,
  });
const stateOf = (jobId: string) => findJob(db, jobId)?.state;
const tell = (jobId: string, releaseId: string, outcome: "printed" | "given-back") =>
  takeEnds(db, {
    bridge: "corridor",
    releases: [{ jobId, releaseId, device: "copier", outcome }],
    now: 2,
  }).taken;
const end = (jobId: string, releaseId: string, fence: number) =>
  finish(db, {
    request: { jobId, releaseId, attempt: 1, fence, outcome: "printed" },
    bridge: "corridor",
    now: 2,
  });

describe("a provider that was put back from a copy", () => {
  beforeEach(() => markProviderRestored(db));

  it("keeps what was held, with a mark, and lets nobody claim what was claimed", () => {
    expect(findJob(db, held)).toMatchObject({ state: "held", maybePrinted: true });
    expect(stateOf(claimed)).toBe("uncertain");
    expect(ask(claimed, other)).toEqual({ kind: "refused", reason: "uncertain" });
    expect(ask(held, other).kind).toBe("claimed");
  });

  it("gives no number twice: of jobs, or of revisions that a server has seen", () => {
    expect(readRevisions(db).newest).toBeGreaterThan(1_000_000);
    expect(findJob(db, held)?.revision).toBeGreaterThan(1_000_000);
  });

  it("tells its bridge what that had claimed, and no other", () => {
    expect(claimsOfBridge(db, "corridor")).toMatchObject([
      { jobId: claimed, releaseId: release, state: "uncertain", owner: "alice" },
    ]);
    expect(claimsOfBridge(db, "elsewhere")).toEqual([]);
  });

  it("takes from a bridge what was printed since, once", () => {
    expect(tell(held, other, "printed")).toBe(1);
    expect(tell(claimed, release, "printed")).toBe(1);
    expect([stateOf(held), stateOf(claimed)]).toEqual(["printed", "printed"]);
    expect(tell(held, other, "printed")).toBe(0);
    expect(ask(held, id(7))).toEqual({ kind: "refused", reason: "already-printed" });
  });

  it("takes the end of a claim that it forgot from its holder, who does not know of that", () => {
    expect(end(held, other, 4).reply.kind).toBe("done");
    expect(stateOf(held)).toBe("printed");
    expect(end(claimed, release, 1).reply.kind).toBe("done");
    expect(stateOf(claimed)).toBe("printed");
  });

  it("holds what came back unprinted, and takes nothing from another bridge", () => {
    const releases = [
      { jobId: claimed, releaseId: release, device: "x", outcome: "printed" as const },
    ];
    expect(takeEnds(db, { bridge: "elsewhere", releases, now: 2 }).taken).toBe(0);
    expect(tell(claimed, release, "given-back")).toBe(1);
    expect(stateOf(claimed)).toBe("held");
  });
});

it("a provider that was not put back takes no ends but those of its claims", () => {
  expect(tell(held, other, "printed")).toBe(0);
  expect(end(held, other, 4).reply.kind).toBe("stale");
  expect(stateOf(held)).toBe("held");
});

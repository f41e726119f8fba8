import { readFileSync, statSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Link } from "../link/client.ts";
import { LinkRefused } from "../link/errors.ts";
import { Books, UncertainReleases } from "../protocol/admin.ts";
import {
  BridgeSite,
  IdentifyReply,
  JournalReply,
  ReserveReply,
} from "../protocol/bridge-server.ts";
import { JobsPushReply, ProviderSite } from "../protocol/provider-server.ts";
import { alice, bob, smallSite, uuid } from "./books.fixture.ts";
import { checked, startTestServer, type TestServer } from "./server.fixture.ts";

let site: TestServer;
let bridge: Link;
let provider: Link;
beforeAll(async () => {
  site = await startTestServer();
  bridge = (await site.enrol("bridge", "lobby-bridge")).link;
  provider = (await site.enrol("provider", "spool")).link;
});
afterAll(() => site.close());

const identify = (cardNumber: string, terminal = "lobby") =>
  bridge.post("/api/bridge/identify", { terminal, cardNumber }, IdentifyReply);
const statusOf = async (asked: Promise<unknown>): Promise<number> => {
  try {
    await asked;
  } catch (error) {
    if (error instanceof LinkRefused) return error.status;
    throw error;
  }
  return 200;
};
const known = (reply: IdentifyReply) => {
  if (reply.kind !== "known") throw new Error(JSON.stringify(reply));
  return reply;
};

const job = (n: number, more: object = {}) => ({
  jobId: uuid("f", n),
  revision: n,
  queue: "find-me",
  owner: "alice",
  title: `Document ${n}`,
  state: "held",
  submittedAt: `2026-01-01T10:00:${String(n).padStart(2, "0")}Z`,
  ...more,
});

describe("a site that is served", () => {
  it("tells a bridge who tapped, with what waits for them, newest first", async () => {
    const push = {
      after: 0,
      upTo: 6,
      jobs: [
        job(1),
        job(2, { owner: "LIB\\Alice" }),
        job(3, { owner: "alice@library.test", state: "refused", reason: "It is encrypted." }),
        job(4, { owner: "bob" }),
        job(5, { state: "printed" }),
      ],
      gone: [],
    };
    expect(await provider.post("/api/provider/jobs", push, JobsPushReply)).toEqual({ revision: 6 });
    const reply = known(await identify(alice.card));
    expect(reply.person).toMatchObject({
      login: "alice",
      displayName: "Alice",
      language: "fr",
      restricted: false,
      accounts: [{ unit: "money", available: 100_000, balance: 100_000 }],
    });
    expect(reply.jobs.map((one) => [one.provider, one.job.title, one.job.state])).toEqual([
      ["spool", "Document 3", "refused"],
      ["spool", "Document 2", "held"],
      ["spool", "Document 1", "held"],
    ]);
    const { personId } = reply.person;
    expect(await bridge.post("/api/bridge/person", { personId }, IdentifyReply)).toEqual(reply);
    const login = "LIB\\ALICE";
    expect(await bridge.post("/api/bridge/person-by-login", { login }, IdentifyReply)).toEqual(
      reply,
    );
  });

  it("takes a provider's changes only from the revision that it has", async () => {
    const stale = { after: 3, upTo: 9, jobs: [job(9)], gone: [] };
    expect((await provider.post("/api/provider/jobs", stale, JobsPushReply)).revision).toBe(6);
    const next = {
      after: 6,
      upTo: 8,
      jobs: [job(1, { state: "cancelled" })],
      gone: [job(2).jobId],
    };
    expect((await provider.post("/api/provider/jobs", next, JobsPushReply)).revision).toBe(8);
    expect(known(await identify(alice.card)).jobs.map((one) => one.job.title)).toEqual([
      "Document 3",
    ]);
  });

  it("tells a provider its queues and a bridge all of it, and wakes both when something changes", async () => {
    const first = await provider.get("/api/provider/site", ProviderSite);
    expect(first).toMatchObject({
      queues: [{ name: "find-me" }],
      organisation: "Library",
      deviceBridges: { mfp: "lobby-bridge" },
    });
    const copy = await bridge.get("/api/bridge/site", BridgeSite);
    expect(copy.site.devices).toEqual(smallSite.devices);
    expect(copy.providers.map(({ id, url }) => [id, url])).toEqual([
      ["spool", "http://spool.test:9163"],
    ]);
    const news = bridge.get(`/api/bridge/site?after=${copy.revision}`, BridgeSite);
    await site.enrol("provider", "second-spool");
    const later = await news;
    expect(later.revision).toBeGreaterThan(copy.revision);
    expect(later.providers.map(({ id }) => id)).toEqual(["second-spool", "spool"]);
  });

  it("lets a bridge reserve, settle, and ask a person about what is uncertain", async () => {
    const { person } = known(await identify(alice.card));
    const account = person.accounts[0]?.account ?? "";
    const legs = [{ account, unit: "money", amount: 2_000 }];
    const asked = (n: number) => ({
      releaseId: uuid("e", n),
      personId: person.personId,
      legs,
      priceVersion: 1,
      device: "mfp",
      jobId: uuid("f", n),
    });
    const reserve = (n: number) => bridge.post("/api/bridge/reserve", asked(n), ReserveReply);
    expect(await reserve(1)).toEqual({ kind: "reserved" });
    expect(await reserve(2)).toEqual({ kind: "reserved" });
    const common = { personId: person.personId, device: "mfp", wanted: 4 };
    const entries = [
      {
        seq: 1,
        fact: {
          kind: "settle",
          releaseId: uuid("e", 1),
          ...common,
          legs: [{ account, unit: "money", amount: 1_500 }],
          impressions: 3,
          evidence: "job-counters",
          jobId: uuid("f", 1),
        },
      },
      {
        seq: 2,
        fact: {
          kind: "uncertain",
          releaseId: uuid("e", 2),
          ...common,
          legs,
          atLeast: 1,
          why: "device-gone",
          jobId: uuid("f", 2),
        },
      },
    ];
    const journal = () => bridge.post("/api/bridge/journal", { epoch: 1, entries }, JournalReply);
    expect(await journal()).toEqual({ applied: 2 });
    expect(await journal()).toEqual({ applied: 2 });
    expect(known(await identify(alice.card)).person.accounts[0]).toMatchObject({
      balance: 98_500,
      available: 98_500,
    });

    const { revision } = await bridge.get("/api/bridge/site", BridgeSite);
    const news = bridge.get(`/api/bridge/site?after=${revision}`, BridgeSite);
    const list = await site.admin("GET", "/api/admin/uncertain");
    expect(checked(UncertainReleases, list.body).releases).toMatchObject([
      { person: "alice", device: "mfp", price: 2_000, atLeast: 1, decision: null },
    ]);
    const path = `/api/admin/uncertain/${uuid("e", 2)}`;
    const decided = await site.admin("POST", path, { decision: "printed", impressions: 2 });
    expect(decided.status).toBe(200);
    expect((await news).decisions).toEqual([
      { releaseId: uuid("e", 2), decision: "printed", impressions: 2 },
    ]);
    const books = checked(Books, (await site.admin("GET", "/api/admin/books")).body);
    expect(books).toMatchObject({ sum: 0, openReservations: 0, uncertain: 1 });
  });

  it("refuses a bridge what belongs to another, and a provider what is a bridge's", async () => {
    expect(await statusOf(identify(alice.card, "elsewhere"))).toBe(403);
    const { link } = await site.enrol("bridge", "far-bridge");
    const asked = { terminal: "lobby", cardNumber: alice.card };
    expect(await statusOf(link.post("/api/bridge/identify", asked, IdentifyReply))).toBe(403);
    expect(await statusOf(provider.post("/api/bridge/identify", asked, IdentifyReply))).toBe(403);
    const { status } = await site.call("POST", "/api/bridge/identify", asked);
    expect(status).toBe(401);
  });

  it("answers what is not of the agreed form with a sentence, and changes nothing", async () => {
    const extra = { terminal: "lobby", cardNumber: alice.card, more: 1 };
    expect(await statusOf(bridge.post("/api/bridge/identify", extra, IdentifyReply))).toBe(400);
    const number = { terminal: "lobby", cardNumber: 5 };
    expect(await statusOf(bridge.post("/api/bridge/identify", number, IdentifyReply))).toBe(400);
    const long = { terminal: "lobby", cardNumber: "9".repeat(2_000_000) };
    expect(await statusOf(bridge.post("/api/bridge/identify", long, IdentifyReply))).toBe(413);
    expect((await site.call("GET", "/nowhere")).body).toMatchObject({ error: "not-found" });
  });

  it("slows a terminal that tries unknown cards, and shuts nobody out for it", async () => {
    const other = await startTestServer();
    const { link } = await other.enrol("bridge", "lobby-bridge");
    const tap = (cardNumber: string) =>
      statusOf(link.post("/api/bridge/identify", { terminal: "lobby", cardNumber }, IdentifyReply));
    for (let n = 0; n < 20; n += 1) expect(await tap(`unknown-${n}`)).toBe(200);
    expect(await tap(alice.card)).toBe(200);
    const flood = await Promise.all(Array.from({ length: 12 }, (_, n) => tap(`more-${n}`)));
    expect(flood.filter((status) => status === 429).length).toBeGreaterThanOrEqual(8);
    await other.close();
  });
});

describe("a server that runs", () => {
  it("keeps its tokens and database readable by its owner only", () => {
    for (const name of [
      "admin-token",
      "web-services-token",
      "health-key",
      "site.key",
      "server-key.pem",
      "server.db",
    ])
      expect(statSync(join(site.dataDir, name)).mode & 0o777, name).toBe(0o600);
  });

  it("keeps neither card numbers nor titles nor PINs where they could be read", () => {
    const log = JSON.stringify(site.lines);
    const files = ["server.db", "server.db-wal"]
      .map((name) => readFileSync(join(site.dataDir, name)).toString("latin1"))
      .join("");
    for (const secret of [alice.card, bob.card, "839201746581"]) expect(log).not.toContain(secret);
    for (const secret of [alice.card, bob.card]) expect(files).not.toContain(secret);
    expect(log).not.toContain("Document 3");
  });

  it("says that it lives, and its figures", async () => {
    expect((await site.call("GET", "/healthz")).text).toBe("ok\n");
    const { text } = await site.call("GET", "/metrics");
    expect(text).toContain("guichet_books_sum 0\n");
    expect(text).toContain("guichet_uncertain_open 1\n");
    expect(text).toContain('guichet_releases_total{end="settle"} 1\n');
    expect(text).toMatch(/guichet_silence_seconds\{subject="lobby-bridge"\} \d/);
    expect(text).toMatch(/guichet_request_seconds_count\{route="\/api\/bridge\/identify"/);
    for (const line of text.trimEnd().split("\n"))
      expect(line).toMatch(/^(# (HELP|TYPE) \w+ .+|\w+(\{[^}]*\})? -?[\d.e+-]+)$/);
  });

  it("goes on after a restart with all that it had", async () => {
    const { revision } = await bridge.get("/api/bridge/site", BridgeSite);
    await site.restart();
    const { link } = await site.enrol("bridge", "lobby-bridge");
    expect((await link.get("/api/bridge/site", BridgeSite)).revision).toBe(revision);
    const tapped = await link.post(
      "/api/bridge/identify",
      { terminal: "lobby", cardNumber: alice.card },
      IdentifyReply,
    );
    expect(known(tapped).person.accounts[0]?.balance).toBe(98_500);
  });

  it("refuses who calls it by a foreign name", async () => {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const asked = request(
        new URL("/healthz", site.server.url),
        { headers: { host: "evil.test" } },
        (response) => {
          response.resume();
          resolve(response.statusCode);
        },
      );
      asked.on("error", reject);
      asked.end();
    });
    expect(status).toBe(403);
  });
});

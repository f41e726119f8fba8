import { readdirSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { attribute, integer, keyword, name } from "../ipp/build.ts";
import { operation } from "../ipp/operations.ts";
import { integerOf, stringOf, stringsOf } from "../ipp/read.ts";
import { jobState } from "../ipp/states.ts";
import { status } from "../ipp/status.ts";
import { LinkRefused } from "../link/errors.ts";
import {
  ClaimFinishReply,
  ClaimReply,
  DeleteJobsReply,
  DirectJobs,
  documentHeaders,
} from "../protocol/bridge-provider.ts";
import {
  ask,
  closing,
  jobIdOf,
  jobOf,
  linkForTest,
  pdfFormat,
  pdfOf,
  type ServerForTest,
  siteForTest,
  startProviderForTest,
  startServerForTest,
} from "./provider.fixture.ts";
import { shortBytesMost } from "./spool/spool.ts";
import type { RunningProvider } from "./start-provider.ts";

const close = closing();
let server: ServerForTest;
let provider: RunningProvider & { dataDir: string };
beforeEach(async () => {
  server = await startServerForTest(close);
  provider = await startProviderForTest(close, server);
});
afterEach(() => close.all());

const document = pdfOf(["grey", "colour", "grey"]);
/** The same with a remark in front of its end, which makes it long enough for a file of the spool. */
const longDocument = Buffer.from(
  document.toString("latin1").replace("startxref", `%${"x".repeat(shortBytesMost)}\nstartxref`),
  "latin1",
);
const releaseId = "22222222-2222-4222-8222-222222222222";

const print = (queue = "find-me", user = "alice", pdf = document) =>
  ask(provider, {
    code: operation.printJob,
    queue,
    user,
    operation: [attribute("job-name", name("Letter")), pdfFormat],
    job: [attribute("copies", integer(2)), attribute("print-color-mode", keyword("monochrome"))],
    document: pdf,
  });

async function heldJob(
  queue = "find-me",
  pdf = document,
): Promise<{ jobId: string; number: number }> {
  const number = jobIdOf(await print(queue, "alice", pdf));
  await server.until((jobs) => [...jobs.values()].some(({ state }) => state === "held"));
  const [job] = [...server.jobs.values()].filter(({ state }) => state === "held");
  if (job === undefined) throw new Error("no job is held");
  return { jobId: job.jobId, number };
}

const stateOf = async (number: number, queue = "find-me") => {
  const jobId = attribute("job-id", integer(number));
  return jobOf(
    await ask(provider, { code: operation.getJobAttributes, queue, operation: [jobId] }),
  );
};

describe("a print provider", () => {
  it("holds a job, counts its pages and tells the server all that sets its price", async () => {
    const answer = await print();
    expect(answer.code).toBe(status["successful-ok"]);
    await server.until((jobs) => [...jobs.values()].some(({ state }) => state === "held"));
    expect([...server.jobs.values()]).toEqual([
      expect.objectContaining({
        queue: "find-me",
        owner: "alice",
        title: "Letter",
        state: "held",
        particulars: {
          pageRuns: [
            [1, "grey"],
            [1, "colour"],
            [1, "grey"],
          ],
          copies: 2,
          sides: "one-sided",
          colourMode: "grey",
          documentFormat: "application/pdf",
          sizeBytes: document.length,
        },
      }),
    ]);
    const job = await stateOf(jobIdOf(answer));
    expect(integerOf(job, "job-state")).toBe(jobState.pendingHeld);
    expect(stringsOf(job, "job-state-reasons")).toEqual(["job-held-for-release"]);
    expect(integerOf(job, "job-impressions")).toBe(6);
  });

  it.each([
    ["short", document, 0],
    ["long", longDocument, 1],
  ] as const)(
    "hands a %s document to the holder of the claim, byte for byte, and erases it once printed",
    async (_, document, files) => {
      const spooled = () => readdirSync(join(provider.dataDir, "spool"));
      const { jobId, number } = await heldJob("find-me", document);
      expect(spooled()).toHaveLength(files);
      const bridge = linkForTest(close, { server, provider });
      const claim = { jobId, releaseId, attempt: 1, device: "mfp", owner: "alice" };
      const claimed = await bridge.post("/api/claims", claim, ClaimReply);
      expect(claimed).toMatchObject({ kind: "claimed", fence: 1, title: "Letter" });
      expect(integerOf(await stateOf(number), "job-state")).toBe(jobState.processing);

      const headers = {
        [documentHeaders.release]: releaseId,
        [documentHeaders.attempt]: "1",
        [documentHeaders.fence]: "1",
      };
      const path = `/api/jobs/${jobId}/document`;
      const { length, body } = await bridge.stream(path, headers);
      expect(length).toBe(document.length);
      expect(Buffer.concat(await Readable.from(body).toArray()).equals(document)).toBe(true);
      const other = { ...headers, [documentHeaders.fence]: "2" };
      await expect(bridge.stream(path, other)).rejects.toBeInstanceOf(LinkRefused);

      const finish = { jobId, releaseId, attempt: 1, fence: 1, outcome: "printed" };
      for (const _ of [1, 2])
        expect(await bridge.post("/api/claims/finish", finish, ClaimFinishReply)).toEqual({
          kind: "done",
        });
      await server.until((jobs) => jobs.get(jobId)?.state === "printed");
      const job = await stateOf(number);
      expect(integerOf(job, "job-state")).toBe(jobState.completed);
      expect(integerOf(job, "job-impressions-completed")).toBe(6);
      await expect(bridge.stream(path, headers)).rejects.toBeInstanceOf(LinkRefused);
      await expect.poll(spooled).toEqual([]);
    },
  );

  it("gives no claim to a bridge whose device it is not, nor to a credential that was replaced", async () => {
    const { jobId } = await heldJob();
    const claim = { jobId, releaseId, attempt: 1, device: "mfp", owner: "alice" };
    const hall = linkForTest(close, { server, provider, bridge: "hall" });
    expect(await hall.post("/api/claims", claim, ClaimReply)).toEqual({
      kind: "refused",
      reason: "wrong-device",
    });
    const newer = linkForTest(close, { server, provider, generation: 2 });
    await newer.get("/api/direct?", DirectJobs, { timeoutMs: 100 }).catch(() => undefined);
    const older = linkForTest(close, { server, provider, generation: 1 });
    await expect(older.post("/api/claims", claim, ClaimReply)).rejects.toThrow("newer enrolment");
  });

  it("lets the owner delete held jobs at a terminal, and nobody else", async () => {
    const { jobId, number } = await heldJob();
    const bridge = linkForTest(close, { server, provider });
    const wrong = { owner: "bob", jobIds: [jobId] };
    expect(await bridge.post("/api/jobs/delete", wrong, DeleteJobsReply)).toEqual({
      deleted: [],
      kept: [jobId],
    });
    const right = { owner: "alice", jobIds: [jobId] };
    for (const _ of [1, 2])
      expect(await bridge.post("/api/jobs/delete", right, DeleteJobsReply)).toEqual({
        deleted: [jobId],
        kept: [],
      });
    expect(integerOf(await stateOf(number), "job-state")).toBe(jobState.canceled);
    await server.until((jobs) => jobs.get(jobId)?.state === "cancelled");
  });

  it("tells the bridge of a direct queue's device at once, but not of a job that is kept back", async () => {
    const bridge = linkForTest(close, { server, provider });
    const waiting = bridge.get("/api/direct", DirectJobs, { timeoutMs: 20_000 });
    const answer = await ask(provider, {
      code: operation.printJob,
      queue: "direct",
      operation: [pdfFormat],
      job: [attribute("job-hold-until", keyword("indefinite"))],
      document,
    });
    const number = jobIdOf(answer);
    await server.until((jobs) => [...jobs.values()].some(({ state }) => state === "held"));
    const jobId = attribute("job-id", integer(number));
    const release = { code: operation.releaseJob, queue: "direct", operation: [jobId] };
    expect(integerOf(await stateOf(number, "direct"), "job-state")).toBe(jobState.pendingHeld);
    expect((await ask(provider, release)).code).toBe(status["successful-ok"]);
    expect(await waiting).toEqual({
      jobs: [{ jobId: expect.any(String), owner: "alice", device: "mfp" }],
    });
    expect(integerOf(await stateOf(number, "direct"), "job-state")).toBe(jobState.pending);
    expect((await ask(provider, release)).code).toBe(status["client-error-not-possible"]);
  });

  it("goes on after a restart with all that it held, and serves while the server is away", async () => {
    const { jobId, number } = await heldJob();
    await provider.close();
    const restarted = await startProviderForTest(
      close,
      { ...server, url: "http://127.0.0.1:9" },
      {
        dataDir: provider.dataDir,
      },
    );
    provider = { ...restarted, dataDir: provider.dataDir };
    expect(integerOf(await stateOf(number), "job-state")).toBe(jobState.pendingHeld);
    expect(jobIdOf(await print())).toBeGreaterThan(number);
    const bridge = linkForTest(close, { server, provider });
    const claim = { jobId, releaseId, attempt: 1, device: "mfp", owner: "ALICE" };
    expect(await bridge.post("/api/claims", claim, ClaimReply)).toMatchObject({ kind: "claimed" });
  });

  it("tells a server that was put back to an older copy what it missed, or all where it is ahead", async () => {
    const { jobId } = await heldJob();
    server.forget(0);
    await print("find-me", "bob");
    await server.until((jobs) => jobs.has(jobId) && jobs.size === 2);
    server.forget(9999);
    await print("find-me", "carol");
    await server.until((jobs) => jobs.size === 3);
  });

  it("takes on new queues while it runs, and lets go of those that are no longer its own", async () => {
    const [findMe] = siteForTest.queues;
    if (findMe === undefined) throw new Error("no queue");
    server.setSite({ ...siteForTest, revision: 2, queues: [{ ...findMe, name: "exam" }] });
    const look = { code: operation.getPrinterAttributes, queue: "exam" };
    await expect.poll(async () => (await ask(provider, look)).code).toBe(status["successful-ok"]);
    expect((await print("find-me")).code).toBe(status["client-error-not-found"]);
  });

  it("says how it is, without a name or a title", async () => {
    await heldJob();
    const health = await fetch(`${provider.url}/healthz`);
    expect(await health.json()).toMatchObject({ status: "ok", queues: 2, accepting: true });
    const metrics = await (await fetch(`${provider.url}/metrics`)).text();
    expect(metrics).toContain('guichet_provider_jobs{state="held"} 1');
    expect(metrics).toContain("guichet_provider_jobs_accepted_total 1");
    expect(metrics).not.toMatch(/alice|Letter/);
  });

  it("refuses a document that cannot be counted, in a sentence and as a code", async () => {
    const broken = Buffer.from("%PDF-1.7\nnothing of a PDF follows\n");
    const answer = await ask(provider, {
      code: operation.printJob,
      operation: [pdfFormat],
      document: broken,
    });
    const number = jobIdOf(answer);
    await server.until((jobs) => [...jobs.values()].some(({ state }) => state === "refused"));
    const job = await stateOf(number);
    expect(integerOf(job, "job-state")).toBe(jobState.aborted);
    expect(stringsOf(job, "job-state-reasons")).toContain("aborted-by-system");
    expect(stringOf(job, "job-state-message")).toMatch(/damaged|read|pages/);
    const [told] = [...server.jobs.values()];
    expect(told?.reason).toBe(stringOf(job, "job-state-message"));
    expect(["damaged", "no-pages", "analysis-failed"]).toContain(told?.refusedBecause);
  });
});

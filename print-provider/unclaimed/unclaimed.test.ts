import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { attribute, boolean, integer, keyword } from "../../ipp/build.ts";
import type { IppMessage } from "../../ipp/message.ts";
import { operation } from "../../ipp/operations.ts";
import { groupOf, groupsOf, stringOf } from "../../ipp/read.ts";
import { statusName } from "../../ipp/status.ts";
import { groupTag } from "../../ipp/tags.ts";
import type { Link } from "../../link/client.ts";
import { ClaimReply } from "../../protocol/bridge-provider.ts";
import { TakeByCodeReply } from "../../protocol/unclaimed.ts";
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
} from "../provider.fixture.ts";
import type { RunningProvider } from "../start-provider.ts";

const close = closing();
let server: ServerForTest;
let provider: RunningProvider & { dataDir: string };
let bridge: Link;
let clock = Date.now();

const document = pdfOf(["grey", "colour"]);
const queue = "guests";
const start = (dataDir?: string) =>
  startProviderForTest(close, server, {
    now: () => clock,
    trust: { networks: [] },
    limits: { unclaimedOfSenderMost: 5, unclaimedBytesMost: 100_000 },
    ...(dataDir === undefined ? {} : { dataDir }),
  });

beforeAll(async () => {
  server = await startServerForTest(close);
  const [first] = siteForTest.queues;
  if (first === undefined) throw new Error("The site for tests has no queue.");
  const direct = { ...first, name: "at-once", kind: "direct" as const, devices: ["mfp"] };
  server.setSite({
    ...siteForTest,
    queues: [first, { ...first, name: queue, unclaimed: true }, { ...direct, unclaimed: true }],
  });
  provider = await start();
  bridge = linkForTest(close, { server, provider });
});
afterAll(() => close.all());

const send = (user: string, bytes = document) =>
  ask(provider, { code: operation.printJob, queue, user, operation: [pdfFormat], document: bytes });
const told = (message: IppMessage) => stringOf(jobOf(message), "job-state-message") ?? "";
const codeIn = (sentence: string) => /type (\d{4}) (\d{4})\./.exec(sentence)?.slice(1).join("");
const take = (code: string | undefined, owner: string) =>
  bridge.post("/api/unclaimed/take", { code, owner, terminal: "lobby" }, TakeByCodeReply);
const look = (code: number, user: string, more = [attribute("job-id", integer(0))]) =>
  ask(provider, { code, queue, user, operation: more });

describe("a job of nobody known", () => {
  it("tells its code to whoever sent it, in the job and in the queue, and to nobody else", async () => {
    const sent = await send("chronos");
    const code = codeIn(told(sent));
    expect(code).toMatch(/^\d{8}$/);
    const id = [attribute("job-id", integer(jobIdOf(sent)))];
    expect(codeIn(told(await look(operation.getJobAttributes, "chronos", id)))).toBe(code);
    const all = [attribute("requested-attributes", keyword("all"))];
    const queueSays = async (user: string) =>
      stringOf(
        groupOf(await look(operation.getPrinterAttributes, user, all), groupTag.printer),
        "printer-state-message",
      ) ?? "";
    expect(codeIn(await queueSays("chronos"))).toBe(code);
    expect(await queueSays("another")).toBe("Ready.");
    await expect
      .poll(async () => told(await look(operation.getJobAttributes, "another", id)), {
        timeout: 20_000,
      })
      .toBe("The job waits for its owner's code.");
    for (const job of groupsOf(await look(operation.getJobs, "another", all), groupTag.job))
      expect(stringOf(job, "job-name")).toBeUndefined();
  });

  it("is in no list until somebody takes it with its code, once", async () => {
    const sent = await send("take");
    const code = codeIn(told(sent));
    expect([...server.jobs.values()]).toEqual([]);
    expect(await take("00000000", "alice")).toEqual({ kind: "unknown" });
    const taken = await take(code, "alice");
    expect(taken).toMatchObject({ kind: "taken", job: { owner: "alice", queue } });
    // The answer may have been lost, and is asked for again; another person has it no more.
    expect(await take(code, "ALICE")).toMatchObject({ kind: "taken" });
    expect(await take(code, "bob")).toEqual({ kind: "unknown" });
    await server.until((jobs) => [...jobs.values()].some(({ state }) => state === "held"));
    expect([...server.jobs.values()].map(({ owner }) => owner)).toEqual(["alice"]);
  });

  it("is printed for nobody before", async () => {
    const sent = await send("early");
    const jobId = stringOf(jobOf(sent), "job-uuid")?.slice("urn:uuid:".length);
    const claim = (owner: string) =>
      bridge.post(
        "/api/claims",
        { jobId, releaseId: crypto.randomUUID(), attempt: 1, device: "mfp", owner },
        ClaimReply,
      );
    for (const owner of ["anonymous", "early", "alice"])
      expect(await claim(owner)).toEqual({ kind: "refused", reason: "not-yours" });
    const direct = { code: operation.printJob, queue: "at-once", user: "early", document };
    expect(statusName((await ask(provider, direct)).code)).toBe("client-error-not-authorized");
  });

  it("has the same code after a restart, and is given up sooner than others", async () => {
    const sent = await send("patient");
    const code = codeIn(told(sent));
    const id = [attribute("job-id", integer(jobIdOf(sent)))];
    await provider.close();
    provider = await start(provider.dataDir);
    bridge = linkForTest(close, { server, provider });
    expect(codeIn(told(await look(operation.getJobAttributes, "patient", id)))).toBe(code);
    clock += 9 * 3_600_000;
    await provider.close();
    provider = await start(provider.dataDir);
    bridge = linkForTest(close, { server, provider });
    expect(await take(code, "alice")).toEqual({ kind: "unknown" });
  });

  it("is refused where too many from there wait, whatever names they come under, or where it is long", async () => {
    const long = Buffer.concat([document, Buffer.alloc(200_000)]);
    expect(statusName((await send("long", long)).code)).toBe(
      "client-error-request-entity-too-large",
    );
    for (const user of ["a", "b", "c", "d", "e"])
      expect(statusName((await send(user)).code)).toBe("successful-ok");
    expect(statusName((await send("f")).code)).toBe("server-error-too-many-jobs");
    const mine = [attribute("my-jobs", boolean(true))];
    expect(groupsOf(await look(operation.getJobs, "a", mine), groupTag.job)).toHaveLength(1);
  });
});

import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, expect, test } from "vitest";
import * as ipp from "../ipp/build.ts";
import { operation } from "../ipp/operations.ts";
import { groupOf, integerOf, stringOf, stringsOf } from "../ipp/read.ts";
import { statusName } from "../ipp/status.ts";
import { groupTag } from "../ipp/tags.ts";
import { greyPage, pdfOf, redPage } from "./render/test-pdf.ts";
import { until } from "./server/test-client.ts";
import { createTestSimulators } from "./test-simulators.ts";

const { start, closeAll } = createTestSimulators();
afterEach(closeAll);

const threePages = pdfOf([greyPage, redPage, greyPage]);

test("a document that is sent is in the tray, as GET /paper tells", async () => {
  const { simulator, client } = await start();
  const answer = await client.send(operation.printJob, {
    operation: [
      ipp.attribute("job-name", ipp.name("report.pdf")),
      ipp.attribute("document-format", ipp.mimeMediaType("application/pdf")),
    ],
    job: [ipp.attribute("sides", ipp.keyword("two-sided-long-edge"))],
    document: threePages,
  });
  expect(statusName(answer.code)).toBe("successful-ok");
  await until(() => simulator.paper().length === 3);
  const paper = await (await fetch(`${simulator.url}/paper`)).json();
  expect(paper).toMatchObject([
    { job: 1, jobName: "report.pdf", user: "alice", page: 1, sheet: 1, side: "front", copy: 1 },
    { page: 2, sheet: 1, side: "back", colour: "colour", size: "A4" },
    { page: 3, sheet: 2, side: "front", colour: "grey" },
  ]);
  await fetch(`${simulator.url}/paper`, { method: "DELETE" });
  expect(simulator.paper()).toEqual([]);
  expect(simulator.counter()).toEqual({ colour: 1, grey: 2, sheets: 2 });
});

test("Create-Job and a gzipped Send-Document in pieces make the same", async () => {
  const { simulator, client } = await start();
  const made = groupOf(await client.send(operation.createJob), groupTag.job);
  expect(stringOf(made, "job-uri")).toBe(`${simulator.printerUri}/1`);
  const sent = await client.send(operation.sendDocument, {
    operation: [
      ipp.attribute("job-id", ipp.integer(1)),
      ipp.attribute("last-document", ipp.boolean(true)),
      ipp.attribute("compression", ipp.keyword("gzip")),
    ],
    document: gzipSync(threePages),
  });
  expect(statusName(sent.code)).toBe("successful-ok");
  await until(async () => (await client.job(1)).state === "completed");
  expect(integerOf((await client.job(1)).group, "job-impressions-completed")).toBe(3);
});

test("what cannot be printed aborts the job, and what is too large is refused", async () => {
  const { client } = await start({ documentBytesMax: 5000 });
  await client.print(Buffer.from("neither PDF nor picture"));
  await until(async () => (await client.job(1)).state === "aborted");
  expect(stringsOf((await client.job(1)).group, "job-state-reasons")).toEqual([
    "unsupported-document-format",
  ]);
  const large = await client.print(Buffer.alloc(6000));
  expect(statusName(large.code)).toBe("client-error-request-entity-too-large");
  const bomb = await client.send(operation.printJob, {
    operation: [ipp.attribute("compression", ipp.keyword("gzip"))],
    document: gzipSync(Buffer.alloc(10_000_000)),
  });
  expect(statusName(bomb.code)).toBe("client-error-request-entity-too-large");
});

test("no document is left on the disk when its job is over", async () => {
  const folder = mkdtempSync(join(tmpdir(), "guichet-simulator-test-"));
  const { simulator, client } = await start({ dataDir: folder });
  await client.print(threePages);
  await client.print(Buffer.from("nonsense"));
  await until(() => simulator.paper().length === 3);
  await until(() => readdirSync(join(folder, "documents")).length === 0);
  await closeAll();
  rmSync(folder, { recursive: true });
});

test("faults are listed with a sentence each, and wrong ones are refused in one", async () => {
  const { simulator, client } = await start();
  const faults = (await (await fetch(`${simulator.url}/faults`)).json()) as {
    name: string;
    sentence: string;
  }[];
  expect(faults.map(({ name }) => name)).toContain("reasons-as-warnings");
  expect(faults.every(({ sentence }) => /^[A-Z].*\.$/.test(sentence))).toBe(true);
  const unknown = await client.fault("PUT", "flood");
  expect([unknown.status, await unknown.text()]).toEqual([404, expect.stringContaining("jam")]);
  expect((await client.fault("PUT", "jam", { page: 0 })).status).toBe(400);
  expect((await client.fault("PUT", "jam", { side: 3 })).status).toBe(400);
  const foreign = await fetch(`${simulator.url}/faults/jam`, {
    method: "PUT",
    headers: { origin: "http://elsewhere.invalid" },
  });
  expect(foreign.status).toBe(403);
});

test("messages that are no IPP get a plain refusal, and the device lives on", async () => {
  const { simulator, client } = await start();
  const post = (type: string, body: string) =>
    fetch(`${simulator.url}/ipp/print`, {
      method: "POST",
      headers: { "content-type": type },
      body,
    });
  expect(
    (await post("application/ipp", "\x02\x00\x00\x0b\x00\x00\x00\x01\x01\x47\x00\x00\xff\xfb"))
      .status,
  ).toBe(400);
  expect((await post("text/plain", "hello")).status).toBe(415);
  expect((await client.send(operation.getPrinterAttributes)).code).toBe(0);
});

test("a taken port is told in a sentence", async () => {
  const { simulator } = await start();
  await expect(start({ port: simulator.port })).rejects.toThrow(
    /Port \d+ on 127\.0\.0\.1 is taken/,
  );
});

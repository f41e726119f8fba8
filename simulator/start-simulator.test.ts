import { execFile } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createConnection } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { afterEach, expect, test } from "vitest";
import * as ipp from "../ipp/build.ts";
import { operation } from "../ipp/operations.ts";
import { groupOf, integerOf, stringOf, stringsOf } from "../ipp/read.ts";
import { statusName } from "../ipp/status.ts";
import { groupTag } from "../ipp/tags.ts";
import { greyPage, pdfOf, redPage } from "./render/test-pdf.ts";
import { createTestClient, until } from "./server/test-client.ts";
import { type Simulator, type SimulatorOptions, startSimulator } from "./start-simulator.ts";

type OtherAnswer = Record<string, Record<string, unknown> | undefined>;

/** A client that we did not write, and that has no types. */
const other: {
  Printer: new (
    uri: string,
  ) => {
    execute(
      operation: string,
      message: object,
      done: (error: Error | null, answer: OtherAnswer) => void,
    ): void;
  };
} = createRequire(import.meta.url)("ipp");

const running: Simulator[] = [];
afterEach(async () => {
  for (const simulator of running.splice(0)) await simulator.close();
});

async function start(options: Partial<SimulatorOptions> = {}) {
  const at = { host: "127.0.0.1", port: 0, pagesPerMinute: 0 };
  const simulator = await startSimulator({ ...at, ...options });
  running.push(simulator);
  return { simulator, client: createTestClient(simulator.url) };
}

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
  await simulator.close();
  running.pop();
  rmSync(folder, { recursive: true });
});

test("a connection that breaks in the upload is a broken connection to the client", async () => {
  const { simulator, client } = await start();
  await client.fault("PUT", "connection-dropped", { when: "upload", bytes: 300, times: 1 });
  await expect(client.print(threePages)).rejects.toThrow();
  await until(async () => (await client.job(1)).state === "aborted");
  await client.print(threePages);
  await until(() => simulator.paper().length === 3);
});

test("a connection that breaks before the answer leaves the paper", async () => {
  const { simulator, client } = await start();
  await client.fault("PUT", "connection-dropped", { when: "answer" });
  await expect(client.print(threePages)).rejects.toThrow();
  await until(() => simulator.paper().length === 3);
});

test("a client that goes away in the middle of its document leaves an aborted job", async () => {
  const { simulator, client } = await start();
  await client.send(operation.createJob);
  const socket = createConnection(simulator.port, "127.0.0.1");
  await once(socket, "connect");
  const request = Buffer.from(
    "020000060000000101470012617474726962757465732d6368617273657400057574662d3848001b617474726962757465732d6e61747572616c2d6c616e67756167650002656e",
    "hex",
  );
  const uri = Buffer.from("ipp://x/ipp/print/1");
  const rest = Buffer.concat([
    Buffer.from([0x45, 0, 11]),
    Buffer.from("printer-uri"),
    Buffer.from([0, uri.length]),
    uri,
    Buffer.from([0x22, 0, 13]),
    Buffer.from("last-document"),
    Buffer.from([0, 1, 1, 3]),
  ]);
  socket.write(
    `POST /ipp/print HTTP/1.1\r\nHost: x\r\nContent-Type: application/ipp\r\nContent-Length: 100000\r\n\r\n`,
  );
  socket.write(Buffer.concat([request, rest, threePages]));
  await until(() => simulator.state().jobs[0]?.stage.kind === "receiving");
  socket.destroy();
  await until(async () => (await client.job(1)).state === "aborted");
  expect(stringsOf((await client.job(1)).group, "job-state-reasons")).toEqual([
    "submission-interrupted",
  ]);
});

test("a job that is canceled while its document comes leaves nothing behind", async () => {
  const folder = mkdtempSync(join(tmpdir(), "guichet-simulator-test-"));
  const { simulator, client } = await start({ dataDir: folder });
  let goOn: () => void = () => {};
  const held = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const answer = client.print(
    (async function* () {
      yield threePages.subarray(0, 200);
      await held;
      yield threePages.subarray(200);
    })(),
  );
  await until(() => simulator.state().jobs[0]?.stage.kind === "receiving");
  await client.send(operation.cancelJob, { operation: [ipp.attribute("job-id", ipp.integer(1))] });
  goOn();
  expect(statusName((await answer).code)).toBe("server-error-job-canceled");
  expect(readdirSync(join(folder, "documents"))).toEqual([]);
  expect(simulator.paper()).toEqual([]);
  await simulator.close();
  running.pop();
  rmSync(folder, { recursive: true });
});

test("without power the device is not there, while its page still is", async () => {
  const { simulator, client } = await start();
  await client.fault("PUT", "power-cut");
  await expect(client.send(operation.getPrinterAttributes)).rejects.toThrow();
  expect((await fetch(simulator.url)).status).toBe(200);
  await client.fault("DELETE", "power-cut");
  expect((await client.send(operation.getPrinterAttributes)).code).toBe(0);
});

test("a device that hangs keeps the client waiting until the client gives up", async () => {
  const { client } = await start();
  await client.fault("PUT", "hang");
  const signal = AbortSignal.timeout(300);
  const waiting = client.send(operation.getPrinterAttributes, { signal });
  await expect(waiting).rejects.toThrow(/aborted/);
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

test("a client that we did not write prints and asks for the job", async () => {
  const { simulator } = await start();
  const printer = new other.Printer(simulator.printerUri);
  const execute = (name: string, message: object) =>
    new Promise<OtherAnswer>((resolve, reject) => {
      printer.execute(name, message, (error, answer) =>
        error === null ? resolve(answer) : reject(error),
      );
    });
  const made = await execute("Print-Job", {
    "operation-attributes-tag": {
      "requesting-user-name": "bob",
      "job-name": "by another client",
      "document-format": "application/pdf",
    },
    "job-attributes-tag": { copies: 2 },
    data: threePages,
  });
  expect(made.statusCode).toBe("successful-ok");
  await until(() => simulator.paper().length === 6);
  const job = await execute("Get-Job-Attributes", {
    "operation-attributes-tag": { "job-id": made["job-attributes-tag"]?.["job-id"] },
  });
  expect(job["job-attributes-tag"]).toMatchObject({
    "job-state": "completed",
    "job-name": "by another client",
    "job-impressions-completed": 6,
  });
  expect(simulator.paper()[5]).toMatchObject({ user: "bob", copy: 2, page: 3 });
});

test.runIf(existsSync("/usr/bin/ipptool"))("ipptool's checks of a printer pass", async () => {
  const { simulator } = await start();
  const folder = mkdtempSync(join(tmpdir(), "guichet-ipptool-"));
  const file = join(folder, "document.pdf");
  writeFileSync(file, threePages);
  const checks = ["get-printer-attributes", "print-job", "create-job", "validate-job", "get-jobs"];
  for (const check of checks) {
    const { stdout } = await promisify(execFile)("ipptool", [
      "-t",
      "-f",
      file,
      simulator.printerUri,
      `${check}.test`,
    ]);
    expect(stdout).toContain("[PASS]");
    expect(stdout).not.toContain("[FAIL]");
  }
  await until(() => simulator.paper().length === 6);
  for (const name of ["document-a4.pdf", "document-letter.pdf"]) {
    writeFileSync(join(folder, name), threePages);
  }
  const suite = ["-I", "-R", "-V", "2.0", "-t", "-f", "document-a4.pdf", simulator.printerUri];
  const { stdout } = await promisify(execFile)("ipptool", [...suite, "ipp-2.0.test"], {
    cwd: folder,
  });
  expect(stdout.match(/\[PASS\]/g)?.length).toBeGreaterThanOrEqual(30);
  expect(stdout.split("\n").filter((line) => line.includes("[FAIL]"))).toEqual([]);
  rmSync(folder, { recursive: true });
});

import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createConnection } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import * as ipp from "../ipp/build.ts";
import { operation } from "../ipp/operations.ts";
import { stringsOf } from "../ipp/read.ts";
import { statusName } from "../ipp/status.ts";
import { greyPage, pdfOf, redPage } from "./render/test-pdf.ts";
import { until } from "./server/test-client.ts";
import { createTestSimulators } from "./test-simulators.ts";

const { start, closeAll } = createTestSimulators();
afterEach(closeAll);

const threePages = pdfOf([greyPage, redPage, greyPage]);

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
  await closeAll();
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

import { describe, expect, test } from "vitest";
import { encode } from "../encode.ts";
import { createIppClient } from "./client.ts";
import { type Answer, rawDevice, speaking } from "./device-for-tests.ts";
import { documentOf } from "./document.ts";
import { getPrinterAttributes } from "./printer-operations.ts";
import { createJob, sendDocument } from "./submit.ts";

const pdf = "application/pdf";
const big = documentOf(Buffer.alloc(64 * 1024 * 1024));

describe("a device that cannot be spoken to", () => {
  test("is unreachable when nothing listens, and nothing was sent", async () => {
    const gone = await rawDevice(() => undefined);
    await gone[Symbol.asyncDispose]();
    const client = createIppClient({ uri: gone.uri });
    await expect(getPrinterAttributes(client)).rejects.toMatchObject({
      name: "DeviceUnreachable",
      reason: "refused",
      reached: "nothing",
      message: expect.stringContaining("is the device on?"),
    });
  });

  test("is unreachable when it takes the request and never answers", async () => {
    await using at = await speaking(() => undefined, { timeouts: { headers: 60 } });
    await expect(createJob(at.client, { jobName: "r" })).rejects.toMatchObject({
      reason: "timeout",
      reached: "request",
    });
  });

  test("is unreachable when it stops taking the document", async () => {
    await using at = await rawDevice((socket) => socket.pause());
    const client = createIppClient({ uri: at.uri, timeouts: { idle: 100 } });
    await expect(
      sendDocument(client, { jobId: 1, documentFormat: pdf, document: big }),
    ).rejects.toMatchObject({ reason: "timeout", reached: "document" });
  });

  test("is unreachable when it cuts the connection during the document", async () => {
    await using at = await rawDevice((socket) => {
      let bytes = 0;
      socket.on("data", (chunk) => {
        bytes += chunk.length;
        if (bytes > 100_000) socket.resetAndDestroy();
      });
    });
    const client = createIppClient({ uri: at.uri });
    await expect(
      sendDocument(client, { jobId: 1, documentFormat: pdf, document: big }),
    ).rejects.toMatchObject({ name: "DeviceUnreachable", reason: "cut", reached: "document" });
  });

  test("is unreachable when it cuts its answer short", async () => {
    await using at = await speaking(({ message, response }) => {
      const bytes = encode({ ...message, code: 0 });
      response.writeHead(200, { "content-type": "application/ipp", "content-length": "500" });
      response.write(bytes.subarray(0, 20), () => response.destroy());
    });
    await expect(createJob(at.client, { jobName: "r" })).rejects.toMatchObject({
      reason: "cut",
      reached: "request",
    });
  });

  test("is unreachable when it stops in the middle of its answer", async () => {
    await using at = await speaking(
      ({ message, response }) => {
        response.writeHead(200, { "content-type": "application/ipp" });
        response.write(encode({ ...message, code: 0 }).subarray(0, 20));
      },
      { timeouts: { idle: 60 } },
    );
    await expect(getPrinterAttributes(at.client)).rejects.toMatchObject({ reason: "timeout" });
  });

  test("can be given up on", async () => {
    const giveUp = new AbortController();
    await using at = await speaking(() => giveUp.abort());
    await expect(getPrinterAttributes(at.client, giveUp)).rejects.toMatchObject({
      reason: "aborted",
      reached: "request",
    });
    await expect(getPrinterAttributes(at.client, giveUp)).rejects.toMatchObject({
      reason: "aborted",
      reached: "nothing",
    });
  });
});

describe("a device that answers badly", () => {
  const hostile =
    (hex: string): Answer =>
    ({ response }) => {
      response.setHeader("content-type", "application/ipp");
      response.end(Buffer.from(hex.replaceAll(" ", ""), "hex"));
    };

  test.each([
    ["0200 0000 00000001 01 47 0000 fffb"],
    ["0200 0000 00000001 01 47 0001 61 fffa"],
    ["0200 0000 00000001 01"],
    [""],
  ])("with a malformed or unfinished message is said to", async (bytes) => {
    await using at = await speaking(hostile(bytes));
    await expect(getPrinterAttributes(at.client)).rejects.toMatchObject({
      name: "DeviceAnsweredBadly",
      httpStatus: 200,
    });
  });

  test.each([401, 404, 411, 426, 500, 503])("with HTTP %i is said to", async (httpStatus) => {
    await using at = await speaking(({ response }) => {
      response.writeHead(httpStatus);
      response.end("<html>no</html>");
    });
    await expect(createJob(at.client, { jobName: "r" })).rejects.toMatchObject({
      name: "DeviceAnsweredBadly",
      httpStatus,
      reached: "request",
      message: expect.stringContaining(String(httpStatus)),
    });
  });

  test("with a web page is said to", async () => {
    await using at = await speaking(({ response }) => {
      response.setHeader("content-type", "text/html");
      response.end("<html>Welcome</html>");
    });
    await expect(getPrinterAttributes(at.client)).rejects.toMatchObject({
      name: "DeviceAnsweredBadly",
      message: expect.stringContaining("text/html"),
    });
  });

  test("with something that is not HTTP is said to", async () => {
    await using at = await rawDevice((socket) => socket.end("SSH-2.0-OpenSSH_9.2\r\n"));
    const client = createIppClient({ uri: at.uri });
    await expect(getPrinterAttributes(client)).rejects.toMatchObject({
      name: "DeviceAnsweredBadly",
    });
  });

  test("without end is cut off at the limit", async () => {
    let pushing = true;
    await using at = await speaking(
      ({ response }) => {
        response.writeHead(200, { "content-type": "application/ipp" });
        response.write(Buffer.from("020000000000000101", "hex"));
        const value = Buffer.concat([Buffer.from("3000016103e8", "hex"), Buffer.alloc(1000)]);
        const push = () => {
          while (pushing && response.write(value));
        };
        response.on("drain", push);
        response.on("close", () => {
          pushing = false;
        });
        push();
      },
      { maxAnswerBytes: 50_000 },
    );
    await expect(getPrinterAttributes(at.client)).rejects.toMatchObject({
      name: "DeviceAnsweredBadly",
      message: expect.stringContaining("50000"),
    });
  });
});

import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { describe, expect, test } from "vitest";
import { attribute, group, text } from "../build.ts";
import { encode } from "../encode.ts";
import { status } from "../status.ts";
import { groupTag } from "../tags.ts";
import { createIppClient, type IppClientOptions } from "./client.ts";
import { type Answer, gather, jobGroup, reply, startDevice } from "./device-for-tests.ts";
import { documentOf, type OutgoingDocument } from "./document.ts";
import { DeviceUnreachable } from "./errors.ts";
import { getPrinterAttributes } from "./printer-operations.ts";
import { createJob, sendDocument } from "./submit.ts";

async function speaking(answer: Answer, options: Partial<IppClientOptions> = {}) {
  const device = await startDevice(answer);
  const client = createIppClient({ uri: device.uri, ...options });
  return {
    device,
    client,
    async [Symbol.asyncDispose]() {
      client.close();
      await device[Symbol.asyncDispose]();
    },
  };
}

/** A server that does with each connection what the test says. */
async function rawDevice(onConnection: (socket: Socket) => void) {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    onConnection(socket);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  const uri = `ipp://127.0.0.1:${address.port}/ipp/print`;
  return {
    uri,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

const pdf = "application/pdf";
const small = documentOf(Buffer.from("%PDF-1.7"));
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

describe("a device with odd manners", () => {
  test("may answer without a content type, and with a 100 Continue that nobody asked for", async () => {
    await using at = await speaking((exchange) => {
      exchange.response.writeContinue();
      const { message, response } = exchange;
      response.end(encode({ ...message, code: 0 }));
    });
    expect((await getPrinterAttributes(at.client)).ok).toBe(true);
  });

  test("may leave its answer open; the next request then goes by another connection", async () => {
    await using at = await speaking(({ message, response }) => {
      response.writeHead(200, { "content-type": "application/ipp" });
      response.write(encode({ ...message, code: 0 }));
    });
    expect((await getPrinterAttributes(at.client)).ok).toBe(true);
    expect((await getPrinterAttributes(at.client)).ok).toBe(true);
    expect(at.device.connections()).toBe(2);
  });

  test("may refuse a document before it has taken it", async () => {
    await using at = await speaking((exchange) => reply(exchange, status["server-error-busy"]));
    const outcome = await sendDocument(at.client, { jobId: 1, documentFormat: pdf, document: big });
    expect(outcome).toMatchObject({ ok: false, status: status["server-error-busy"] });
  });

  test("may say yes early, but is believed only once all of the document is sent", async () => {
    let sent = 0;
    const { promise: answered, resolve } = Promise.withResolvers<void>();
    await using at = await speaking(async (exchange) => {
      reply(exchange, 0, [jobGroup(1, 5)]);
      resolve();
      sent = (await gather(exchange.document)).length;
    });
    const document: OutgoingDocument = {
      length: 10,
      async *open() {
        yield Buffer.from("01234");
        await answered;
        yield Buffer.from("56789");
      },
    };
    const outcome = await sendDocument(at.client, { jobId: 1, documentFormat: pdf, document });
    expect(outcome.ok).toBe(true);
    await expect.poll(() => sent).toBe(10);
  });

  test("may close a kept connection at any time; nothing but a document is lost by it", async () => {
    let served = 0;
    await using at = await speaking((exchange) => {
      served += 1;
      // The second request finds the connection closed under it.
      if (served === 2) exchange.request.socket.resetAndDestroy();
      else reply(exchange, 0, [jobGroup(3, 4)]);
    });
    expect((await getPrinterAttributes(at.client)).ok).toBe(true);
    expect(await createJob(at.client, { jobName: "r" })).toMatchObject({ value: { jobId: 3 } });
    expect(served).toBe(3);
  });

  test("that breaks a connection with a document on it gets no second one by itself", async () => {
    let documents = 0;
    await using at = await speaking(async (exchange) => {
      if (exchange.message.code !== 0x0006) return reply(exchange, 0, [jobGroup(3, 4)]);
      documents += 1;
      await gather(exchange.document);
      exchange.request.socket.resetAndDestroy();
    });
    await createJob(at.client, { jobName: "r" });
    const sending = sendDocument(at.client, { jobId: 3, documentFormat: pdf, document: small });
    await expect(sending).rejects.toMatchObject({ reason: "cut", reached: "document" });
    expect(documents).toBe(1);
  });

  test("may say why it refuses, which is cleaned for people", async () => {
    const said = group(groupTag.operation, [
      attribute("status-message", text("Tray\u001b[31m open\r\n")),
    ]);
    await using at = await speaking(({ message, response }) => {
      response.end(encode({ ...message, code: 0x0504, groups: [said] }));
    });
    expect(await getPrinterAttributes(at.client)).toMatchObject({ message: "Tray [31m open" });
  });
});

describe("a document", () => {
  const from = (length: number | undefined, ...chunks: string[]): OutgoingDocument => ({
    length,
    async *open() {
      for (const chunk of chunks) yield await Promise.resolve(Buffer.from(chunk));
    },
  });

  test.each([
    ["of known length is announced", from(8, "%PDF", "-1.7"), true],
    ["of unknown length goes in chunks", from(undefined, "%PDF", "-1.7"), false],
  ])("%s", async (_, document, announced) => {
    let length: string | undefined;
    let sent = "";
    await using at = await speaking(async (exchange) => {
      length = exchange.request.headers["content-length"];
      sent = String(await gather(exchange.document));
      reply(exchange, 0, [jobGroup(1, 5)]);
    });
    expect((await sendDocument(at.client, { jobId: 1, documentFormat: pdf, document })).ok).toBe(
      true,
    );
    expect(sent).toBe("%PDF-1.7");
    expect(length !== undefined).toBe(announced);
  });

  test.each([
    ["is shorter than announced", from(9, "%PDF-1.7")],
    ["is longer than announced", from(7, "%PDF", "-1.7")],
    [
      "cannot be read to its end",
      {
        length: undefined,
        async *open() {
          yield await Promise.resolve(Buffer.from("%PDF"));
          throw new Error("The provider has gone.");
        },
      },
    ],
  ])("that %s is not the device's fault, and never looks whole to it", async (_, document) => {
    const { promise: end, resolve } = Promise.withResolvers<boolean>();
    await using at = await speaking(({ document: sent }) =>
      gather(sent).then(
        () => resolve(true),
        () => resolve(false),
      ),
    );
    await expect(
      sendDocument(at.client, { jobId: 1, documentFormat: pdf, document }),
    ).rejects.toMatchObject({ name: "DocumentUnreadable", reached: "document" });
    expect(await end).toBe(false);
  });

  test("is not opened before there is a connection to send it by, and is told to stop", async () => {
    let opened = 0;
    const gone = await rawDevice(() => undefined);
    await gone[Symbol.asyncDispose]();
    const document: OutgoingDocument = {
      length: undefined,
      async *open(stop) {
        opened += 1;
        yield Buffer.from("%PDF");
        await once(stop, "abort");
      },
    };
    const unconnected = createIppClient({ uri: gone.uri });
    const job = { jobId: 1, documentFormat: pdf, document };
    await expect(sendDocument(unconnected, job)).rejects.toBeInstanceOf(DeviceUnreachable);
    expect(opened).toBe(0);

    const giveUp = new AbortController();
    await using at = await speaking(({ request }) => giveUp.abort(request.url));
    const { signal } = giveUp;
    await expect(sendDocument(at.client, { ...job, signal })).rejects.toMatchObject({
      reason: "aborted",
      reached: "document",
    });
    expect(opened).toBe(1);
  });
});

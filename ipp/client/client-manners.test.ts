import { once } from "node:events";
import { describe, expect, test } from "vitest";
import { attribute, group, text } from "../build.ts";
import { encode } from "../encode.ts";
import { status } from "../status.ts";
import { groupTag } from "../tags.ts";
import { createIppClient } from "./client.ts";
import { gather, jobGroup, rawDevice, reply, speaking } from "./device-for-tests.ts";
import { documentOf, type OutgoingDocument } from "./document.ts";
import { DeviceUnreachable } from "./errors.ts";
import { getPrinterAttributes } from "./printer-operations.ts";
import { createJob, sendDocument } from "./submit.ts";

const pdf = "application/pdf";
const small = documentOf(Buffer.from("%PDF-1.7"));
const big = documentOf(Buffer.alloc(64 * 1024 * 1024));

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

  test("may close a kept connection at any time; a question is asked again", async () => {
    let served = 0;
    await using at = await speaking((exchange) => {
      served += 1;
      // The second request finds the connection closed under it.
      if (served === 2) exchange.request.socket.resetAndDestroy();
      else reply(exchange, 0, [jobGroup(3, 4)]);
    });
    expect((await getPrinterAttributes(at.client)).ok).toBe(true);
    expect((await getPrinterAttributes(at.client)).ok).toBe(true);
    expect(served).toBe(3);
  });

  test("that closes a kept connection at Create-Job may have made the job: it is not asked again", async () => {
    let served = 0;
    await using at = await speaking((exchange) => {
      served += 1;
      if (served === 2) exchange.request.socket.resetAndDestroy();
      else reply(exchange, 0, [jobGroup(3, 4)]);
    });
    expect((await getPrinterAttributes(at.client)).ok).toBe(true);
    await expect(createJob(at.client, { jobName: "r" })).rejects.toMatchObject({ reason: "cut" });
    expect(served).toBe(2);
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

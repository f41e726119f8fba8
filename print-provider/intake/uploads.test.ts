import { once } from "node:events";
import { readdirSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import { deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { attribute, boolean, integer, keyword } from "../../ipp/build.ts";
import { decode } from "../../ipp/decode.ts";
import { operation } from "../../ipp/operations.ts";
import { booleanOf, groupOf, integerOf, stringOf, stringsOf } from "../../ipp/read.ts";
import { jobState } from "../../ipp/states.ts";
import { statusName } from "../../ipp/status.ts";
import { groupTag } from "../../ipp/tags.ts";
import {
  ask,
  closing,
  jobIdOf,
  jobOf,
  pdfFormat,
  pdfOf,
  requestBytes,
  type ServerForTest,
  startProviderForTest,
  startServerForTest,
} from "../provider.fixture.ts";
import { shortBytesMost } from "../spool/spool.ts";
import type { ProviderOptions, RunningProvider } from "../start-provider.ts";

const close = closing();
let server: ServerForTest;
let provider: RunningProvider & { dataDir: string };

const ready = (options: Partial<ProviderOptions>) => startProviderForTest(close, server, options);

const documentBytesMost = 100_000;
beforeAll(async () => {
  server = await startServerForTest(close);
  provider = await ready({ limits: { documentBytesMost, jobsPerOwnerMost: 3 } });
});
afterAll(() => close.all());

const document = pdfOf(["grey", "colour"]);
/** Long enough for a file of the spool. */
const long = Buffer.concat([document, Buffer.alloc(shortBytesMost)]);
const spooled = () => readdirSync(join(provider.dataDir, "spool"));
const last = attribute("last-document", boolean(true));
const jobId = (id: number) => attribute("job-id", integer(id));

async function connected(): Promise<Socket> {
  const socket = connect(provider.port, "127.0.0.1");
  socket.on("error", () => undefined);
  await once(socket, "connect");
  return socket;
}

function head(length: number | "chunked"): string {
  const body = length === "chunked" ? "Transfer-Encoding: chunked" : `Content-Length: ${length}`;
  return `POST /printers/find-me HTTP/1.1\r\nHost: localhost:9163\r\nContent-Type: application/ipp\r\n${body}\r\n\r\n`;
}

/** The status of the IPP answer on a connection. */
async function answered(socket: Socket): Promise<string> {
  let bytes = Buffer.alloc(0);
  for await (const chunk of socket as AsyncIterable<Buffer>) {
    bytes = Buffer.concat([bytes, chunk]);
    const start = bytes.indexOf("\r\n\r\n");
    const answer = decode(bytes.subarray(start + 4));
    if (start > 0 && answer.kind === "complete") return statusName(answer.message.code);
  }
  throw new Error(`No answer: ${bytes.toString("latin1")}`);
}

describe("an upload", () => {
  it("may come a byte at a time, in chunks of any size", async () => {
    const user = "dribble";
    const body = requestBytes({ code: operation.printJob, operation: [pdfFormat], document, user });
    const socket = await connected();
    socket.setNoDelay(true);
    socket.write(head("chunked"));
    for (const byte of body) socket.write(Buffer.from([0x31, 0x0d, 0x0a, byte, 0x0d, 0x0a]));
    socket.write("0\r\n\r\n");
    expect(await answered(socket)).toBe("successful-ok");
    socket.destroy();
  });

  it("that is cut leaves no job and not a byte of it", async () => {
    const before = spooled().length;
    const user = "cut";
    const asked = { code: operation.printJob, operation: [pdfFormat], document: long, user };
    const body = requestBytes(asked);
    const socket = await connected();
    socket.write(head(body.length));
    socket.write(body.subarray(0, body.length - 10));
    await expect.poll(() => spooled().some((file) => file.endsWith(".part"))).toBe(true);
    socket.destroy();
    await expect.poll(() => spooled().length).toBe(before);
    const mine = {
      code: operation.getJobs,
      user,
      operation: [attribute("my-jobs", boolean(true))],
    };
    expect((await ask(provider, mine)).groups).toHaveLength(1);
  });

  it("of a created job that is cut aborts the job and says so", async () => {
    const user = "cut-later";
    const id = jobIdOf(await ask(provider, { code: operation.createJob, user }));
    const operationAttributes = [jobId(id), last, pdfFormat];
    const asked = {
      code: operation.sendDocument,
      user,
      operation: operationAttributes,
      document: long,
    };
    const body = requestBytes(asked);
    const socket = await connected();
    socket.write(head(body.length));
    socket.write(body.subarray(0, body.length - 10));
    await expect.poll(() => spooled().some((file) => file.endsWith(".part"))).toBe(true);
    const busy = await ask(provider, asked);
    expect(statusName(busy.code)).toBe("server-error-busy");
    socket.destroy();
    const look = { code: operation.getJobAttributes, user, operation: [jobId(id)] };
    await expect
      .poll(async () => integerOf(jobOf(await ask(provider, look)), "job-state"))
      .toBe(jobState.aborted);
    expect(stringOf(jobOf(await ask(provider, look)), "job-state-message")).toMatch(/arrive whole/);
  });

  it("that is larger than what is taken is refused, and nothing of it stays", async () => {
    const before = spooled().length;
    const huge = Buffer.concat([document, Buffer.alloc(4 * documentBytesMost)]);
    const answer = await ask(provider, { code: operation.printJob, user: "long", document: huge });
    expect(statusName(answer.code)).toBe("client-error-request-entity-too-large");
    await expect.poll(() => spooled().length).toBe(before);
  });

  it.each([
    ["gzip", "gzip", gzipSync],
    ["deflate", "deflate", deflateRawSync],
    ["deflate in a zlib frame", "deflate", deflateSync],
  ] as const)(
    "may be packed with %s, up to what is taken when unpacked",
    async (what, compression, pack) => {
      const packed = [attribute("compression", keyword(compression))];
      const print = (bytes: Buffer) =>
        ask(provider, { code: operation.printJob, user: what, operation: packed, document: bytes });
      expect(statusName((await print(pack(document))).code)).toBe("successful-ok");
      const bomb = pack(Buffer.concat([document, Buffer.alloc(50 * documentBytesMost)]));
      expect(bomb.length).toBeLessThan(documentBytesMost);
      expect(statusName((await print(bomb)).code)).toBe("client-error-request-entity-too-large");
      const broken = Buffer.concat([pack(document).subarray(0, 100), Buffer.alloc(200, 0xff)]);
      expect(statusName((await print(broken)).code)).toBe("client-error-compression-error");
    },
  );

  it("is refused to a person who has too many jobs waiting", async () => {
    const print = () => ask(provider, { code: operation.printJob, user: "greedy", document });
    for (const _ of [1, 2, 3]) expect(statusName((await print()).code)).toBe("successful-ok");
    expect(statusName((await print()).code)).toBe("server-error-too-many-jobs");
  });

  it("is refused before it starts while the disk is low, and the queue says why", async () => {
    const full = await ready({ limits: { diskReserveBytes: Number.MAX_SAFE_INTEGER } });
    const answer = await ask(full, { code: operation.printJob, document });
    expect(statusName(answer.code)).toBe("server-error-not-accepting-jobs");
    const look = await ask(full, { code: operation.getPrinterAttributes });
    const printer = groupOf(look, groupTag.printer);
    expect(stringsOf(printer, "printer-state-reasons")).toEqual(["spool-area-full"]);
    expect(booleanOf(printer, "printer-is-accepting-jobs")).toBe(false);
  });

  it("that never comes after Create-Job, or never is printed, is given up in time", async () => {
    let now = Date.now();
    const early = await ready({ now: () => now, limits: { documentWaitSeconds: 60 } });
    const waiting = jobIdOf(await ask(early, { code: operation.createJob }));
    const held = jobIdOf(await ask(early, { code: operation.printJob, document: long }));
    expect(readdirSync(join(early.dataDir, "spool"))).toHaveLength(1);
    const ids = (jobs: typeof server.jobs) => [...jobs.values()].map(({ state }) => state);
    await server.until((jobs) => ids(jobs).includes("held"));
    await early.close();
    now += 25 * 3_600_000;
    const later = await ready({ now: () => now, dataDir: early.dataDir });
    const stateOf = async (id: number) => {
      const asked = { code: operation.getJobAttributes, operation: [jobId(id)] };
      return stringsOf(jobOf(await ask(later, asked)), "job-state-reasons");
    };
    expect(await stateOf(waiting)).toEqual(["aborted-by-system"]);
    expect(await stateOf(held)).toEqual(["job-canceled-after-timeout"]);
    // The key is gone with the job; the bytes follow.
    await expect.poll(() => readdirSync(join(later.dataDir, "spool"))).toEqual([]);
  });
});

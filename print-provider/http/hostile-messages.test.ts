import { once } from "node:events";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { attribute, boolean, integer, keyword } from "../../ipp/build.ts";
import { operation } from "../../ipp/operations.ts";
import { statusName } from "../../ipp/status.ts";
import {
  ask,
  closing,
  pdfFormat,
  pdfOf,
  post,
  requestBytes,
  startProviderForTest,
  startServerForTest,
} from "../provider.fixture.ts";
import type { RunningProvider } from "../start-provider.ts";

const close = closing();
let provider: RunningProvider;
beforeAll(async () => {
  const server = await startServerForTest(close);
  provider = await startProviderForTest(close, server, {
    limits: { documentBytesMost: 10_000, jobsPerOwnerMost: 50, attributesMs: 400 },
  });
});
afterAll(() => close.all());

const document = pdfOf(["grey"]);
const job = [attribute("copies", integer(2)), attribute("sides", keyword("one-sided"))];
const jobId = attribute("job-id", integer(1));
const last = attribute("last-document", boolean(true));
const good = [
  requestBytes({ code: operation.getPrinterAttributes }),
  requestBytes({ code: operation.printJob, operation: [pdfFormat], job, document }),
  requestBytes({ code: operation.validateJob, job }),
  requestBytes({ code: operation.createJob, job }),
  requestBytes({ code: operation.sendDocument, operation: [jobId, last], document }),
  requestBytes({ code: operation.getJobs, operation: [attribute("my-jobs", boolean(true))] }),
  requestBytes({ code: operation.getJobAttributes, operation: [jobId] }),
  requestBytes({ code: operation.cancelMyJobs }),
];

/** The same numbers for the same seed, so that a failure can be seen again. */
function* numbers(seed: number): Generator<number, never> {
  for (let state = seed >>> 0; ; ) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state >>> 8;
  }
}

/** A request with some bytes changed, cut off, or said twice. */
function damaged(random: Generator<number, never>): Buffer {
  const next = (below: number) => random.next().value % below;
  const bytes = Buffer.from(good[next(good.length)] ?? Buffer.alloc(8));
  for (let changes = 1 + next(4); changes > 0; changes -= 1)
    bytes.writeUInt8(next(256), next(bytes.length));
  if (next(4) === 0) return bytes.subarray(0, next(bytes.length));
  if (next(6) === 0) return Buffer.concat([bytes, bytes.subarray(next(bytes.length))]);
  return bytes;
}

describe("damaged messages over the wire", () => {
  const count = process.env.GUICHET_SOAK === "1" ? 20_000 : 400;

  it(`are each answered, ${count} of them, and the provider stays as it was`, async () => {
    const random = numbers(9163);
    const statuses = new Map<number, number>();
    const heapBefore = process.memoryUsage().rss;
    const sender = async (): Promise<void> => {
      for (let left = count / 4; left > 0; left -= 1) {
        const { status } = await post(`${provider.url}/printers/find-me`, damaged(random));
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
      }
    };
    await Promise.all([sender(), sender(), sender(), sender()]);
    expect([...statuses.keys()].sort()).toEqual([200, 400]);
    const health = await (await fetch(`${provider.url}/healthz`)).json();
    expect(health).toMatchObject({ status: "ok" });
    expect(statusName((await ask(provider, { code: operation.getJobs })).code)).toBe(
      "successful-ok",
    );
    expect(process.memoryUsage().rss - heapBefore).toBeLessThan(400 * 1024 ** 2);
  }, 600_000);

  it("that never end are cut off in time, so that they hold no place", async () => {
    const socket = connect(provider.port, "127.0.0.1");
    socket.on("error", () => undefined);
    await once(socket, "connect");
    const head =
      "POST /printers/find-me HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/ipp\r\n";
    socket.write(`${head}Transfer-Encoding: chunked\r\n\r\n2\r\n\x02\x00\r\n`);
    socket.resume();
    await once(socket, "close");
    expect(statusName((await ask(provider, { code: operation.getJobs })).code)).toBe(
      "successful-ok",
    );
  });

  it("with more attributes than any client sends are refused before they fill the memory", async () => {
    const many = Array.from({ length: 20_000 }, (_, index) =>
      attribute(`x-attribute-${index}`, integer(index)),
    );
    const bytes = requestBytes({ code: operation.validateJob, operation: many });
    const { status } = await post(`${provider.url}/printers/find-me`, bytes);
    expect(status).toBe(400);
  });
});

import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import * as ipp from "../../ipp/build.ts";
import { decode } from "../../ipp/decode.ts";
import { encode } from "../../ipp/encode.ts";
import type { IppAttribute, IppMessage } from "../../ipp/message.ts";
import { operation } from "../../ipp/operations.ts";
import { groupOf, integerOf } from "../../ipp/read.ts";
import { type JobStateName, jobStateName } from "../../ipp/states.ts";
import { groupTag } from "../../ipp/tags.ts";

/** A client of a simulator over HTTP, as small as can be. */
export function createTestClient(url: string) {
  const printerUri = `${url.replace("http:", "ipp:")}/ipp/print`;

  async function send(
    code: number,
    more: {
      readonly operation?: readonly IppAttribute[];
      readonly job?: readonly IppAttribute[];
      readonly document?: Uint8Array | AsyncIterable<Uint8Array>;
      readonly signal?: AbortSignal;
    } = {},
  ): Promise<IppMessage> {
    const message: IppMessage = {
      version: { major: 2, minor: 0 },
      code,
      requestId: 1,
      groups: [
        ipp.operationGroup([
          ipp.attribute("printer-uri", ipp.uri(printerUri)),
          ipp.attribute("requesting-user-name", ipp.name("alice")),
          ...(more.operation ?? []),
        ]),
        ...(more.job === undefined ? [] : [ipp.group(groupTag.job, more.job)]),
      ],
    };
    const document = more.document ?? Buffer.alloc(0);
    const decoded = decode(
      await post(url, {
        head: encode(message),
        document: document instanceof Uint8Array ? [document] : document,
        ...(more.signal === undefined ? {} : { signal: more.signal }),
      }),
    );
    if (decoded.kind !== "complete") throw new Error(`The answer is ${decoded.kind}.`);
    return decoded.message;
  }

  async function job(id: number) {
    const answer = await send(operation.getJobAttributes, {
      operation: [ipp.attribute("job-id", ipp.integer(id))],
    });
    const group = groupOf(answer, groupTag.job);
    const state: JobStateName | undefined = jobStateName(integerOf(group, "job-state"));
    return { code: answer.code, group, state };
  }

  return {
    send,
    job,
    print: (
      document: Uint8Array | AsyncIterable<Uint8Array>,
      attributes: readonly IppAttribute[] = [],
    ) => send(operation.printJob, { job: attributes, document }),
    fault: (method: "PUT" | "DELETE", name: string, settings?: unknown) =>
      fetch(`${url}/faults/${name}`, { method, body: JSON.stringify(settings) }),
  };
}

/** Sends the body piece by piece, as clients do, and gives the answer's. */
async function post(
  url: string,
  body: {
    readonly head: Uint8Array;
    readonly document: Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
    readonly signal?: AbortSignal;
  },
): Promise<Buffer> {
  const outgoing = request(`${url}/ipp/print`, {
    method: "POST",
    headers: { "content-type": "application/ipp" },
    agent: false,
    ...(body.signal === undefined ? {} : { signal: body.signal }),
  });
  const answered = once(outgoing, "response");
  // When the connection breaks both are refused: one of them is enough to know it.
  answered.catch(() => {});
  outgoing.write(body.head);
  await pipeline(Readable.from(body.document), outgoing);
  const [response]: IncomingMessage[] = await answered;
  return buffer(response ?? Readable.from([]));
}

/** Asks again and again until the answer is yes, for at most ten seconds. */
export async function until(what: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (!(await what())) {
    if (performance.now() > deadline) throw new Error("It has not come true in ten seconds.");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

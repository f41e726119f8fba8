import { Agent, request as httpRequest, type IncomingMessage } from "node:http";
import { attribute, mimeMediaType, name, operationGroup, uri } from "../../ipp/build.ts";
import { decode } from "../../ipp/decode.ts";
import { encode } from "../../ipp/encode.ts";
import { operation } from "../../ipp/operations.ts";

/** A document of known length; `write` hands its bytes on in order and waits where it is told to. */
export type PostedDocument = {
  length: number;
  chunks: () => Iterable<Uint8Array>;
};

export type IppPoster = {
  /** Sends one Print-Job (RFC 8011 §4.2.1) and resolves with its milliseconds once it is taken. */
  print: (document: PostedDocument) => Promise<number>;
  close: () => void;
};

/**
 * A plain client, the same for Guichet and its peer: one request made beforehand, HTTP/1.1 with
 * kept connections, the answer read to its end and its status checked. Each job has the next of
 * `owners` names, since no one prints hundreds of jobs alone.
 */
export function ippPoster(options: {
  port: number;
  queue: string;
  connections: number;
  owners?: number;
}): IppPoster {
  const { port, queue, connections, owners = 50 } = options;
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const path = `/printers/${queue}`;
  const requests = Array.from({ length: owners }, (_, owner) =>
    encode({
      version: { major: 2, minor: 0 },
      code: operation.printJob,
      requestId: 1,
      groups: [
        operationGroup([
          attribute("printer-uri", uri(`ipp://127.0.0.1:${port}${path}`)),
          attribute("requesting-user-name", name(`reader-${owner}`)),
          attribute("job-name", name("a document")),
          attribute("document-format", mimeMediaType("application/pdf")),
        ]),
      ],
    }),
  );
  let turn = 0;

  return {
    print: async (document) => {
      turn += 1;
      const head = requests[turn % owners] ?? new Uint8Array();
      const from = performance.now();
      const request = httpRequest({
        host: "127.0.0.1",
        port,
        path,
        method: "POST",
        agent,
        headers: {
          "content-type": "application/ipp",
          "content-length": head.length + document.length,
        },
      });
      const answered = new Promise<IncomingMessage>((resolve, reject) => {
        request.once("response", resolve);
        request.once("error", reject);
      });
      answered.catch(() => undefined); // told where it is awaited
      request.cork();
      request.write(head);
      let first = true;
      for (const chunk of document.chunks()) {
        const room = request.write(chunk);
        if (first) request.uncork();
        first = false;
        if (!room) await Promise.race([drained(request), answered]);
      }
      request.end();
      await taken(await answered);
      return performance.now() - from;
    },
    close: () => agent.destroy(),
  };
}

const drained = (request: ReturnType<typeof httpRequest>) =>
  new Promise<void>((resolve) => request.once("drain", () => resolve()));

async function taken(response: IncomingMessage): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk);
  const answer = decode(Buffer.concat(chunks));
  if (response.statusCode !== 200 || answer.kind !== "complete" || answer.message.code > 0xff)
    throw new Error(
      `The job was not taken: HTTP ${response.statusCode}, ${answer.kind === "complete" ? `IPP 0x${answer.message.code.toString(16)}` : answer.kind}`,
    );
}

import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import { LinkUnreachable } from "./errors.ts";
import { type Known, pinnedAgent } from "./pinned-agent.ts";

const ANSWER_BYTES_AT_MOST = 32 * 1024 * 1024;

export type Call = {
  method: "GET" | "POST";
  url: URL;
  headers: Record<string, string>;
  body?: string | undefined;
  /** Milliseconds until the answer's headers must be there, and without a byte after that. */
  timeoutMs: number;
  signal?: AbortSignal | undefined;
};

export type Http = { send: (call: Call) => Promise<IncomingMessage>; close: () => void };

/**
 * HTTP/1.1 with connections that stay open, since a session, a press and a print follow one another.
 * Over TLS, a known other side is told by its own key (`pinnedAgent`), any other by an authority.
 */
export function createHttp(known?: Known): Http {
  const options = {
    keepAlive: true,
    keepAliveMsecs: 15_000,
    maxSockets: 64,
    scheduling: "lifo",
  } as const;
  const plain = new HttpAgent(options);
  const tls = known === undefined ? new HttpsAgent(options) : pinnedAgent(known, options);
  return {
    send: (call) =>
      attempt(call, plain, tls).catch((error) => {
        // A kept connection that the other side closed in the same moment: nothing was sent over it.
        if (error instanceof LinkUnreachable && error.cause === staleConnection)
          return attempt(call, plain, tls);
        throw error;
      }),
    close() {
      plain.destroy();
      tls.destroy();
    },
  };
}

const staleConnection = Symbol("a kept connection was closed by the other side");

function attempt(call: Call, plain: HttpAgent, tls: HttpsAgent): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const secure = call.url.protocol === "https:";
    const request = (secure ? httpsRequest : httpRequest)(call.url, {
      method: call.method,
      agent: secure ? tls : plain,
      headers: {
        ...call.headers,
        ...(call.body === undefined
          ? {}
          : {
              "content-type": "application/json",
              "content-length": String(Buffer.byteLength(call.body)),
            }),
      },
      ...(call.signal ? { signal: call.signal } : {}),
    });
    request.setTimeout(call.timeoutMs, () =>
      request.destroy(new Error(`no answer within ${call.timeoutMs} ms`)),
    );
    request.on("error", (error: NodeJS.ErrnoException) => {
      const stale = request.reusedSocket && error.code === "ECONNRESET";
      reject(
        new LinkUnreachable(
          `${call.url.origin} cannot be reached: ${error.message || error.code}`,
          {
            cause: stale ? staleConnection : error,
          },
        ),
      );
    });
    request.on("response", resolve);
    request.end(call.body);
  });
}

/** The whole of a bounded answer, as text. */
export async function textOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > ANSWER_BYTES_AT_MOST) throw new Error("the answer is too long");
      chunks.push(chunk);
    }
  } catch (error) {
    response.destroy();
    throw new LinkUnreachable(`The answer was cut off: ${String(error)}`, { cause: error });
  }
  return Buffer.concat(chunks).toString("utf8");
}

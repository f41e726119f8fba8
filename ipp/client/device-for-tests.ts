import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createTcpServer, type Socket } from "node:net";
import { integer, operationGroup } from "../build.ts";
import { encode } from "../encode.ts";
import type { IppGroup, IppMessage } from "../message.ts";
import { receiveMessage } from "../receive.ts";
import { createIppClient, type IppClientOptions } from "./client.ts";

/** A real HTTP server on loopback whose every answer is written by the test. */
export interface TestDevice extends AsyncDisposable {
  readonly uri: string;
  /** The IPP messages that came, oldest first. */
  readonly requests: IppMessage[];
  /** How many connections were opened to it so far. */
  connections(): number;
}

export type Answer = (exchange: {
  readonly message: IppMessage;
  readonly document: AsyncIterable<Uint8Array>;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}) => unknown;

export async function startDevice(answer: Answer): Promise<TestDevice> {
  const requests: IppMessage[] = [];
  let connections = 0;
  const server = createServer(async (request, response) => {
    const received = await receiveMessage(request.iterator({ destroyOnReturn: false }));
    if (received.kind === "malformed") throw new Error(received.reason);
    requests.push(received.message);
    await answer({ message: received.message, document: received.document, request, response });
  });
  server.on("connection", () => {
    connections += 1;
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  return {
    uri: `ipp://127.0.0.1:${address.port}/ipp/print`,
    requests,
    connections: () => connections,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

/** Answers with this status and these groups, as IPP. */
export function reply(
  { message, response }: { message: IppMessage; response: ServerResponse },
  code: number,
  groups: readonly IppGroup[] = [],
): void {
  const { version, requestId } = message;
  const all = [operationGroup([]), ...groups];
  response.setHeader("content-type", "application/ipp");
  response.end(encode({ version, code, requestId, groups: all }));
}

export async function gather(document: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of document) chunks.push(chunk);
  return Buffer.concat(chunks);
}

export function jobGroup(jobId: number, state: number): IppGroup {
  return {
    tag: 0x02,
    attributes: [
      { name: "job-id", values: [integer(jobId)] },
      { name: "job-uri", values: [{ kind: "uri", value: `ipp://127.0.0.1/jobs/${jobId}` }] },
      { name: "job-state", values: [{ kind: "enum", value: state }] },
      { name: "job-state-reasons", values: [{ kind: "keyword", value: "none" }] },
    ],
  };
}

/** A device that answers like this, and a client of it. */
export async function speaking(answer: Answer, options: Partial<IppClientOptions> = {}) {
  const device = await startDevice(answer);
  const client = createIppClient({ uri: device.uri, userName: "release", ...options });
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
export async function rawDevice(onConnection: (socket: Socket) => void) {
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
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

import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Socket } from "node:net";

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** The one HTTP port of the device: what is the device, and what stands around it. */
export interface DeviceServer {
  /** The port that it listens on. */
  readonly port: number;
  /** Ends every connection on which someone spoke to the device, without a word. */
  dropConnections(): void;
  close(): Promise<void>;
}

const connectionsMax = 512;
const headersMs = 15_000;

/**
 * Listens on `host` and `port`, 0 for any free one. What is asked below `/ipp` goes to `device`, all
 * else to `control`. Throws an Error with a sentence for people when the port cannot be had.
 */
export async function listen(options: {
  readonly host: string;
  readonly port: number;
  readonly device: Handler;
  readonly control: Handler;
}): Promise<DeviceServer> {
  const { host, port, device, control } = options;
  const withDevice = new Set<Socket>();
  const server = createServer((request, response) => {
    const { socket } = request;
    if (request.method === "POST" && request.url?.startsWith("/ipp")) {
      withDevice.add(socket);
      void device(request, response);
      return;
    }
    withDevice.delete(socket);
    control(request, response).catch(() => socket.destroy());
  });
  server.on("connection", (socket) => socket.once("close", () => withDevice.delete(socket)));
  server.maxConnections = connectionsMax;
  server.headersTimeout = headersMs;
  // A document may take as long as it likes while bytes come; the endpoint sees to those that do not.
  server.requestTimeout = 0;
  // A client that goes away in the middle of a request is no error of ours.
  server.on("clientError", (_error, socket) => socket.destroy());
  await started(server, host, port);
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  return {
    port: address.port,
    dropConnections() {
      for (const socket of withDevice) socket.destroy();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function started(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("listening", resolve);
    server.once("error", (cause: NodeJS.ErrnoException) => {
      const sentence =
        cause.code === "EADDRINUSE"
          ? `Port ${port} on ${host} is taken. Stop what uses it, or give the simulator another port.`
          : `The simulator cannot listen on ${host}, port ${port}: ${cause.message}.`;
      reject(new Error(sentence, { cause }));
    });
    server.listen(port, host);
  });
}

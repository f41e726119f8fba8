import { createServer, type Socket } from "node:net";
import { plainAddress, wireOfSocket } from "./socket-wire.ts";
import type { ByteWire } from "./wire.ts";

export interface ListenOptions {
  readonly host: string;
  /** 0 for any. */
  readonly port: number;
  /** Whether this address may connect; others are cut off before a byte is read. */
  readonly admits: (address: string) => boolean;
  readonly mostConnections: number;
  readonly onWire: (wire: ByteWire) => void;
}

export interface Listening {
  readonly port: number;
  close(): Promise<void>;
}

/** Takes connections of readers that dial in. Throws a sentence when the port cannot be had. */
export async function listenTcp(options: ListenOptions): Promise<Listening> {
  const { host, port, admits, mostConnections, onWire } = options;
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    if (sockets.size >= mostConnections || !admits(plainAddress(socket.remoteAddress ?? ""))) {
      socket.on("error", () => undefined);
      socket.destroy();
      return;
    }
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    onWire(wireOfSocket(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(refusal(error, host, port)));
    server.listen({ host, port }, resolve);
  });
  server.on("error", () => undefined);
  const bound = server.address();
  return {
    port: typeof bound === "object" && bound !== null ? bound.port : port,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

function refusal(error: NodeJS.ErrnoException, host: string, port: number): Error {
  const sentence =
    error.code === "EADDRINUSE"
      ? `Port ${port} on ${host} is taken by another program. Stop it, or give the card readers another port.`
      : `Card readers cannot be listened for at ${host}:${port}: ${error.message}.`;
  return new Error(sentence, { cause: error });
}

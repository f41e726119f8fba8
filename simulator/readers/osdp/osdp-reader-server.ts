import { createServer, type Socket } from "node:net";
import { listenAt } from "../listen-at.ts";
import type { OsdpReader } from "./osdp-reader.ts";

/** Puts a virtual OSDP reader behind a converter from TCP to a serial line, as sites have them. */
export async function serveOsdpReader(options: {
  readonly reader: OsdpReader;
  readonly host: string;
  /** 0 for any. */
  readonly port: number;
}): Promise<{ readonly port: number; close(): Promise<void> }> {
  const { reader, host, port } = options;
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.once("close", () => sockets.delete(socket));
    reader.attach(socket);
  });
  const bound = await listenAt(server, { host, port });
  return {
    port: bound,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

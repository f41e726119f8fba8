import { createServer, type Socket } from "node:net";
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
  await new Promise<void>((resolve, reject) => {
    server.once("listening", resolve);
    server.once("error", reject);
    server.listen(port, host);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The reader has no port.");
  return {
    port: address.port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

import { connect, createServer, type Socket } from "node:net";
import { listenAt } from "./listen-at.ts";
import type { MakeReader, WiredReader } from "./virtual-reader.ts";

export interface TcpReader<Reader extends WiredReader> {
  readonly reader: Reader;
  readonly port: number;
  /** Cuts it off in the middle of whatever it says. */
  unplug(): Promise<void>;
}

/** A virtual reader behind a converter that waits to be dialled. Port 0 for any. */
export async function listenAsReader<Reader extends WiredReader>(
  make: MakeReader<Reader>,
  { host = "127.0.0.1", port = 0 } = {},
): Promise<TcpReader<Reader>> {
  let peer: Socket | undefined;
  const reader = make((bytes) => peer?.write(bytes));
  const server = createServer((socket) => {
    peer?.destroy();
    peer = socket;
    socket.setNoDelay(true);
    socket.on("error", () => undefined);
    socket.on("data", (bytes) => reader.hear(bytes));
  });
  const bound = await listenAt(server, { host, port });
  return {
    reader,
    port: bound,
    unplug: () =>
      new Promise((resolve) => {
        reader.close();
        peer?.resetAndDestroy();
        server.close(() => resolve());
      }),
  };
}

/** A virtual reader behind a converter that dials the bridge. Rejects when nobody listens there. */
export function dialAsReader<Reader extends WiredReader>(
  make: MakeReader<Reader>,
  to: { readonly host: string; readonly port: number; readonly localAddress?: string },
): Promise<TcpReader<Reader>> {
  return new Promise((resolve, reject) => {
    const socket = connect(to);
    socket.setNoDelay(true);
    socket.on("error", reject);
    socket.once("connect", () => {
      const reader = make((bytes) => socket.write(bytes));
      socket.on("data", (bytes) => reader.hear(bytes));
      const gone = new Promise<void>((done) => socket.once("close", () => done()));
      resolve({
        reader,
        port: to.port,
        async unplug() {
          reader.close();
          socket.resetAndDestroy();
          await gone;
        },
      });
    });
  });
}

import { connect, createServer, type Socket } from "node:net";
import { instant } from "./clock.ts";

export type ListeningProxy = {
  port: number;
  /** Resolves with the instant at which the next document's first bytes went through to the device. */
  nextDocument: () => Promise<number>;
  close: () => void;
};

const MAGIC = "%PDF";

/** Stands in front of a device and hands every byte on; it only notes when a PDF begins. */
export async function startListeningProxy(devicePort: number): Promise<ListeningProxy> {
  const sockets = new Set<Socket>();
  let tell: ((at: number) => void) | undefined;
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on("error", () => undefined);
    socket.once("close", () => sockets.delete(socket));
  };
  const server = createServer((bridge) => {
    const device = connect(devicePort, "127.0.0.1");
    keep(bridge);
    keep(device);
    let before = "";
    bridge.on("data", (bytes) => {
      const text = before + bytes.toString("latin1");
      if (tell !== undefined && text.includes(MAGIC)) {
        tell(instant());
        tell = undefined;
      }
      before = text.slice(1 - MAGIC.length);
    });
    bridge.pipe(device);
    device.pipe(bridge);
    bridge.once("close", () => device.destroy());
    device.once("close", () => bridge.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => resolve());
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The proxy has no port.");
  return {
    port: address.port,
    nextDocument: () =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error("No document came for 20 s.")), 20_000);
        tell = (at) => {
          clearTimeout(timer);
          resolve(at);
        };
      }),
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

import type { Socket } from "node:net";
import { wireOfStream } from "./stream-wire.ts";
import type { ByteWire } from "./wire.ts";

const keepAliveMs = 15_000;

/** Makes a wire of a socket. Silence is not an end: only keep-alive notices that a reader is gone. */
export function wireOfSocket(socket: Socket): ByteWire {
  socket.setNoDelay(true);
  socket.setKeepAlive(true, keepAliveMs);
  return wireOfStream({
    stream: socket,
    address: plainAddress(socket.remoteAddress ?? ""),
    end: () => {
      socket.destroy();
      return Promise.resolve();
    },
  });
}

/** An IPv4 address that came in over an IPv6 socket, as people write it. */
export function plainAddress(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, "");
}

import type { Socket } from "node:net";

/** An open connection, of bytes that mean nothing yet. */
export interface Wire {
  /** The other side's address, IPv4 written as such. */
  readonly address: string;
  /** Sends if the other side takes it; a reader that does not listen costs nothing. */
  write(text: string): void;
  /** Ends it; `onClose` is told once all the same. */
  close(): void;
}

export interface WireEvents {
  readonly onBytes: (bytes: Uint8Array) => void;
  readonly onClose: () => void;
}

const keepAliveMs = 15_000;
/** More than a reader ever gets to hear: it does not read. */
const unreadMost = 4 * 1024;

/** Makes a wire of a socket. Silence is not an end: only keep-alive notices that a reader is gone. */
export function wireOf(socket: Socket, events: WireEvents): Wire {
  socket.setNoDelay(true);
  socket.setKeepAlive(true, keepAliveMs);
  socket.on("data", (bytes) => events.onBytes(bytes));
  // An error is followed by a close, which says all there is to say.
  socket.on("error", () => undefined);
  socket.on("close", () => events.onClose());
  return {
    address: plainAddress(socket.remoteAddress ?? ""),
    write(text) {
      if (socket.writable && socket.writableLength < unreadMost) socket.write(text, "latin1");
    },
    close: () => socket.destroy(),
  };
}

/** An IPv4 address that came in over an IPv6 socket, as people write it. */
export function plainAddress(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, "");
}

import type { Server } from "node:http";
import { createServer, type Server as TlsServer } from "node:https";
import type { Socket } from "node:net";
import type { TlsPair } from "./certificate.ts";
import { tlsManners } from "./listen-tls.ts";

/** The first byte of a TLS record with a handshake (RFC 8446 §5.1). */
const handshake = 0x16;
const firstByteMs = 10_000;

/**
 * Lets a server that listens without TLS take TLS at the same port: whoever begins with a handshake is
 * answered over TLS, by the same listeners. Gives the server for those connections; who closes the
 * first one closes it, too.
 */
export function takeTlsToo(server: Server, pair: TlsPair): TlsServer {
  const secure = createServer({ ...tlsManners, ...pair });
  for (const event of ["request", "upgrade", "checkContinue"] as const)
    for (const listener of server.listeners(event))
      secure.on(event, listener as (...given: unknown[]) => void);
  secure.on("tlsClientError", (_error, socket) => socket.destroy());
  const plain = server.listeners("connection");
  server.removeAllListeners("connection");
  server.on("connection", (socket: Socket) => {
    const late = setTimeout(() => socket.destroy(), firstByteMs);
    const broken = (): void => {
      clearTimeout(late);
      socket.destroy();
    };
    socket.once("error", broken);
    socket.once("close", () => clearTimeout(late));
    socket.once("data", (bytes: Buffer) => {
      clearTimeout(late);
      socket.off("error", broken);
      socket.pause();
      socket.unshift(bytes);
      if (bytes[0] === handshake) secure.emit("connection", socket);
      else for (const listener of plain) listener.call(server, socket);
      process.nextTick(() => socket.resume());
    });
  });
  // It never listens itself, and begins to watch over slow requests when it is told that it does.
  secure.emit("listening");
  return secure;
}

import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { createSecureContext, TLSSocket } from "node:tls";
import type { TlsPair } from "../../link/certificate.ts";
import { tlsManners } from "../../link/listen-tls.ts";

/** Whether a request asks to go on in TLS; any other upgrade is one that a server may leave out. */
export function wantsTls({ method, headers }: IncomingMessage): boolean {
  return method === "OPTIONS" && /(^|[,\s])TLS\/1\./i.test(headers.upgrade ?? "");
}

const handshakeMs = 10_000;

/**
 * Lets a client turn its connection into TLS (RFC 2817 §3.2, for IPP RFC 8010 §8.1): `OPTIONS` with
 * `Upgrade: TLS/1.x` is answered with 101, and inside TLS with the answer to the OPTIONS itself.
 */
export function upgradeToTls(server: Server, pair: TlsPair): void {
  const secureContext = createSecureContext({ ...pair, minVersion: tlsManners.minVersion });
  server.on("upgrade", (_request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on("error", () => socket.destroy());
    if (head.length > 0) socket.unshift(head);
    socket.write(
      "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: TLS/1.2, HTTP/1.1\r\n\r\n",
    );
    const secure = new TLSSocket(socket as never, { isServer: true, secureContext });
    const late = setTimeout(() => secure.destroy(), handshakeMs);
    secure.on("error", () => secure.destroy());
    secure.once("close", () => clearTimeout(late));
    secure.once("secure", () => {
      clearTimeout(late);
      // The OPTIONS that asked for TLS waits for its own answer, within it.
      secure.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
      server.emit("connection", secure);
    });
  });
}

import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { createServer, type Server } from "node:https";
import type { Duplex } from "node:stream";
import type { FastifyInstance } from "fastify";
import type { TlsPair } from "./certificate.ts";
import { type Place, urlAt, whyNotListening } from "./listen.ts";

/** How every role speaks TLS: 1.2 with forward secrecy at least (RFC 9325 §3.1, §4.2). */
export const tlsManners = {
  minVersion: "TLSv1.2",
  handshakeTimeout: 10_000,
  /** Of requests: the same as without TLS. */
  headersTimeout: 20_000,
  requestTimeout: 0,
  keepAliveTimeout: 65_000,
} as const;

/**
 * The same application over TLS, at a port of its own (0 takes any). `handler` is the application's own
 * where it is given none. Throws a sentence that names the port or address when it cannot listen. Who
 * closes the application closes it first (`closeTls`).
 */
export async function listenTls(
  app: FastifyInstance,
  where: Place & { pair: TlsPair; handler?: RequestListener; connectionsMost?: number },
): Promise<{ server: Server; url: string; port: number }> {
  const { host, pair, handler } = where;
  await app.ready();
  const answer =
    handler ??
    ((request: IncomingMessage, response: ServerResponse) => app.routing(request, response));
  const server = createServer({ ...tlsManners, ...pair }, answer);
  server.maxConnections = where.connectionsMost ?? 2_000;
  server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (!app.server.emit("upgrade", request, socket, head)) socket.destroy();
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => reject(whyNotListening(error, where)));
    server.listen({ host, port: where.port }, resolve);
  });
  // A handshake that fails is the other side's trouble, and ends only its own connection.
  server.on("tlsClientError", (_error, socket) => socket.destroy());
  const address = server.address();
  if (address === null || typeof address === "string")
    throw new Error(`It listens and has no port: ${where.who}.`);
  return { server, url: urlAt("https", host, address.port), port: address.port };
}

/** Ends it at once, kept connections included. */
export function closeTls(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

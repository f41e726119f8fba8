import type { FastifyInstance } from "fastify";

/** Where a role listens, and what it is called in a complaint: "the server". */
export type Place = { host: string; port: number; who: string };

/**
 * Starts to listen; port 0 takes any. Throws a sentence that names the port or address when that is
 * not possible.
 */
export async function listen(
  app: FastifyInstance,
  where: Place,
): Promise<{ url: string; port: number }> {
  const { host, port } = where;
  try {
    await app.listen({ host, port });
  } catch (error) {
    throw whyNotListening(error, where);
  }
  const address = app.server.address();
  if (address === null || typeof address === "string")
    throw new Error(`It listens and has no port: ${where.who}.`);
  return { url: urlAt("http", host, address.port), port: address.port };
}

/** Where what listens at `host` is reached from this machine; a wildcard at its loopback address. */
export function urlAt(scheme: "http" | "https", host: string, port: number): string {
  const name = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host;
  return `${scheme}://${name.includes(":") ? `[${name}]` : name}:${port}`;
}

/** The failure to listen as an error whose sentence names the port or address. */
export function whyNotListening(error: unknown, where: Place): Error {
  return new Error(sentenceFor(error, where), { cause: error });
}

function sentenceFor(error: unknown, { host, port, who }: Place): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  switch (code) {
    case "EADDRINUSE":
      return `Port ${port} is taken: another program listens there. Stop it, or give ${who} another port.`;
    case "EACCES":
      return `This account may not listen on port ${port}. Choose one above 1023 for ${who}.`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return `${host} is no address of this machine. Correct the host of ${who}.`;
    default:
      return `On ${host}, port ${port}, ${who} cannot listen: ${String(error)}`;
  }
}

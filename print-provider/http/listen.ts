import type { FastifyInstance } from "fastify";

/** Starts to listen. Throws a sentence that names the port or address when that is not possible. */
export async function listen(
  app: FastifyInstance,
  where: { host: string; port: number },
): Promise<{ url: string; port: number }> {
  const { host, port } = where;
  try {
    await app.listen({ host, port });
  } catch (error) {
    throw new Error(sentenceFor(error, where), { cause: error });
  }
  const address = app.server.address();
  if (address === null || typeof address === "string")
    throw new Error("The print provider listens and has no port.");
  const name = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host;
  const url = `http://${name.includes(":") ? `[${name}]` : name}:${address.port}`;
  return { url, port: address.port };
}

function sentenceFor(error: unknown, { host, port }: { host: string; port: number }): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "EADDRINUSE")
    return `Port ${port} is taken: another program listens there. Stop it, or give the print provider another port.`;
  if (code === "EACCES")
    return `This account may not listen on port ${port}. Choose one above 1023 for the print provider.`;
  return `The print provider cannot listen on ${host}, port ${port}: ${String(error)}`;
}

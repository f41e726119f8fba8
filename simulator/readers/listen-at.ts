import type { Server } from "node:net";

/** Listens there, port 0 for any, and gives the port. Rejects when it cannot be had. */
export async function listenAt(
  server: Server,
  to: { readonly host: string; readonly port: number },
): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(to, resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The reader has no port.");
  return address.port;
}

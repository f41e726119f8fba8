import { createServer } from "node:net";

/**
 * Ports are looked for below those that systems give to whoever asks for any (Linux begins at 32768),
 * so that nobody else gets one before it is listened on; and above all that browsers refuse.
 */
const lowest = 11_000;
const highest = 32_000;
/** Files of tests run side by side, each in a process of its own: each tries only every 16th port. */
const lanes = 16;
const lane = Number(process.env.VITEST_POOL_ID ?? 0) % lanes;
const given = new Set<number>();

/** Ports of loopback that nobody listens on just now, all different, and none of them given before. */
export async function freePorts(count: number): Promise<number[]> {
  const found: number[] = [];
  while (found.length < count) {
    const port = lowest + lane + lanes * Math.floor((Math.random() * (highest - lowest)) / lanes);
    if (given.has(port)) continue;
    given.add(port);
    if (await isFree(port)) found.push(port);
  }
  return found;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}

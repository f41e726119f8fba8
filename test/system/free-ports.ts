import { createServer } from "node:net";

/**
 * Ports are looked for below those that systems give to whoever asks for any (Linux begins at 32768),
 * so that nobody else gets one before it is listened on; and above all that browsers refuse.
 */
const lowest = 11_000;
/** Files of tests run side by side, each in a process of its own: each tries only every 16th port. */
const lanes = 16;
const portsOfLane = 1_312;
const lane = Number(process.env.VITEST_POOL_ID ?? 0) % lanes;
/** Another run of the tests beside this one begins elsewhere. */
let next = Math.floor(Math.random() * portsOfLane);

/** Ports of loopback that nobody listens on just now; none is given again before all others were. */
export async function freePorts(count: number): Promise<number[]> {
  const found: number[] = [];
  for (let tried = 0; found.length < count; tried += 1) {
    if (tried === portsOfLane) throw new Error(`There are no ${count} free ports.`);
    const port = lowest + lane + lanes * next;
    next = (next + 1) % portsOfLane;
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

import { createTestClient } from "./server/test-client.ts";
import { type Simulator, type SimulatorOptions, startSimulator } from "./start-simulator.ts";

/** Simulators for one test file: each starts on a port of its own, and all are put away together. */
export function createTestSimulators() {
  const running: Simulator[] = [];
  return {
    /** One without a pace, unless `options` say otherwise, and a client of it. */
    async start(options: Partial<SimulatorOptions> = {}) {
      const at = { host: "127.0.0.1", port: 0, pagesPerMinute: 0 };
      const simulator = await startSimulator({ ...at, ...options });
      running.push(simulator);
      return { simulator, client: createTestClient(simulator.url) };
    },
    async closeAll() {
      for (const simulator of running.splice(0)) await simulator.close();
    },
  };
}

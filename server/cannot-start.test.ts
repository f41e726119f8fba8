import { rmSync } from "node:fs";
import { join } from "node:path";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { smallSite } from "./books.fixture.ts";
import { startTestServer, type TestServer } from "./server.fixture.ts";
import { startServer } from "./start-server.ts";

let site: TestServer;
beforeAll(async () => {
  site = await startTestServer();
});
afterAll(() => site.close());

describe("a server that cannot start says why", () => {
  const log = pino({ level: "silent" });
  it("when its port is taken", async () => {
    const { port } = site.server;
    const dataDir = join(site.dataDir, "second");
    const start = startServer({ host: "127.0.0.1", port, dataDir, site: smallSite, log });
    await expect(start).rejects.toThrow(`Port ${port} is taken`);
  });

  it("when its folder is in use", async () => {
    const { dataDir } = site;
    const start = startServer({ host: "127.0.0.1", port: 0, dataDir, site: smallSite, log });
    await expect(start).rejects.toThrow(/Another process is using/);
  });

  it("when the site contradicts itself", async () => {
    const dataDir = join(site.dataDir, "third");
    const queues = smallSite.queues.map((queue) => ({ ...queue, devices: ["mfq"] }));
    const wrong = { ...smallSite, queues };
    const start = startServer({ host: "127.0.0.1", port: 0, dataDir, site: wrong, log });
    await expect(start).rejects.toThrow(/"find-me" names the device "mfq"/);
  });

  it("when the key of what is sealed is lost", async () => {
    const dataDir = join(site.dataDir, "fourth");
    const options = { host: "127.0.0.1", port: 0, dataDir, site: smallSite, log };
    await (await startServer(options)).close();
    rmSync(join(dataDir, "site.key"));
    await expect(startServer(options)).rejects.toThrow(/site key .* is missing/);
  });
});

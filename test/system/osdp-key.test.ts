import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type OsdpReader, osdpReader, rawCard } from "../../simulator/readers/osdp/osdp-reader.ts";
import { serveOsdpReader } from "../../simulator/readers/osdp/osdp-reader-server.ts";
import { closing } from "./closing.ts";
import { type KioskClient, kioskClient } from "./kiosk-client.ts";
import { runGuichet } from "./run-guichet.ts";
import { startSite, type TestSite } from "./test-site.ts";

const open = closing();
const foreignKey = Uint8Array.from(Buffer.from("00112233445566778899AABBCCDDEE0F", "hex"));
let site: TestSite;
let kiosk: KioskClient;
let fresh: OsdpReader;

/** A virtual reader at a port of its own: as it was delivered, or with this key. */
async function virtual(key?: Uint8Array): Promise<{ reader: OsdpReader; port: number }> {
  const settings = { address: 0, key, installing: key === undefined, simple: false };
  const reader = osdpReader({ settings });
  const { port } = open.add(await serveOsdpReader({ reader, host: "127.0.0.1", port: 0 }));
  return { reader, port };
}

const guichet = (...args: string[]) => runGuichet(site, args);

beforeAll(async () => {
  const first = await virtual();
  const second = await virtual(foreignKey);
  fresh = first.reader;
  const at = (port: number) => ({ dial: `127.0.0.1:${port}`, driver: "osdp" });
  site = open.add(
    await startSite({
      terminals: {
        lobby: { devices: ["simulated-mfp"], readers: [at(first.port)] },
        attic: { devices: ["simulated-mfp"], readers: [at(second.port)] },
      },
    }),
  );
  kiosk = open.add(kioskClient(site.ports.bridge));
});
afterAll(() => open.all());

test("an OSDP reader is not used before it has a key", async () => {
  fresh.hold(rawCard(0x66cf4dc2n, 32));
  await kiosk.until("no reader", (view) => view.reader === "missing");
  expect((await guichet("reader-key")).said).toMatch(/lobby\/0 {2}has no key here/);
  fresh.restart();
});

test("a reader as it was delivered is given a key of this site, and cards open sessions", async () => {
  const { code, said } = await guichet("reader-key", "lobby/0", "--install");
  expect(said).toContain('The reader "lobby/0" has its key');
  expect(code).toBe(0);
  await kiosk.until("the reader", (view) => view.reader === "ready");
  fresh.hold(rawCard(0x66cf4dc2n, 32));
  const view = await kiosk.until("Alice", ({ session }) => session !== null);
  expect(view.session?.displayName).toBe("Alice");
});

test("the key stands nowhere in clear, and a bridge that starts without its server has it", async () => {
  const key = Buffer.from(fresh.settings().key ?? []);
  expect(key).toHaveLength(16);
  for (const role of ["server", "bridge"])
    for (const file of readdirSync(join(site.dataDir(), role))) {
      if (!/\.db(-wal)?$/.test(file)) continue;
      const bytes = readFileSync(join(site.dataDir(), role, file));
      expect(bytes.includes(key)).toBe(false);
      expect(bytes.toString("latin1").toUpperCase()).not.toContain(
        key.toString("hex").toUpperCase(),
      );
    }
  for (const role of ["server", "bridge"] as const)
    expect(site.roles[role].said().toUpperCase()).not.toContain(key.toString("hex").toUpperCase());
  await site.roles.bridge.kill();
  await site.roles.server.kill();
  await site.roles.bridge.start();
  await kiosk.until("the reader", (view) => view.reader === "ready");
  await site.roles.server.start();
});

test("a reader with somebody else's key is told apart, and what to do is said", async () => {
  const { code, said } = await guichet("reader-key", "attic/0", "--install");
  expect(said).toContain("does not have this site's OSDP key");
  expect(code).not.toBe(0);
  expect((await guichet("reader-key", "hall/0", "--make")).said).toContain(
    "It has: lobby/0, attic/0",
  );
});

import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasPtys } from "../../simulator/readers/over-pty.ts";
import { closing } from "./closing.ts";
import { freePorts } from "./free-ports.ts";
import { runGuichet, startGuichet } from "./run-guichet.ts";
import { startSite, type TestSite } from "./test-site.ts";

const open = closing();
const ports = mkdtempSync(join(tmpdir(), "guichet-ports-"));
let site: TestSite;

const tap = (...args: string[]) => runGuichet(site, ["tap", "66CF4DC2", ...args]);
const devices = ["simulated-mfp"];

beforeAll(async () => {
  open.add({ close: () => rmSync(ports, { recursive: true, force: true }) });
  const [port = 0] = await freePorts(1);
  const at = (name: string) => ({ serial: join(ports, name), driver: name });
  site = open.add(
    await startSite({
      terminals: {
        lobby: { devices, readers: [{ listen: [] }] },
        attic: { devices, readers: [{ dial: `127.0.0.1:${port}` }] },
        cellar: { devices, readers: [at("elatec-simple")] },
        annexe: { devices, readers: [at("osdp")] },
        tower: { devices, readers: [{ keyboard: "screen" }] },
      },
    }),
  );
});
afterAll(() => open.all());

test("a virtual reader that dials, and one that is dialled, tell whom the bridge took the badge for", async () => {
  const [lobby, attic] = await Promise.all([
    tap("--reader", "lobby/0"),
    tap("--reader", "attic/0"),
  ]);
  for (const { code, said } of [lobby, attic]) {
    expect(said).toContain("→ alice (Alice)");
    expect(said).toContain("…DC2");
    expect(code).toBe(0);
  }
});

describe.skipIf(!hasPtys())("at serial ports that are made for it", () => {
  test("an Elatec reader is plugged in where the configuration has one, and nothing is left", async () => {
    const { code, said } = await tap("--reader", "cellar/0");
    expect(said).toContain(join(ports, "elatec-simple"));
    expect(said).toContain("MIFARE, 32 bits");
    expect(said).toContain("→ alice (Alice)");
    expect(code).toBe(0);
    expect(existsSync(join(ports, "elatec-simple"))).toBe(false);
  });

  test("an OSDP reader is given its key while it stays, and keeps it", async () => {
    const staying = startGuichet(site, ["tap", "66CF4DC2", "--reader", "annexe/0", "--stay", "60"]);
    await staying.says(/no OSDP key here/);
    const given = await runGuichet(site, ["reader-key", "annexe/0", "--install"]);
    expect(given.said).toContain("has its key");
    await staying.says(/→ alice \(Alice\)/);
    staying.child.kill("SIGINT");
    await staying.ended;
    const again = await runGuichet(site, ["tap", "946EBD28", "--reader", "annexe/0"]);
    expect(again.said).toContain("→ bob");
  });
});

test("what cannot be tapped is said in a sentence", async () => {
  const wrong = [
    [["--reader", "attic/7"], /no reader "attic\/7"\. There are: lobby\/0, attic\/0/],
    [["--reader", "tower/0"], /keyboard of the machine that shows the screen/],
    [["--as", "wallet"], /There are: network, line/],
    [["--bits", "many"], /--bits is a number from 1 to 128/],
    [["946EBD28"], /usage: guichet tap <card number>/],
    [["--as", "osdp"], /dials nobody/],
  ] as const;
  for (const [args, sentence] of wrong) {
    const { code, said } = await tap(...args);
    expect(said).toMatch(sentence);
    expect(code).toBe(2);
  }
});

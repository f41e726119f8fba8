import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { waysAround } from "../../device-bridge/probe/ways-around.ts";
import { makeTextPdf } from "../documents/make-pdf.ts";
import { runProgram } from "../labs/program.ts";
import { logIn } from "./badge-session.ts";
import { closing } from "./closing.ts";
import { freePorts } from "./free-ports.ts";
import { type KioskClient, kioskClient } from "./kiosk-client.ts";
import { oneRelease } from "./one-release.ts";
import { fault } from "./peers.ts";
import { startSite, type TestSite } from "./test-site.ts";
import { waitFor } from "./wait-for.ts";

/**
 * A difficult device on a whole site, as the person who commissions it sees it: TLS with a key of its
 * own, a password, no Create-Job, and every copy made twice.
 */
const program = fileURLToPath(new URL("../../guichet.ts", import.meta.url));
const open = closing();
let site: TestSite;
let kiosk: KioskClient;
const device = "simulated-mfp";

beforeAll(async () => {
  const habits = ["tls", "asks-password", "no-create-job", "copies-doubled"];
  site = open.add(await startSite({ simulator: { pagesPerMinute: 600, habits } }));
  kiosk = open.add(kioskClient(site.ports.bridge));
});
afterAll(() => open.all());

const guichet = (args: string[], input?: string) =>
  runProgram(process.execPath, [program, ...args], {
    env: site.env,
    ...(input === undefined ? {} : { input }),
  });

const problemsShown = async (wanted: readonly string[]) => {
  await kiosk.until("a reader", ({ reader }) => reader === "ready");
  await logIn(site, kiosk);
  await kiosk.until(`the problems ${wanted.join()}`, (view) => {
    const [shown] = view.devices;
    return shown !== undefined && JSON.stringify(shown.problems) === JSON.stringify(wanted);
  });
};

test("nothing is sent to it before a person has trusted its key, and the screen says why", () =>
  problemsShown(["key-changed"]));

test("the probe is refused without its password, and grades it with it, through its bridge", async () => {
  await expect(guichet(["probe", device])).rejects.toThrow("--yes");
  await expect(guichet(["probe", device, "--yes"])).rejects.toThrow("name and password");
  await guichet(["device", "password", device, "--user", "guichet"], "let me print\n");
  const said = await guichet(["probe", device, "--yes"]);
  expect(said).toContain("2.0, Print-Job only");
  expect(said).toMatch(/Copies +NOT made as asked/);
  expect(said).toContain("A settlement rests on the job's own count, checked against");
  const known = await guichet(["device"]);
  expect(known).toContain("a job counts sides, the device counts sides");
  expect(known).toContain('the name is "guichet"');
  expect(known).not.toContain("let me print");
});

test("a release reaches it; what came out too much is not charged, and a person looks at it", async () => {
  await problemsShown([]);
  const once = await oneRelease({ site, kiosk, pdf: makeTextPdf({ pages: 3 }) });
  expect([once.outcome.kind, once.sides.length, once.charged]).toEqual(["printed", 3, 0.15]);
  expect(await guichet(["review"])).toContain("Nothing waits");
  const twice = await oneRelease({ site, kiosk, pdf: makeTextPdf({ pages: 3 }), copies: 2 });
  expect([twice.sides.length, twice.charged]).toEqual([12, 0.3]);
  const listed = await waitFor("the release in the review", async () => {
    const said = await guichet(["review"]);
    return said.includes("6 of 6 sides were charged") && said;
  });
  expect(listed).toContain("the job counted 12, the device 12");
  const release = /^[0-9a-f-]{36}/m.exec(listed)?.[0] ?? "";
  await guichet(["review", release]);
  expect(await guichet(["review"])).toContain("Nothing waits");
});

test("another key blocks it until a person trusts that, too", async () => {
  await fault(site, "another-key", {});
  await problemsShown(["key-changed"]);
  expect(await guichet(["device", "repin", device, "--yes"])).toContain("trusted by this key");
  await problemsShown([]);
  expect(await guichet(["device", "repin", device])).toContain("trusted already");
});

test("the doctor looks at the site and its devices, and finds a door that is open", async () => {
  const said = await guichet(["doctor"]).catch((error: Error) => error.message);
  for (const well of ["the server answers", "the provider answers", "the bridge answers"])
    expect(said).toContain(`ok    ${well}`);
  expect(said).toMatch(/ok {4}this machine and the server are \d s apart/);
  expect(said).toContain(`ok    ${device}: no way past the kiosk was found`);

  const [raw = 0, lpd = 0, other = 0] = await freePorts(3);
  const listener = createServer((socket) => socket.end()).listen(raw, "127.0.0.1");
  const uri = `ipp://127.0.0.1:${other}/ipp/print`;
  const ways = await waysAround({ uri, ports: { raw, lpd }, signal: AbortSignal.timeout(20_000) });
  listener.close();
  expect(ways.map(({ way }) => way)).toEqual(["raw"]);
  expect(ways[0]?.close).toContain("Switch off raw");
});

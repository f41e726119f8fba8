import { existsSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runProgram } from "../labs/program.ts";
import { logIn } from "./badge-session.ts";
import { closing } from "./closing.ts";
import { type KioskClient, kioskClient } from "./kiosk-client.ts";
import { paper } from "./peers.ts";
import { printDocument } from "./print-document.ts";
import { startSite, type TestSite } from "./test-site.ts";

const ipptool = "/usr/bin/ipptool";
const asking = "/usr/share/cups/ipptool/get-printer-attributes.test";
const tryMe = new Uint8Array(readFileSync(new URL("../../docs/try-me.pdf", import.meta.url)));
const open = closing();
let site: TestSite;
let kiosk: KioskClient;

beforeAll(async () => {
  site = open.add(await startSite({}, { overTls: true }));
  kiosk = open.add(kioskClient(site.ports.bridge));
  await kiosk.until("the terminal", ({ devices }) => devices.length > 0);
});
afterAll(() => open.all());

test("the whole road runs with TLS between all roles, each known by its own key", async () => {
  const { uuid } = await printDocument(site, { user: "alice", pdf: tryMe });
  await logIn(site, kiosk);
  const view = await kiosk.until(
    "Alice's document",
    ({ session }) => session?.documents[0]?.state === "ready",
  );
  await kiosk.press({ kind: "print", jobIds: [uuid], device: view.devices[0]?.id ?? "" });
  const done = await kiosk.until(
    "the outcome",
    ({ session }) => session?.releases[0]?.outcome !== undefined,
  );
  expect(done.session?.releases[0]?.outcome).toMatchObject({ kind: "printed", impressions: 2 });
  expect(await paper(site)).toHaveLength(2);
});

const left = existsSync(ipptool) ? undefined : "ipptool is not there";
if (left !== undefined) console.log(`Left out: a queue over TLS from ipptool, since ${left}.`);

describe.runIf(left === undefined)("a client that we did not write", () => {
  const ask = (uri: string, ...options: string[]) =>
    runProgram(ipptool, ["-tv", ...options, uri, asking]);
  const uris = () => [
    `ipp://localhost:${site.ports.provider}/printers/find-me`,
    `ipps://localhost:${site.ports.providerTls}/printers/find-me`,
  ];

  test("reaches a queue over ipps, and is told of both its addresses", async () => {
    const [plain = "", secure = ""] = uris();
    const said = await ask(secure);
    expect(said).toContain(`printer-uri-supported (1setOf uri) = ${secure},${plain}`);
    expect(said).toContain("uri-security-supported (1setOf keyword) = tls,none");
    expect(await ask(plain)).toContain("uri-security-supported (1setOf keyword) = none,tls");
  });

  test("turns its plain connection into TLS where it wants to (RFC 2817)", async () => {
    const [plain = ""] = uris();
    expect(await ask(plain, "-E")).toContain("[PASS]");
  });
});

import { afterAll, beforeAll, expect, test } from "vitest";
import { createIppClient } from "../../ipp/client/client.ts";
import { documentOf } from "../../ipp/client/document.ts";
import { printJob } from "../../ipp/client/submit.ts";
import { makeTextPdf } from "../documents/make-pdf.ts";
import { closing } from "./closing.ts";
import { type KioskClient, kioskClient } from "./kiosk-client.ts";
import { oneRelease } from "./one-release.ts";
import { runGuichet } from "./run-guichet.ts";
import { startSite, type TestSite } from "./test-site.ts";
import { waitFor } from "./wait-for.ts";

const open = closing();
let site: TestSite;
let kiosk: KioskClient;

beforeAll(async () => {
  site = open.add(await startSite({ site: { shadow: true } }));
  kiosk = open.add(kioskClient(site.ports.bridge));
}, 60_000);
afterAll(open.all);

/** What a command says; it must end well. */
async function said(...args: string[]): Promise<string> {
  const { code, said } = await runGuichet(site, args);
  expect(said).not.toContain("Error");
  expect(code).toBe(0);
  return said;
}

test("shadow tells, on a site that runs, what went around the kiosk", async () => {
  const pdf = makeTextPdf({ pages: 2 });
  const released = await oneRelease({ site, kiosk, pdf });
  expect(released.sides).toHaveLength(2);
  expect(released.charged).toBe(0);
  const device = createIppClient({ uri: `ipp://127.0.0.1:${site.ports.simulator}/ipp/print` });
  const around = await printJob(device, {
    jobName: "around",
    documentFormat: "application/pdf",
    document: documentOf(pdf),
  });
  expect(around.ok).toBe(true);
  device.close();
  // A bridge reads the meters each minute, and when it starts.
  await site.roles.bridge.stop();
  await site.roles.bridge.start();
  await waitFor(
    "what was not released",
    async () => /simulated-mfp +4 +2 +2 /.test(await said("shadow")),
    60_000,
  );
  expect(await said("shadow", "--days", "366")).toContain("nobody is charged");
  expect((await runGuichet(site, ["shadow", "--days", "0"])).code).toBe(2);
});

test("whoever reads what is kept of a person stands in the record", async () => {
  expect(await said("audit", "--about", "alice")).not.toContain("export");
  expect(JSON.parse(await said("user", "export", "alice"))).toMatchObject({
    person: { login: "alice", pin: "not set" },
  });
  expect(await said("audit", "--about", "alice")).toMatch(
    /administrator from 127\.0\.0\.1 .*export/,
  );
  const { code, said: refusal } = await runGuichet(site, ["audit", "--about", "nobody"]);
  expect(refusal).toContain('There is no person "nobody".');
  expect(code).toBe(2);
});

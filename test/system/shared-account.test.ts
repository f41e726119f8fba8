import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { TerminalView } from "../../protocol/kiosk.ts";
import { logIn, logOut } from "./badge-session.ts";
import { closing } from "./closing.ts";
import { type KioskClient, kioskClient } from "./kiosk-client.ts";
import { paper, xmlRpc } from "./peers.ts";
import { printDocument } from "./print-document.ts";
import { startSite, type TestSite } from "./test-site.ts";
import { waitFor } from "./wait-for.ts";

const tryMe = new Uint8Array(readFileSync(new URL("../../docs/try-me.pdf", import.meta.url)));
const open = closing();
let site: TestSite;
let kiosk: KioskClient;

beforeAll(async () => {
  site = open.add(await startSite());
  kiosk = open.add(kioskClient(site.ports.bridge));
});
afterAll(() => open.all());

/** A document of bob, who has 0.10, on the screen; it costs 0.25. */
async function documentOfBob(): Promise<{ jobId: string; view: TerminalView }> {
  const { uuid } = await printDocument(site, { user: "bob", pdf: tryMe });
  await logIn(site, kiosk, "bob");
  const view = await kiosk.until(
    "Bob's document",
    ({ session }) =>
      session?.documents.some(({ jobId, state }) => jobId === uuid && state === "ready") === true,
  );
  return { jobId: uuid, view };
}

async function printOutcome(jobId: string, device: string) {
  expect(await kiosk.press({ kind: "print", jobIds: [jobId], device })).toBe("accepted");
  const outcomeIn = ({ session }: TerminalView) =>
    session?.releases.findLast((release) => release.jobId === jobId)?.outcome;
  return outcomeIn(await kiosk.until("the outcome", (view) => outcomeIn(view) !== undefined));
}

test("a shared account pays what its owner of access prints, when it is chosen, and nothing else", async () => {
  await xmlRpc(site, "api.addNewSharedAccount", "Physics");
  await xmlRpc(site, "api.setSharedAccountAccountBalance", "Physics", "1.00", "budget");
  await xmlRpc(site, "api.addSharedAccountAccessUser", "Physics", "bob");
  const { jobId, view } = await documentOfBob();
  const device = view.devices[0]?.id ?? "";
  const [physics] = view.session?.paying?.shared ?? [];
  expect(physics).toMatchObject({ name: "Physics", available: 10_000 });
  expect(view.session).toMatchObject({ available: 1_000, restricted: true });
  // Nobody's own lack of money is made up from a budget.
  expect(await printOutcome(jobId, device)).toMatchObject({ reason: "not-enough-credit" });

  const account = physics?.account ?? "";
  expect(
    await kiosk.press({ kind: "pay-from", account: "00000000-0000-4000-8000-000000000000" }),
  ).toBe("not-possible");
  expect(await kiosk.press({ kind: "pay-from", account })).toBe("accepted");
  await kiosk.until(
    "the document to be held again, and the account chosen",
    ({ session }) =>
      session?.paying?.chosen === account &&
      session.available === 10_000 &&
      session.documents[0]?.state === "ready",
  );
  expect(await kiosk.press({ kind: "print", jobIds: [jobId], device })).toBe("accepted");
  const done = await kiosk.until(
    "the second outcome",
    ({ session }) => session?.releases[1]?.outcome !== undefined,
  );
  expect(done.session?.releases[1]?.outcome).toMatchObject({ kind: "printed", charged: 2_500 });
  expect(done.session?.balance).toBe(1_000);
  expect(await paper(site)).toHaveLength(2);
  await waitFor(
    "the charge",
    async () =>
      Number(await xmlRpc(site, "api.getSharedAccountAccountBalance", "Physics")) === 0.75,
  );
  expect(Number(await xmlRpc(site, "api.getUserAccountBalance", "bob"))).toBe(0.1);
  await logOut(kiosk);
});

test("a device, or a person, that is switched off meanwhile prints nothing, and the screen says why", async () => {
  await xmlRpc(site, "api.setUserAccountBalance", "bob", "5.00", "");
  const { jobId, view } = await documentOfBob();
  const device = view.devices[0]?.id ?? "";
  const before = (await paper(site)).length;
  await xmlRpc(site, "api.disablePrinter", "device", device, "5");
  expect(await printOutcome(jobId, device)).toEqual({
    kind: "not-printed",
    reason: "device-disabled",
  });
  await xmlRpc(site, "api.enablePrinter", "device", device);
  await xmlRpc(site, "api.disablePrintingForUser", "bob", "5");
  const turnedAway = await kiosk.until("why nobody is here", ({ refusal }) => refusal !== null);
  expect(turnedAway).toMatchObject({ refusal: "disabled", session: null });
  expect(await paper(site)).toHaveLength(before);
});

test("the health pages tell what the bridge sees of its device", async () => {
  const key = readFileSync(join(site.dataDir(), "server", "health-key"), "utf8").trim();
  const status = async () => {
    const path = "/api/health/devices/simulated-mfp/status";
    const url = `http://127.0.0.1:${site.ports.server}${path}`;
    const answer = await fetch(url, { headers: { authorization: key } });
    return [answer.status, await answer.json()];
  };
  await waitFor("OK", async () => (await status())[0] === 200);
  await fetch(`http://127.0.0.1:${site.ports.simulator}/faults/door-open`, { method: "PUT" });
  await waitFor("the open door", async () => (await status())[0] === 500, 40_000);
  expect(await status()).toEqual([500, { status: "A door is open." }]);
});

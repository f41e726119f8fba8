import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { TerminalView } from "../../protocol/kiosk.ts";
import { closing } from "./closing.ts";
import { type KioskClient, kioskClient } from "./kiosk-client.ts";
import { paper, tapBadge } from "./peers.ts";
import { printDocument } from "./print-document.ts";
import { startSite, type TestSite } from "./test-site.ts";

/* What a person sets, takes back and asks at the screen, with every role a process of its own. */

const ALICE = "66CF4DC2";
const pdf = new Uint8Array(readFileSync(new URL("../../docs/try-me.pdf", import.meta.url)));
const open = closing();
let site: TestSite;
let kiosk: KioskClient;

beforeAll(async () => {
  site = open.add(await startSite());
  kiosk = open.add(kioskClient(site.ports.bridge));
});
afterAll(() => open.all());

const ready = (jobId: string) => (view: TerminalView) =>
  view.session?.documents.some((one) => one.jobId === jobId && one.state === "ready") ?? false;

test("a document is printed, charged and shown as it was set at the release", async () => {
  await kiosk.until("the idle screen", ({ reader }) => reader === "ready");
  const { uuid } = await printDocument(site, { user: "alice", pdf });
  await tapBadge(site.ports.reader, ALICE);
  const { session, devices } = await kiosk.until("the document", ready(uuid));
  const [device] = devices;
  expect(device?.settable).toEqual(["copies", "sides", "colourMode"]);
  const counted = session?.documents.find((one) => one.jobId === uuid)?.counted;
  expect(counted).toMatchObject({ ofOneCopy: { impressions: 2 }, settable: expect.anything() });

  const settings = { copies: 2, sides: "two-sided-long-edge", colourMode: "grey" } as const;
  const press = { kind: "print" as const, jobIds: [uuid], device: device?.id ?? "" };
  expect(await kiosk.press({ ...press, settings: [{ jobId: uuid, settings }] })).toBe("accepted");
  const done = await kiosk.until(
    "the outcome",
    (view) => view.session?.releases.some(({ outcome }) => outcome !== undefined) ?? false,
  );
  const charged = 4 * (device?.prices?.grey ?? Number.NaN);
  expect(done.session?.releases[0]?.outcome).toEqual({ kind: "printed", impressions: 4, charged });
  expect(
    (await paper(site)).map(({ copy, sheet, side, colour }) => [copy, sheet, side, colour]),
  ).toEqual([
    [1, 1, "front", "grey"],
    [1, 1, "back", "grey"],
    [2, 2, "front", "grey"],
    [2, 2, "back", "grey"],
  ]);
});

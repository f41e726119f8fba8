import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { PersonExport } from "../../protocol/admin-audit.ts";
import type { TerminalView } from "../../protocol/kiosk.ts";
import { badges, logIn, logOut } from "./badge-session.ts";
import { closing } from "./closing.ts";
import { type KioskClient, kioskClient } from "./kiosk-client.ts";
import { paper, tapBadge } from "./peers.ts";
import { printDocument } from "./print-document.ts";
import { startSite, type TestSite } from "./test-site.ts";
import { waitFor } from "./wait-for.ts";

/* What a person sets, takes back and asks at the screen, with every role a process of its own. */

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
  await logIn(site, kiosk);
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

test("a deletion is taken back, and one that is not goes when the person leaves", async () => {
  const [kept, gone] = await Promise.all([
    printDocument(site, { user: "alice", pdf, title: "Kept" }),
    printDocument(site, { user: "alice", pdf, title: "Gone" }),
  ]);
  await kiosk.until("both", (view) => ready(kept.uuid)(view) && ready(gone.uuid)(view));
  expect(await kiosk.press({ kind: "delete", jobIds: [kept.uuid, gone.uuid] })).toBe("accepted");
  const held = await kiosk.until("an empty list", ({ session }) => !session?.documents.length);
  expect(held.session?.deletion?.count).toBe(2);
  expect(await kiosk.press({ kind: "undo-delete" })).toBe("accepted");
  await kiosk.until("both again", (view) => ready(kept.uuid)(view) && ready(gone.uuid)(view));

  await kiosk.press({ kind: "delete", jobIds: [gone.uuid] });
  await logOut(kiosk);
  await logIn(site, kiosk);
  const left = ({ session }: TerminalView) => session?.documents.map(({ title }) => title).join();
  await kiosk.until("what is left", (view) => left(view) === "Kept");
});

test("a bridge that dies while a deletion is held leaves the document", async () => {
  const { session } = await kiosk.until("the list", (view) => view.session !== null);
  const jobIds = session?.documents.map(({ jobId }) => jobId) ?? [];
  await kiosk.press({ kind: "delete", jobIds });
  await kiosk.until("an empty list", (view) => view.session?.documents.length === 0);
  await site.roles.bridge.kill();
  await site.roles.bridge.start();
  await kiosk.until("nobody", (view) => view.session === null);
  await waitFor("the reader", () =>
    tapBadge(site.ports.reader, badges.alice).then(
      () => true,
      () => false,
    ),
  );
  const later = await kiosk.until("the document again", (view) => view.session !== null);
  expect(later.session?.documents.map(({ title }) => title)).toEqual(["Kept"]);
});

test("who looks for a document is told what became of it", async () => {
  await kiosk.press({ kind: "look-for-missing" });
  const { session } = await kiosk.until(
    "what is known",
    (view) => view.session?.missing?.state === "known",
  );
  expect(session?.missing?.login).toBe("alice");
  expect(session?.missing?.jobs.map(({ title, because }) => [title, because])).toEqual([
    ["Gone", "cancelled"],
    ["a document", "printed"],
  ]);
});

test("language, time and contrast are there at the next tap", async () => {
  await kiosk.press({ kind: "language", language: "fr" });
  await kiosk.press({ kind: "prefer", time: 3, contrast: true });
  await kiosk.until("the wishes", (view) => view.session?.contrast === true);
  await waitFor("the server to know", async () => {
    const { person } = await site.admin.get("/api/admin/people/alice/export", PersonExport);
    return person.language === "fr" && person.time === 3 && person.contrast === true;
  });
  await logOut(kiosk);
  await logIn(site, kiosk);
  const { session } = await kiosk.until("Alice", (view) => view.session !== null);
  expect(session).toMatchObject({ language: "fr", time: 3, contrast: true });
  expect(session?.logOutInMs).toBeGreaterThan(120_000);
});

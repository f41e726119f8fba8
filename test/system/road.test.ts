import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Books } from "../../protocol/admin.ts";
import { closing } from "./closing.ts";
import { type KioskClient, kioskClient } from "./kiosk-client.ts";
import { paper, tapBadge, xmlRpc } from "./peers.ts";
import { printDocument } from "./print-document.ts";
import { startSite, type TestSite } from "./test-site.ts";
import { waitFor } from "./wait-for.ts";

const tryMe = new Uint8Array(readFileSync(new URL("../../docs/try-me.pdf", import.meta.url)));
const open = closing();
let site: TestSite;
let kiosk: KioskClient;
/** Every line that the roles logged, as JSON. */
const logged: string[] = [];

beforeAll(async () => {
  site = open.add(await startSite());
  kiosk = open.add(kioskClient(site.ports.bridge));
  for (const role of ["bridge", "provider", "server", "simulator"] as const)
    site.roles[role].onLog((event) => logged.push(JSON.stringify({ ...event, role })));
});
afterAll(() => open.all());

const ready = (count: number) => (view: { session: null | { documents: { state: string }[] } }) =>
  view.session?.documents.filter(({ state }) => state === "ready").length === count;

test("print, tap, Print all: the printer has the pages, and the account paid for them once", async () => {
  const { uuid } = await printDocument(site, { user: "alice", pdf: tryMe, title: "Try me" });
  await tapBadge(site.ports.reader, "66CF4DC2");
  const open = await kiosk.until("Alice's document", ready(1));
  const document = open.session?.documents[0];
  expect(document?.jobId).toBe(uuid);
  expect(document?.title).toBe("Try me");
  // One side in colour and one in grey, at 0.20 and 0.05.
  expect(document?.counted).toMatchObject({
    pages: 2,
    colourPages: 1,
    impressions: 2,
    price: 2_500,
  });
  expect(open.session?.balance).toBe(100_000);

  expect(
    await kiosk.press({ kind: "print", jobIds: [uuid], device: open.devices[0]?.id ?? "" }),
  ).toBe("accepted");
  const done = await kiosk.until(
    "the outcome",
    (view) => view.session?.releases[0]?.outcome !== undefined,
  );
  expect(done.session?.releases[0]?.outcome).toEqual({
    kind: "printed",
    impressions: 2,
    charged: 2_500,
  });
  expect(done.session?.balance).toBe(97_500);
  expect((await paper(site)).map(({ page, colour }) => [page, colour])).toEqual([
    [1, "colour"],
    [2, "grey"],
  ]);
  await waitFor(
    "the charge",
    async () => Number(await xmlRpc(site, "api.getUserAccountBalance", "alice")) === 9.75,
  );
  const books = await waitFor("the books without an open reservation", async () => {
    const found = await site.admin.get("/api/admin/books", Books);
    return found.openReservations === 0 && found;
  });
  expect(books.sum).toBe(0);
  expect(await kiosk.press({ kind: "log-out" })).toBe("accepted");
  await kiosk.until("the idle screen", (view) => view.session === null);
});

test("the logs tell of a release by its id in every role, and of nobody's card or title", async () => {
  const releaseId = /"releaseId":"([^"]+)"/.exec(logged.join("\n"))?.[1] ?? "none";
  const rolesThatTell = () =>
    ["bridge", "provider", "server"].filter((role) =>
      logged.some((line) => line.includes(`"role":"${role}"`) && line.includes(releaseId)),
    );
  await waitFor("all roles telling of it", () => rolesThatTell().length === 3);
  // The device logs the job's name, which carries the id's beginning.
  for (const secret of ["66CF4DC2", "Try me"])
    expect(logged.filter((line) => line.includes(secret))).toEqual([]);
});

test("who cannot pay is told so before anything is printed", async () => {
  await fetch(`http://127.0.0.1:${site.ports.simulator}/paper`, { method: "DELETE" });
  const { uuid } = await printDocument(site, { user: "bob", pdf: tryMe, copies: 3 });
  await tapBadge(site.ports.reader, "946EBD28");
  const open = await kiosk.until("Bob's document", ready(1));
  expect(open.session?.documents[0]?.counted?.price).toBe(7_500);
  await kiosk.press({ kind: "print", jobIds: [uuid], device: open.devices[0]?.id ?? "" });
  const done = await kiosk.until(
    "the refusal",
    (view) => view.session?.releases[0]?.outcome !== undefined,
  );
  expect(done.session?.releases[0]?.outcome).toEqual({
    kind: "not-printed",
    reason: "not-enough-credit",
  });
  expect(await paper(site)).toEqual([]);
  expect(await xmlRpc(site, "api.getUserAccountBalance", "bob")).toMatch(/^0\.10?$/);
  await kiosk.until("the document held again", ready(1));
  await kiosk.press({ kind: "delete", jobIds: [uuid] });
  await kiosk.until("an empty list", (view) => view.session?.documents.length === 0);
  await kiosk.press({ kind: "log-out" });
});

test("a job of the direct queue is printed at once, for its owner's money", async () => {
  await fetch(`http://127.0.0.1:${site.ports.simulator}/paper`, { method: "DELETE" });
  await printDocument(site, {
    user: "alice",
    pdf: tryMe,
    queue: "direct",
    grey: true,
    twoSided: true,
  });
  await waitFor("the paper", async () => (await paper(site)).length === 2);
  expect((await paper(site)).map(({ colour, sheet }) => [colour, sheet])).toEqual([
    ["grey", 1],
    ["grey", 1],
  ]);
  await waitFor(
    "the charge",
    async () => Number(await xmlRpc(site, "api.getUserAccountBalance", "alice")) === 9.65,
  );
});

test("a card that nobody has opens nothing and says so", async () => {
  await tapBadge(site.ports.reader, "00000000");
  const view = await kiosk.until("the refusal", ({ refusal }) => refusal !== null);
  expect([view.refusal, view.session]).toEqual(["unknown-card", null]);
});

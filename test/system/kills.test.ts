import { afterAll, beforeAll, expect, test } from "vitest";
import { Books, UncertainReleases } from "../../protocol/admin.ts";
import { makeTextPdf } from "../documents/make-pdf.ts";
import { logIn } from "./badge-session.ts";
import { closing } from "./closing.ts";
import { type KioskClient, kioskClient } from "./kiosk-client.ts";
import { balanceOf } from "./one-release.ts";
import { paper } from "./peers.ts";
import { printDocument } from "./print-document.ts";
import { seeded } from "./random.ts";
import { type RoleName, startSite, type TestSite } from "./test-site.ts";
import { waitFor } from "./wait-for.ts";

/**
 * kill -9 of each role at each numbered step of the road, at random moments within it. The simulator's
 * own record of the paper is the judge: each release is paid once for what came out, or uncertain and
 * unpaid; and no document comes out twice.
 */
const KILLS = process.env.GUICHET_SOAK ? 300 : 10;
const SEED = Number(process.env.GUICHET_SEED ?? 20261121);
const ROLES: RoleName[] = ["bridge", "provider", "server", "simulator"];
const PRICE = 500;

const open = closing();
let site: TestSite;
let kiosk: KioskClient;

beforeAll(async () => {
  // 40 ms a page: a release of a few pages is long enough to be hit at every step of it.
  site = open.add(
    await startSite({ simulator: { pagesPerMinute: 1500 }, site: { idleSeconds: 3600 } }),
  );
  kiosk = open.add(kioskClient(site.ports.bridge));
});
afterAll(() => open.all());

test(`${KILLS} kills with seed ${SEED}: printed once and paid once, or uncertain and unpaid`, {
  timeout: KILLS * 30_000,
}, async () => {
  const random = seeded(SEED);
  const tally: Record<string, number> = {};
  for (let kill = 0; kill < KILLS; kill += 1) {
    const role = ROLES[kill % ROLES.length] ?? "bridge";
    const step = 1 + (Math.floor(kill / ROLES.length) % 6);
    const pages = 1 + Math.floor(random() * 8);
    const ended = await oneKill({ role, step, pages, delayMs: Math.floor(random() * 60) });
    const name = `${ended} after ${role}`;
    tally[name] = (tally[name] ?? 0) + 1;
  }
  console.log(`${KILLS} kills, seed ${SEED}:`, JSON.stringify(tally));
  const books = await site.admin.get("/api/admin/books", Books);
  expect([books.sum, books.openReservations]).toEqual([0, 0]);
});

async function oneKill(options: {
  role: RoleName;
  step: number;
  pages: number;
  delayMs: number;
}): Promise<string> {
  const { role, step, pages, delayMs } = options;
  const where = `${role} killed ${delayMs} ms into step ${step} of ${pages} pages`;
  const before = Math.round((await balanceOf(site)) * 10_000);
  const uncertainBefore = await uncertainCount();
  const papersBefore = (await paper(site)).length;
  const { uuid } = await printDocument(site, { user: "alice", pdf: makeTextPdf({ pages }) });
  await logIn(site, kiosk);
  const view = await kiosk.until(
    "the document, and a device that is ready",
    ({ session, devices }) =>
      devices[0]?.state === "ready" &&
      (session?.documents.some(({ jobId, state }) => jobId === uuid && state === "ready") ?? false),
    120_000,
  );

  const reached = new Promise<void>((resolve) => {
    const end = site.roles.bridge.onLog((event) => {
      if (event.event !== "release-step" || (event.step ?? 0) < step) return;
      end();
      resolve();
    });
  });
  const device = view.devices[0]?.id ?? "";
  const refused = kiosk.press({ kind: "print", jobIds: [uuid], device }).then((answer) => {
    if (answer !== "accepted") throw new Error(`The bridge answered ${answer}: ${where}`);
    return reached;
  });
  await Promise.race([reached, refused]);
  // An answer that comes after the bridge was killed and has no session any more refuses nothing.
  refused.catch(() => undefined);
  await new Promise((resolve) => setTimeout(resolve, delayMs));
  await site.roles[role].kill();
  await site.roles[role].start();

  await waitFor(`quiet after ${where}`, async () => (await openReleases()) === 0, 120_000);
  const sides = (await paper(site)).slice(papersBefore);
  const names = new Set(sides.map(({ jobName }) => jobName));
  const books = await waitFor(`the books after ${where}`, async () => {
    const found = await site.admin.get("/api/admin/books", Books);
    return found.openReservations === 0 && found;
  });
  const charged = before - Math.round((await balanceOf(site)) * 10_000);
  const uncertain = (await uncertainCount()) - uncertainBefore;
  expect(books.sum, where).toBe(0);
  expect(names.size, where).toBeLessThanOrEqual(1);
  // Printed once: no page of the document lies there twice.
  expect(new Set(sides.map(({ page }) => page)).size, where).toBe(sides.length);
  if (uncertain === 1) expect(charged, where).toBe(0);
  else expect([uncertain, charged], where).toEqual([0, sides.length * PRICE]);

  await logIn(site, kiosk);
  await kiosk.press({ kind: "delete", jobIds: [uuid] });
  if (uncertain === 1) return "uncertain";
  return sides.length === pages ? "printed" : sides.length === 0 ? "given back" : "partly printed";
}

/** Releases that the bridge has not brought to an end, those that wait for a person not counted. */
async function openReleases(): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${site.ports.bridge}/metrics`)).text();
  const value = (name: string) => {
    const match = new RegExp(`^${name}(?:\\{[^}]*\\})? (\\d+)`, "m").exec(text);
    if (!match) throw new Error(`The bridge's metrics tell no ${name}`);
    return Number(match[1]);
  };
  return value("guichet_releases_open") + value("guichet_outbox_entries");
}

async function uncertainCount(): Promise<number> {
  return (await site.admin.get("/api/admin/uncertain", UncertainReleases)).releases.length;
}

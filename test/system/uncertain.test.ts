import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { UncertainReleases } from "../../protocol/admin.ts";
import { makeTextPdf } from "../documents/make-pdf.ts";
import { runProgram } from "../labs/program.ts";
import { logIn } from "./badge-session.ts";
import { closing } from "./closing.ts";
import { type KioskClient, kioskClient } from "./kiosk-client.ts";
import { balanceOf, oneRelease } from "./one-release.ts";
import { fault } from "./peers.ts";
import { startSite, type TestSite } from "./test-site.ts";
import { waitFor } from "./wait-for.ts";

/** A release of which nobody can know what came out, and the person at the help desk who decides. */
const program = fileURLToPath(new URL("../../guichet.ts", import.meta.url));
const open = closing();
let site: TestSite;
let kiosk: KioskClient;

beforeAll(async () => {
  site = open.add(await startSite({ simulator: { pagesPerMinute: 3000 } }));
  kiosk = open.add(kioskClient(site.ports.bridge));
});
afterAll(() => open.all());

const guichet = (...args: string[]) =>
  runProgram(process.execPath, [program, ...args], { env: site.env });

/** Releases four pages to a device that counts nothing and gives up at the third. */
async function anUncertainRelease(): Promise<string> {
  await fault(site, "no-counters", {});
  await fault(site, "jam", { page: 3, outcome: "abort" });
  const { outcome, charged } = await oneRelease({ site, kiosk, pdf: makeTextPdf({ pages: 4 }) });
  expect([outcome.kind, charged]).toEqual(["uncertain", 0]);
  for (const name of ["no-counters", "jam"]) await fault(site, name, undefined, "DELETE");
  const [waiting] = await waitFor("the release among the uncertain", async () => {
    const { releases } = await site.admin.get("/api/admin/uncertain", UncertainReleases);
    const open = releases.filter(({ decision }) => decision === null);
    return open.length === 1 && open;
  });
  if (waiting === undefined) throw new Error("There is none");
  return waiting.releaseId;
}

test("it is listed with what to type; decided as printed, the sides that came out are charged once", async () => {
  const before = await balanceOf(site);
  const release = await anUncertainRelease();
  const listed = await guichet("uncertain");
  expect(listed).toContain(`npx guichet uncertain ${release} printed|not-printed`);
  expect(listed).toContain("alice");
  await guichet("uncertain", release, "printed", "--sides", "2");
  await waitFor("the charge", async () => (before - (await balanceOf(site))).toFixed(2) === "0.10");
  await waitFor("an empty list", async () => (await guichet("uncertain")).includes("No release"));
  await expect(guichet("uncertain", release, "printed")).rejects.toThrow();
  expect(await guichet("books")).toContain("sum of all entries   0.00");
});

test("decided as not printed, it costs nothing and the document is in the list again", async () => {
  const before = await balanceOf(site);
  const release = await anUncertainRelease();
  await guichet("uncertain", release, "not-printed");
  await logIn(site, kiosk);
  await kiosk.until(
    "the document in the list again",
    (view) => view.session?.documents.some(({ state }) => state === "ready") ?? false,
  );
  expect(await balanceOf(site)).toBe(before);
});

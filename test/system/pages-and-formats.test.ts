import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import type { Configuration } from "../../command/configuration/schema.ts";
import { attribute, integer, keyword, mimeMediaType, range } from "../../ipp/build.ts";
import { createIppClient, type IppClient } from "../../ipp/client/client.ts";
import { documentOf } from "../../ipp/client/document.ts";
import type { IppAttribute } from "../../ipp/message.ts";
import { operation } from "../../ipp/operations.ts";
import { booleanOf, groupOf, stringOf } from "../../ipp/read.ts";
import { statusName } from "../../ipp/status.ts";
import { groupTag } from "../../ipp/tags.ts";
import { makeJpeg } from "../documents/make-jpeg.ts";
import { makeTextPdf } from "../documents/make-pdf.ts";
import { makePwg } from "../documents/make-raster.ts";
import { startCups, whyNoCupsd } from "../labs/cupsd.ts";
import { logIn } from "./badge-session.ts";
import { closing } from "./closing.ts";
import { type KioskClient, kioskClient } from "./kiosk-client.ts";
import { paper } from "./peers.ts";
import { startSite, type TestSite } from "./test-site.ts";
import { waitFor } from "./wait-for.ts";

const open = closing();
afterEach(() => open.all());

/** Nine pages; the third, sixth and ninth are in colour. */
const pdf = makeTextPdf({ pages: 9, colourEvery: 3 });

interface Place {
  site: TestSite;
  kiosk: KioskClient;
  queue: IppClient;
}

async function placeOf(configuration: Configuration): Promise<Place> {
  const site = open.add(await startSite(configuration));
  const kiosk = open.add(kioskClient(site.ports.bridge));
  const uri = `ipp://127.0.0.1:${site.ports.provider}/printers/find-me`;
  const queue = open.add(createIppClient({ uri, userName: "alice" }));
  return { site, kiosk, queue };
}

async function choosesPages({ queue }: Place): Promise<boolean | undefined> {
  const answer = await queue.call({ operation: operation.getPrinterAttributes });
  const group = answer.ok ? groupOf(answer.value, groupTag.printer) : undefined;
  return booleanOf(group, "page-ranges-supported");
}

async function send(
  { queue }: Place,
  document: Uint8Array,
  job: IppAttribute[] = [],
  format = "application/octet-stream",
) {
  const answer = await queue.call({
    operation: operation.printJob,
    attributes: [attribute("document-format", mimeMediaType(format))],
    job,
    document: documentOf(document),
  });
  const group = answer.ok ? groupOf(answer.value, groupTag.job) : undefined;
  const jobId = (stringOf(group, "job-uuid") ?? "").replace("urn:uuid:", "");
  return { status: statusName(answer.status), jobId };
}

/** Taps where nobody has yet, waits for the document, presses Print and waits for the end. */
async function release({ site, kiosk }: Place, jobId: string) {
  await logIn(site, kiosk);
  const of = (view: Awaited<ReturnType<KioskClient["until"]>>) =>
    view.session?.documents.find((document) => document.jobId === jobId);
  const view = await kiosk.until("the document", (seen) => of(seen)?.state === "ready");
  await kiosk.press({ kind: "print", jobIds: [jobId], device: view.devices[0]?.id ?? "" });
  const releaseOf = (seen: typeof view) =>
    seen.session?.releases.find((one) => one.jobId === jobId);
  const done = await kiosk.until(
    "the outcome",
    (seen) => releaseOf(seen)?.outcome !== undefined,
    120_000,
  );
  const { outcome, releaseId = "" } = releaseOf(done) ?? {};
  const name = `Guichet ${releaseId.slice(0, 8)}`;
  const sides = (await paper(site)).filter(({ jobName }) => jobName === name);
  return {
    counted: of(view)?.counted,
    cannot: of(view)?.cannotAt?.[0]?.cannot,
    outcome,
    sides: sides.map(({ page, colour }) => `${page}${colour[0]}`),
    sheets: new Set(sides.map(({ sheet }) => sheet)).size,
  };
}

test("chosen pages, two on a side, cost and come out as they were shown", async () => {
  const place = await placeOf({});
  await waitFor("what the device can do", () => choosesPages(place));
  const sent = await send(place, pdf, [
    attribute("page-ranges", range(1, 2), range(4, 8)),
    attribute("number-up", integer(2)),
    attribute("sides", keyword("two-sided-long-edge")),
    attribute("copies", integer(2)),
  ]);
  expect(sent.status).toBe("successful-ok");
  // A copy: 1 and 2, 4 and 5, 6 (in colour) and 7, 8.
  const seen = await release(place, sent.jobId);
  expect(seen.counted).toMatchObject({ pages: 7, colourPages: 1, impressions: 8, sheets: 4 });
  expect(seen.counted).toMatchObject({ numberUp: 2, price: 2 * (3 * 500 + 2_000) });
  expect(seen.outcome).toEqual({ kind: "printed", impressions: 8, charged: 7_000 });
  expect(seen.sides).toEqual(["1g", "4g", "6c", "8g", "1g", "4g", "6c", "8g"]);
  expect(seen.sheets).toBe(4);

  const back = [attribute("page-ranges", range(4, 5), range(1, 2))];
  expect((await send(place, pdf, back)).status).toBe("client-error-bad-request");

  // Other formats go the same way, told by their first bytes.
  const raster = makePwg([{}, { paint: () => [200, 30, 30] }]);
  expect((await release(place, (await send(place, raster)).jobId)).sides).toEqual(["1g", "2c"]);
  const photo = makeJpeg({ paint: (x) => (x > 2 ? [20, 200, 30] : [9, 9, 9]) });
  expect((await release(place, (await send(place, photo)).jobId)).sides).toEqual(["1c"]);
});

const noCups = whyNoCupsd();
if (noCups !== undefined) console.log(`Left out: pages chosen in CUPS, since ${noCups}.`);

test.runIf(noCups === undefined)("pages chosen in CUPS are chosen once", async () => {
  const place = await placeOf({});
  await waitFor("what the device can do", () => choosesPages(place));
  const cups = open.add(await startCups());
  const uri = `ipp://127.0.0.1:${place.site.ports.provider}/printers/find-me`;
  await cups.addQueue("find-me", uri, "everywhere");
  const file = join(place.site.folder, "nine-pages.pdf");
  writeFileSync(file, pdf);
  const args = ["-o", "page-ranges=2-4,9", "-o", "number-up=2", "-o", "sides=one-sided"];
  await cups.lp("find-me", file, { args });
  await logIn(place.site, place.kiosk);
  const view = await place.kiosk.until(
    "the document",
    ({ session }) => session?.documents[0]?.state === "ready",
  );
  const seen = await release(place, view.session?.documents[0]?.jobId ?? "");
  // CUPS lays the pages out itself, and its ranges count the sides that come of it.
  expect(seen.counted).toMatchObject({ pages: 3, impressions: 3 });
  expect(seen.counted).not.toHaveProperty("chosenPages");
  expect(seen.outcome).toMatchObject({ kind: "printed", impressions: 3 });
  expect(seen.sides).toEqual(["1c", "2c", "3g"]);
});

const habits = ["raster-only", "plain-pages"];

test("what a device cannot take is refused in plain words, and nothing is charged", async () => {
  const place = await placeOf({ simulator: { habits } });
  await waitFor("what the device can do", async () => (await choosesPages(place)) === false);
  const chosen = await send(place, pdf, [attribute("page-ranges", range(1, 1))]);
  expect(chosen.status).toBe("client-error-attributes-or-values-not-supported");
  const whole = await release(place, (await send(place, pdf)).jobId);
  expect(whole).toMatchObject({
    outcome: { kind: "not-printed", reason: "device-cannot", cannot: ["format"] },
    sides: [],
  });
  expect(place.kiosk.view()?.session?.balance).toBe(100_000);
});

const left = ["/usr/bin/gs", "/usr/bin/prlimit"].find((path) => !existsSync(path));
if (left !== undefined)
  console.log(`Left out: converting for a device, since ${left} is not there.`);

describe.runIf(left === undefined)("a device that takes no PDF", () => {
  test("is given raster by Ghostscript, side for side as they were counted", async () => {
    const raster = ["-sDEVICE=pwgraster", "-r150", "-dcupsColorSpace=19", "-dcupsColorOrder=0"];
    const depth = ["-dcupsBitsPerColor=8", "-dcupsBitsPerPixel=24", "-sOutputFile={out}"];
    const command = ["/usr/bin/gs", "-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", ...raster, ...depth];
    const place = await placeOf({
      simulator: { habits },
      bridge: {
        converters: [
          { from: "application/pdf", to: "image/pwg-raster", command: [...command, "{in}"] },
        ],
      },
    });
    await waitFor("what the device can do", async () => (await choosesPages(place)) === false);
    const sent = await send(place, pdf, [attribute("sides", keyword("two-sided-long-edge"))]);
    const seen = await release(place, sent.jobId);
    expect(seen.cannot).toBeUndefined();
    expect(seen.outcome).toEqual({ kind: "printed", impressions: 9, charged: 6 * 500 + 3 * 2_000 });
    expect(seen.sides).toEqual(["1g", "2g", "3c", "4g", "5g", "6c", "7g", "8g", "9c"]);
    expect(seen.sheets).toBe(5);
  });
});

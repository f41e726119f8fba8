import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { attribute, boolean, collection, enumeration, keyword } from "../../ipp/build.ts";
import { createIppClient, type IppClient } from "../../ipp/client/client.ts";
import { documentOf } from "../../ipp/client/document.ts";
import type { IppAttribute, IppGroup } from "../../ipp/message.ts";
import { operation } from "../../ipp/operations.ts";
import { attributeOf, groupOf, integerOf, integersOf, stringOf } from "../../ipp/read.ts";
import { statusName } from "../../ipp/status.ts";
import { groupTag } from "../../ipp/tags.ts";
import { logIn } from "./badge-session.ts";
import { closing } from "./closing.ts";
import { type KioskClient, kioskClient } from "./kiosk-client.ts";
import { fault, paper } from "./peers.ts";
import { startSite, type TestSite } from "./test-site.ts";
import { waitFor } from "./wait-for.ts";

const tryMe = new Uint8Array(readFileSync(new URL("../../docs/try-me.pdf", import.meta.url)));
const open = closing();
let site: TestSite;
let kiosk: KioskClient;
let queue: IppClient;

beforeAll(async () => {
  site = open.add(await startSite());
  kiosk = open.add(kioskClient(site.ports.bridge));
  const uri = `ipp://127.0.0.1:${site.ports.provider}/printers/find-me`;
  queue = open.add(createIppClient({ uri, userName: "alice" }));
});
afterAll(() => open.all());

async function describeQueue(): Promise<IppGroup | undefined> {
  const call = { operation: operation.getPrinterAttributes };
  const answer = await queue.call(call);
  return answer.ok ? groupOf(answer.value, groupTag.printer) : undefined;
}

const canStaple = async () =>
  integersOf(await describeQueue(), "finishings-supported").includes(20);

async function print(job: IppAttribute[], more: IppAttribute[] = []) {
  const answer = await queue.call({
    operation: operation.printJob,
    attributes: [
      attribute("document-format", { kind: "mimeMediaType", value: "application/pdf" }),
      ...more,
    ],
    job,
    document: documentOf(tryMe),
  });
  const group = answer.ok ? groupOf(answer.value, groupTag.job) : undefined;
  return {
    status: statusName(answer.status),
    unsupported: answer.unsupported.map(({ name }) => name),
    jobId: (stringOf(group, "job-uuid") ?? "").replace("urn:uuid:", ""),
    number: integerOf(group, "job-id"),
  };
}

const stapled = attribute("finishings", enumeration(20));
const labels = attribute(
  "media-col",
  collection([
    attribute("media-source", keyword("tray-2")),
    attribute("media-type", keyword("labels")),
  ]),
);

const endedOne = (count: number) => (view: Awaited<ReturnType<KioskClient["until"]>>) =>
  view.session?.releases.filter(({ outcome }) => outcome !== undefined).length === count;
const ready = (view: Awaited<ReturnType<KioskClient["until"]>>) =>
  view.session?.documents.length === 1 && view.session.documents[0]?.state === "ready";

test("a queue offers what its device can do", async () => {
  await waitFor("the device's abilities at the queue", canStaple);
  const printer = await describeQueue();
  expect(stringOf(printer, "media-default")).toBe("iso_a4_210x297mm");
  const sources = attributeOf(printer, "media-source-supported")?.values;
  expect(sources?.map((value) => "value" in value && value.value)).toContain("by-pass-tray");
});

test("tray, type, finishing, bin and quality come to the paper as they were asked for", async () => {
  const sent = await print([
    stapled,
    labels,
    attribute("output-bin", keyword("face-up")),
    attribute("print-quality", enumeration(5)),
    attribute("print-scaling", keyword("fit")),
  ]);
  expect(sent).toMatchObject({ status: "successful-ok", unsupported: [] });
  await logIn(site, kiosk);
  const view = await kiosk.until("the document", ready);
  expect(view.session?.documents[0]).not.toHaveProperty("cannot");
  const device = view.devices[0]?.id ?? "";
  await kiosk.press({ kind: "print", jobIds: [sent.jobId], device });
  const done = await kiosk.until("the outcome", endedOne(1));
  expect(done.session?.releases[0]?.outcome).toMatchObject({ kind: "printed" });
  const handling = {
    finishings: ["staple-top-left"],
    tray: "tray-2",
    type: "labels",
    bin: "face-up",
    quality: 5,
    scaling: "fit",
  };
  expect((await paper(site)).map((side) => side.handling)).toEqual([handling, handling]);
});

test("what the device has lost in the meantime is refused in plain words, and nothing is printed", async () => {
  const sent = await print([stapled]);
  await kiosk.until("the next document", ready);
  const before = (await paper(site)).length;
  await fault(site, "no-finisher", {});
  const device = (await kiosk.until("the device", ready)).devices[0]?.id ?? "";
  await kiosk.press({ kind: "print", jobIds: [sent.jobId], device });
  const done = await kiosk.until("the refusal", endedOne(2));
  expect(done.session?.releases[1]?.outcome).toEqual({
    kind: "not-printed",
    reason: "device-cannot",
    cannot: ["staple"],
  });
  expect((await paper(site)).length).toBe(before);
  expect(done.session?.balance).toBe(97_500);
  // It stays in the list, with a word about it from now on; and the queue offers it no more.
  await kiosk.until(
    "the remark",
    ({ session }) => session?.documents[0]?.cannotAt?.[0]?.cannot.includes("staple") ?? false,
  );
  await waitFor("the queue without staples", async () => !(await canStaple()));
});

test("a queue without the ability says so, and refuses the job that depends on it", async () => {
  expect(await print([stapled])).toMatchObject({
    status: "successful-ok-ignored-or-substituted-attributes",
    unsupported: ["finishings"],
  });
  expect(
    await print([stapled], [attribute("ipp-attribute-fidelity", boolean(true))]),
  ).toMatchObject({
    status: "client-error-attributes-or-values-not-supported",
    unsupported: ["finishings"],
  });
  await fault(site, "no-finisher", undefined, "DELETE");
});

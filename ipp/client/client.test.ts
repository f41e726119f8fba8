import { describe, expect, test } from "vitest";
import {
  attribute,
  collection,
  enumeration,
  group,
  integer,
  keyword,
  keywords,
  range,
  text,
  uri,
} from "../build.ts";
import type { IppAttribute } from "../message.ts";
import { operation } from "../operations.ts";
import { groupOf, stringOf, stringsOf } from "../read.ts";
import { status } from "../status.ts";
import { groupTag } from "../tags.ts";
import { gather, jobGroup, reply, speaking } from "./device-for-tests.ts";
import { documentOf } from "./document.ts";
import { cancelJob, getJobAttributes, getJobs } from "./job-operations.ts";
import { canCreateJobs } from "./printer-description.ts";
import { getPrinterAttributes, identifyPrinter } from "./printer-operations.ts";
import { createJob, printJob, sendDocument, validateJob } from "./submit.ts";

const printer = (...attributes: IppAttribute[]) => group(groupTag.printer, attributes);

describe("a device", () => {
  test("is described by what it says", async () => {
    const said = printer(
      attribute("printer-state", enumeration(4)),
      attribute("printer-state-reasons", ...keywords("media-jam-error", "toner-low-warning")),
      attribute("printer-state-message", text("Jam in \u0007tray\n2")),
      attribute("printer-is-accepting-jobs", { kind: "boolean", value: true }),
      attribute("printer-up-time", integer(86_400)),
      attribute("queued-job-count", integer(2)),
      attribute("operations-supported", enumeration(0x02), enumeration(0x05), enumeration(0x06)),
      attribute("copies-supported", range(1, 99)),
      attribute("printer-impressions-completed", integer(12_345)),
      attribute("sides-supported", ...keywords("one-sided", "two-sided-long-edge")),
      attribute("media-ready", { kind: "name", value: "custom" }, keyword("iso_a4_210x297mm")),
      attribute("printer-uuid", uri("urn:uuid:4509a320-00a0-008f-00b6-002507510eca")),
    );
    await using at = await speaking((exchange) => reply(exchange, 0, [said]));
    const outcome = await getPrinterAttributes(at.client);
    expect(outcome).toMatchObject({
      ok: true,
      value: {
        state: "processing",
        stateReasons: ["media-jam-error", "toner-low-warning"],
        stateMessage: "Jam in tray 2",
        acceptingJobs: true,
        upTime: 86_400,
        queuedJobCount: 2,
        copiesSupported: { lower: 1, upper: 99 },
        impressionsCompleted: 12_345,
        sides: ["one-sided", "two-sided-long-edge"],
        mediaReady: ["custom", "iso_a4_210x297mm"],
        uuid: "urn:uuid:4509a320-00a0-008f-00b6-002507510eca",
        colorSupported: undefined,
      },
    });
    expect(outcome.ok && canCreateJobs(outcome.value)).toBe(true);
  });

  test("that counts only by colour has its counter from there, without blank sides", async () => {
    const counts = collection([
      attribute("monochrome", integer(100)),
      attribute("monochrome-two-sided", integer(20)),
      attribute("full-color-two-sided", integer(8)),
      attribute("blank-two-sided", integer(4)),
      attribute("highlight-color", integer(-2)),
    ]);
    const said = printer(attribute("printer-impressions-completed-col", counts));
    await using at = await speaking((exchange) => reply(exchange, 0, [said]));
    expect(await getPrinterAttributes(at.client)).toMatchObject({
      value: {
        impressionsCompleted: 128,
        impressionsCompletedByColor: { monochrome: 120, fullColor: 8, highlightColor: 0, blank: 4 },
      },
    });
  });

  test("that says nothing, or nonsense, is described by nothing", async () => {
    const said = printer(
      attribute("printer-state", text("fine, thanks")),
      attribute("printer-up-time", integer(-1)),
      attribute("__proto__", text("x")),
    );
    await using at = await speaking((exchange) => reply(exchange, 0, [said]));
    const outcome = await getPrinterAttributes(at.client);
    expect(outcome).toMatchObject({
      value: { state: undefined, upTime: undefined, stateReasons: [], sides: [] },
    });
    expect(outcome.ok && canCreateJobs(outcome.value)).toBe(false);
  });

  test("can be asked to show itself", async () => {
    await using at = await speaking((exchange) => reply(exchange, 0));
    expect((await identifyPrinter(at.client, { actions: ["flash"], message: "Here" })).ok).toBe(
      true,
    );
    const [request] = at.device.requests;
    if (request === undefined) throw new Error("No request came.");
    expect(stringOf(groupOf(request, groupTag.operation), "identify-actions")).toBe("flash");
  });
});

describe("a job", () => {
  test("is made, gets its document in one piece, and is watched", async () => {
    const document = Buffer.alloc(300_000, "%PDF-1.7 ");
    let sent: Uint8Array = Buffer.alloc(0);
    await using at = await speaking(async (exchange) => {
      if (exchange.message.code === operation.sendDocument) sent = await gather(exchange.document);
      const done = exchange.message.code === operation.getJobAttributes;
      reply(exchange, 0, [jobGroup(77, done ? 9 : 4)]);
    });
    const template = [attribute("copies", integer(2)), attribute("sides", keyword("one-sided"))];
    expect(await createJob(at.client, { jobName: "r-1", template })).toMatchObject({
      ok: true,
      value: { jobId: 77, state: "pendingHeld", stateReasons: [] },
    });
    const documentFormat = "application/pdf";
    const outcome = await sendDocument(at.client, {
      jobId: 77,
      documentFormat,
      document: documentOf(document),
    });
    expect(outcome).toMatchObject({ ok: true, value: { jobId: 77 } });
    expect(document.equals(sent)).toBe(true);
    expect(await getJobAttributes(at.client, { jobId: 77 })).toMatchObject({
      value: { state: "completed" },
    });
    expect(at.device.connections()).toBe(1);

    const [create, send] = at.device.requests;
    expect(create).toMatchObject({ version: { major: 2, minor: 0 }, code: operation.createJob });
    expect(create?.groups.map(({ tag }) => tag)).toEqual([groupTag.operation, groupTag.job]);
    expect(create?.groups[0]?.attributes.map(({ name }) => name)).toEqual([
      "attributes-charset",
      "attributes-natural-language",
      "printer-uri",
      "requesting-user-name",
      "job-name",
    ]);
    // An empty job group and a compression are refused by some devices.
    expect(send?.groups.map(({ tag }) => tag)).toEqual([groupTag.operation]);
    expect(send?.groups[0]?.attributes.map(({ name }) => name)).not.toContain("compression");
    expect(stringOf(send?.groups[0], "requesting-user-name")).toBe("release");
  });

  test("tells which wishes the device ignored", async () => {
    const ignored = group(groupTag.unsupported, [attribute("copies", integer(2))]);
    const code = status["successful-ok-ignored-or-substituted-attributes"];
    await using at = await speaking((exchange) => reply(exchange, code, [ignored, jobGroup(1, 3)]));
    const outcome = await createJob(at.client, { jobName: "r-1", template: [] });
    expect(outcome).toMatchObject({ ok: true, status: 1, value: { jobId: 1 } });
    expect(outcome.unsupported.map(({ name }) => name)).toEqual(["copies"]);
  });

  test("that is refused is an answer, with the device's words or the status's name", async () => {
    await using at = await speaking((exchange) => reply(exchange, status["server-error-busy"]));
    const job = { jobName: "r-1", documentFormat: "application/pdf" };
    expect(await validateJob(at.client, job)).toEqual({
      ok: false,
      status: 0x0507,
      message: "server-error-busy",
      unsupported: [],
    });
  });

  test("that was made without an id is a bad answer", async () => {
    await using at = await speaking((exchange) => reply(exchange, 0));
    await expect(createJob(at.client, { jobName: "r-1" })).rejects.toMatchObject({
      name: "DeviceAnsweredBadly",
      reached: "request",
    });
  });

  test("is made with its document where the device can do no other", async () => {
    let sent = "";
    await using at = await speaking(async (exchange) => {
      sent = String(await gather(exchange.document));
      reply(exchange, 0, [jobGroup(5, 5)]);
    });
    const job = { jobName: "r-1", documentFormat: "application/pdf" };
    const outcome = await printJob(at.client, {
      ...job,
      document: documentOf(Buffer.from("%PDF")),
    });
    expect(outcome).toMatchObject({ ok: true, value: { jobId: 5, state: "processing" } });
    expect(sent).toBe("%PDF");
  });

  test("is found in a list, which is never longer than asked", async () => {
    const jobs = Array.from({ length: 30 }, (_, index) => jobGroup(index + 1, 5));
    await using at = await speaking((exchange) => reply(exchange, 0, jobs));
    const outcome = await getJobs(at.client, { limit: 10, mine: false });
    expect(outcome.ok && outcome.value.map(({ jobId }) => jobId)).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
    ]);
    const asked = at.device.requests[0]?.groups[0];
    expect(stringsOf(asked, "which-jobs")).toEqual(["not-completed"]);
  });

  test("that the device does not know cannot be canceled", async () => {
    const code = status["client-error-not-found"];
    await using at = await speaking((exchange) => reply(exchange, code));
    expect(await cancelJob(at.client, { jobId: 9 })).toMatchObject({ ok: false, status: code });
  });
});

describe("the version spoken", () => {
  test("becomes 1.1 for good when the device refuses 2.0", async () => {
    await using at = await speaking((exchange) => {
      const refused = exchange.message.version.major > 1;
      reply(exchange, refused ? status["server-error-version-not-supported"] : 0);
    });
    expect((await getPrinterAttributes(at.client)).ok).toBe(true);
    expect((await getPrinterAttributes(at.client)).ok).toBe(true);
    expect(at.device.requests.map(({ version }) => version.major)).toEqual([2, 1, 1]);
  });

  test("is found out with a document, too, which is then sent once more", async () => {
    const sent: string[] = [];
    await using at = await speaking(async (exchange) => {
      const refused = exchange.message.version.major > 1;
      sent.push(String(await gather(exchange.document)));
      if (refused) reply(exchange, status["server-error-version-not-supported"]);
      else reply(exchange, 0, [jobGroup(5, 5)]);
    });
    const document = documentOf(Buffer.from("%PDF"));
    const documentFormat = "application/pdf";
    expect((await sendDocument(at.client, { jobId: 5, documentFormat, document })).ok).toBe(true);
    expect(sent).toEqual(["%PDF", "%PDF"]);
  });

  test("is not tried for ever", async () => {
    const code = status["server-error-version-not-supported"];
    await using at = await speaking((exchange) => reply(exchange, code));
    expect(await getPrinterAttributes(at.client)).toMatchObject({ ok: false, status: code });
    expect(at.device.requests).toHaveLength(2);
  });
});

import { expect, test } from "vitest";
import * as ipp from "../../ipp/build.ts";
import { operation } from "../../ipp/operations.ts";
import { collectionOf, groupOf, groupsOf, integerOf, stringsOf, valuesOf } from "../../ipp/read.ts";
import { statusName } from "../../ipp/status.ts";
import { groupTag } from "../../ipp/tags.ts";
import { aboutJob, createTestDevice, documentOf, messageOf, requestOf } from "./test-device.ts";

const copies = (count: number) => ipp.attribute("copies", ipp.integer(count));
const twoSided = ipp.attribute("sides", ipp.keyword("two-sided-long-edge"));

test("a job comes out page by page at the engine's pace, and its counters follow", () => {
  const device = createTestDevice({ warmUpMs: 3000 });
  device.print(documentOf("gcg"));
  device.pass(3.5);
  expect(device.pagesOut()).toEqual([]);
  device.pass(2);
  expect(device.pagesOut()).toEqual([1, 2]);
  const job = device.job(1).group;
  expect(device.job(1).state).toBe("processing");
  expect(integerOf(job, "job-impressions")).toBe(3);
  expect(integerOf(job, "job-impressions-completed")).toBe(2);
  const byColour = collectionOf(job, "job-impressions-completed-col");
  expect(integerOf(byColour, "full-color")).toBe(1);
  expect(integerOf(byColour, "monochrome")).toBe(1);
  expect(valuesOf(job, "time-at-completed")).toEqual([{ kind: "noValue" }]);
  device.pass(1);
  expect(device.job(1).state).toBe("completed");
  expect(integerOf(device.job(1).group, "time-at-completed")).toBe(7);
});

test("copies are collated, each on sheets of its own; both sides share a sheet", () => {
  const device = createTestDevice({ pagesPerMinute: 0 });
  device.print(documentOf("gcg"), [copies(2), twoSided]);
  expect(
    device.twin.paper().map(({ page, copy, sheet, side }) => `${copy}:${page}@${sheet}${side[0]}`),
  ).toEqual(["1:1@1f", "1:2@1b", "1:3@2f", "2:1@3f", "2:2@3b", "2:3@4f"]);
  expect(integerOf(device.job(1).group, "job-media-sheets-completed")).toBe(4);
  expect(device.twin.state().counter).toEqual({ colour: 2, grey: 4, sheets: 4 });
});

test("page ranges, grey and the paper that was asked for are honoured", () => {
  const device = createTestDevice({ pagesPerMinute: 0 });
  device.print(documentOf("cccccc"), [
    ipp.attribute("page-ranges", ipp.range(2, 3), ipp.range(6, 9)),
    ipp.attribute("print-color-mode", ipp.keyword("monochrome")),
    ipp.attribute("media", ipp.keyword("na_letter_8.5x11in")),
  ]);
  expect(device.pagesOut()).toEqual([2, 3, 6]);
  expect(device.twin.paper()[0]).toMatchObject({ colour: "grey", size: "Letter", pages: 6 });
});

test("a job says only what was asked: no medium where none was named", () => {
  const device = createTestDevice({ pagesPerMinute: 0 });
  device.print(documentOf("g"));
  expect(valuesOf(device.job(1).group, "media")).toEqual([]);
  const size = (x: number, y: number) =>
    ipp.attribute(
      "media-col",
      ipp.collection([
        ipp.attribute(
          "media-size",
          ipp.collection([
            ipp.attribute("x-dimension", ipp.integer(x)),
            ipp.attribute("y-dimension", ipp.integer(y)),
          ]),
        ),
      ]),
    );
  device.print(documentOf("g"), [size(14800, 21000)]);
  expect(stringsOf(device.job(2).group, "media")).toEqual(["iso_a5_148x210mm"]);
  expect(statusName(device.print(documentOf("g"), [size(1, 2)]).code)).toBe(
    "successful-ok-ignored-or-substituted-attributes",
  );
  expect(device.twin.paper().map((side) => side.size)).toEqual(["A4", "A5", "A4"]);
});

test("what the device cannot do is told, or refused where the client insists", () => {
  const device = createTestDevice();
  const unknown = [ipp.attribute("job-priority", ipp.integer(50)), copies(5000)];
  const told = device.print(documentOf("g"), unknown);
  expect(statusName(told.code)).toBe("successful-ok-ignored-or-substituted-attributes");
  expect(groupOf(told, groupTag.unsupported)?.attributes.map(({ name }) => name)).toEqual([
    "job-priority",
    "copies",
  ]);
  const insists = requestOf(operation.validateJob, {
    operation: [ipp.attribute("ipp-attribute-fidelity", ipp.boolean(true))],
    job: unknown,
  });
  expect(statusName(messageOf(device.twin.request(insists)).code)).toBe(
    "client-error-attributes-or-values-not-supported",
  );
});

test("after a cancel the sides in the paper path still come out", () => {
  const device = createTestDevice({ pathSides: 3 });
  device.print(documentOf("gggggggggg"));
  device.pass(4.5);
  device.cancel(1);
  expect(device.job(1).state).toBe("processing");
  expect(stringsOf(device.job(1).group, "job-state-reasons")).toEqual(["processing-to-stop-point"]);
  device.pass(20);
  expect(device.pagesOut()).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(device.job(1).state).toBe("canceled");
  expect(integerOf(device.job(1).group, "job-impressions-completed")).toBe(7);
  expect(statusName(device.cancel(1).code)).toBe("client-error-not-possible");
});

test("a job that waits behind another is canceled without a page", () => {
  const device = createTestDevice();
  device.print(documentOf("ggg"));
  device.print(documentOf("ggg"));
  device.pass(1);
  device.cancel(2);
  expect(device.job(2).state).toBe("canceled");
  device.pass(10);
  expect(device.pagesOut()).toEqual([1, 2, 3]);
});

test("an engine that warmed up for a job that was canceled rests again", () => {
  const device = createTestDevice({ warmUpMs: 3000 });
  device.print(documentOf("g"));
  device.pass(1);
  device.cancel(1);
  device.pass(10);
  expect(device.pagesOut()).toEqual([]);
  expect(device.twin.state().nextSideAt).toBeNull();
});

test("a canceled job does not wait for the jam to be cleared", () => {
  const device = createTestDevice();
  device.set("jam", { page: 2 });
  device.print(documentOf("ggg"));
  device.pass(5);
  device.cancel(1);
  expect(device.job(1).state).toBe("canceled");
  device.print(documentOf("g"));
  device.pass(5);
  expect(device.job(2).state).toBe("processingStopped");
  device.clear("jam");
  device.pass(5);
  expect(device.pagesOut()).toEqual([1, 1]);
});

test("a job whose document never comes is aborted after the told time", () => {
  const device = createTestDevice({ documentWaitMs: 30_000 });
  const made = messageOf(device.twin.request(requestOf(operation.createJob)));
  expect(integerOf(groupOf(made, groupTag.job), "job-id")).toBe(1);
  device.pass(29);
  expect(stringsOf(device.job(1).group, "job-state-reasons")).toEqual(["job-incoming"]);
  device.pass(2);
  expect(device.job(1).state).toBe("aborted");
});

test("a job takes one document, with Create-Job and Send-Document", () => {
  const device = createTestDevice();
  device.twin.request(requestOf(operation.createJob));
  const send = (last: boolean) =>
    requestOf(operation.sendDocument, {
      operation: [
        ipp.attribute("job-id", ipp.integer(1)),
        ipp.attribute("last-document", ipp.boolean(last)),
      ],
    });
  expect(messageOf(device.twin.request(send(false), documentOf("g"))).code).toBe(0);
  expect(messageOf(device.twin.request(send(true))).code).toBe(0);
  const second = messageOf(device.twin.request(send(true), documentOf("g")));
  expect(statusName(second.code)).toBe("server-error-multiple-document-jobs-not-supported");
  device.pass(5);
  expect(device.pagesOut()).toEqual([1]);
});

test("an ended job is forgotten after a while", () => {
  const device = createTestDevice({ historyMs: 60_000 });
  device.print(documentOf("g"));
  device.pass(50);
  expect(device.job(1).state).toBe("completed");
  device.pass(20);
  expect(device.job(1).status).toBe("client-error-not-found");
  expect(device.twin.state().jobs).toEqual([]);
});

test("a full output tray stops the engine until someone takes the paper", () => {
  const device = createTestDevice({ trayCapacity: 2 });
  device.print(documentOf("ggg"));
  device.pass(10);
  expect(stringsOf(device.printer(), "printer-state-reasons")).toEqual(["output-area-full-error"]);
  device.twin.tell({ kind: "paper-taken" });
  device.pass(10);
  expect(device.pagesOut()).toEqual([3]);
});

test("an engine without a pace prints thousands of sides and leaves none out", () => {
  const device = createTestDevice({ pagesPerMinute: 0 });
  device.print(documentOf("ggggg"), [copies(999)]);
  device.pass(0);
  expect(device.pagesOut()).toHaveLength(4995);
  expect(device.twin.paper().at(-1)?.impression).toBe(4995);
});

test("Get-Jobs lists by state, by person and by number", () => {
  const device = createTestDevice();
  for (const colours of ["g", "g", "ggg"]) device.print(documentOf(colours));
  device.pass(3);
  const list = (...asked: Parameters<typeof ipp.attribute>[]) => {
    const operationAttributes = asked.map((each) => ipp.attribute(...each));
    const request = requestOf(operation.getJobs, { operation: operationAttributes });
    const jobs = groupsOf(messageOf(device.twin.request(request)), groupTag.job);
    return jobs.map((job) => integerOf(job, "job-id"));
  };
  expect(list()).toEqual([3]);
  expect(list(["which-jobs", ipp.keyword("completed")])).toEqual([2, 1]);
  expect(list(["which-jobs", ipp.keyword("all")], ["limit", ipp.integer(2)])).toEqual([1, 2]);
  expect(list(["which-jobs", ipp.keyword("all")], ["my-jobs", ipp.boolean(true)])).toHaveLength(3);
});

test("requests that break the rules are refused as RFC 8011 says", () => {
  const device = createTestDevice();
  const answered = (request: ReturnType<typeof requestOf>) =>
    statusName(messageOf(device.twin.request(request)).code);
  const good = requestOf(operation.getPrinterAttributes);
  const [group] = good.groups;
  const attributes = group?.attributes ?? [];
  expect(answered({ ...good, requestId: 0 })).toBe("client-error-bad-request");
  expect(answered({ ...good, version: { major: 0, minor: 0 } })).toBe(
    "server-error-version-not-supported",
  );
  expect(answered({ ...good, code: operation.printUri })).toBe(
    "server-error-operation-not-supported",
  );
  const swapped = { tag: groupTag.operation, attributes: attributes.toReversed() };
  expect(answered({ ...good, groups: [swapped] })).toBe("client-error-bad-request");
  const lost = { tag: groupTag.operation, attributes: attributes.slice(0, 2) };
  expect(answered({ ...good, groups: [lost] })).toBe("client-error-bad-request");
  expect(answered(aboutJob(operation.getJobAttributes, 7))).toBe("client-error-not-found");
});

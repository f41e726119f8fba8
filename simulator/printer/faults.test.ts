import { expect, test } from "vitest";
import * as ipp from "../../ipp/build.ts";
import { operation } from "../../ipp/operations.ts";
import { collectionOf, groupOf, integerOf, stringsOf } from "../../ipp/read.ts";
import { statusName } from "../../ipp/status.ts";
import { groupTag } from "../../ipp/tags.ts";
import { createTestDevice, documentOf, messageOf, requestOf } from "./test-device.ts";

const tenPages = documentOf("gggggggggg");

test("a jam stops the job at its page, and it goes on from there when the jam is cleared", () => {
  const device = createTestDevice();
  device.set("jam", { page: 4 });
  device.print(tenPages);
  device.pass(60);
  expect(device.pagesOut()).toEqual([1, 2, 3]);
  expect(device.job(1).state).toBe("processingStopped");
  expect(stringsOf(device.job(1).group, "job-state-reasons")).toEqual(["printer-stopped"]);
  expect(stringsOf(device.printer(), "printer-state-reasons")).toEqual(["media-jam-error"]);
  expect(integerOf(device.printer(), "printer-state")).toBe(5);
  device.clear("jam");
  device.pass(7);
  expect(device.pagesOut()).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(device.job(1).state).toBe("completed");
});

test("a jam can abort the job instead, and the next job fares the same", () => {
  const device = createTestDevice();
  device.set("jam", { page: 3, outcome: "abort" });
  device.print(tenPages);
  device.print(tenPages);
  device.pass(30);
  expect(device.pagesOut()).toEqual([1, 2, 1, 2]);
  expect(device.job(1).state).toBe("aborted");
  expect(integerOf(device.job(1).group, "job-impressions-completed")).toBe(2);
  expect(device.job(2).state).toBe("aborted");
});

test("an empty cassette finishes the sheet that it began, and goes on when it is filled", () => {
  const device = createTestDevice();
  device.set("paper-out", { after: 3 });
  device.print(documentOf("gggggg"), [ipp.attribute("sides", ipp.keyword("two-sided-long-edge"))]);
  device.pass(60);
  expect(device.pagesOut()).toEqual([1, 2, 3, 4]);
  expect(stringsOf(device.printer(), "printer-state-reasons")).toEqual(["media-empty-error"]);
  device.clear("paper-out");
  device.pass(2);
  expect(device.pagesOut()).toEqual([1, 2, 3, 4, 5, 6]);
});

test("an open door stops everything at once, or at a page", () => {
  const device = createTestDevice();
  device.set("door-open");
  device.print(documentOf("ggg"));
  device.pass(10);
  expect(device.pagesOut()).toEqual([]);
  expect(stringsOf(device.printer(), "printer-state-reasons")).toEqual(["door-open-error"]);
  device.set("door-open", { page: 3 });
  device.pass(10);
  expect(device.pagesOut()).toEqual([1, 2]);
  device.clear("door-open");
  device.pass(10);
  expect(device.pagesOut()).toEqual([1, 2, 3]);
});

test("low toner is a warning and no more", () => {
  const device = createTestDevice();
  device.set("toner-low");
  device.print(documentOf("gg"));
  device.pass(2);
  expect(stringsOf(device.printer(), "printer-state-reasons")).toEqual(["toner-low-warning"]);
  expect(device.job(1).state).toBe("completed");
});

test("a power cut at a page loses the job, its number and the up-time, but not the counter", () => {
  const device = createTestDevice();
  device.print(documentOf("gg"));
  device.pass(100);
  const uuidBefore = device.twin.paper()[0]?.jobUuid;
  device.set("power-cut", { page: 4, seconds: 30 });
  device.print(tenPages);
  device.pass(10);
  expect(device.pagesOut()).toEqual([1, 2, 1, 2, 3]);
  const request = requestOf(operation.getPrinterAttributes);
  expect(device.twin.request(request)).toEqual({ kind: "refused" });
  device.pass(40);
  expect(device.job(2).status).toBe("client-error-not-found");
  expect(integerOf(device.printer(), "printer-up-time")).toBeLessThan(30);
  expect(integerOf(device.printer(), "printer-impressions-completed")).toBe(5);
  const again = groupOf(device.print(tenPages), groupTag.job);
  expect(integerOf(again, "job-id")).toBe(1);
  expect(stringsOf(again, "job-uuid")).not.toContain(`urn:uuid:${uuidBefore}`);
  device.pass(20);
  expect(device.job(1).state).toBe("completed");
});

test("a power cut without an end lasts until someone switches the device on", () => {
  const device = createTestDevice();
  device.set("power-cut");
  device.pass(3600);
  expect(device.twin.state().power.kind).toBe("off");
  device.clear("power-cut");
  expect(integerOf(device.printer(), "printer-up-time")).toBe(1);
});

test("a job called completed too early still prints, and the device is not idle", () => {
  const device = createTestDevice();
  device.set("early-completed");
  device.print(tenPages);
  expect(device.job(1).state).toBe("completed");
  expect(integerOf(device.printer(), "printer-state")).toBe(4);
  device.pass(5);
  expect(integerOf(device.job(1).group, "job-impressions-completed")).toBe(5);
  device.pass(6);
  expect(device.pagesOut()).toHaveLength(10);
  expect(integerOf(device.printer(), "printer-state")).toBe(3);
});

test("a device without counters tells none, and counts for itself", () => {
  const device = createTestDevice();
  device.set("no-counters");
  device.print(documentOf("gcg"));
  device.pass(3);
  expect(device.job(1).state).toBe("completed");
  expect(integerOf(device.job(1).group, "job-impressions-completed")).toBeUndefined();
  expect(collectionOf(device.job(1).group, "job-impressions-completed-col")).toBeUndefined();
  expect(integerOf(device.printer(), "printer-impressions-completed")).toBeUndefined();
  expect(device.twin.state().counter).toEqual({ colour: 1, grey: 2, sheets: 3 });
});

test("a device without job counters still tells its own", () => {
  const device = createTestDevice();
  device.set("no-job-counters");
  device.print(documentOf("ggg"));
  device.pass(3);
  expect(integerOf(device.job(1).group, "job-impressions-completed")).toBeUndefined();
  expect(integerOf(device.printer(), "printer-impressions-completed")).toBe(3);
});

test("ignored copies come out once, told or not", () => {
  const device = createTestDevice();
  const copies = [ipp.attribute("copies", ipp.integer(3))];
  device.set("copies-ignored");
  expect(statusName(device.print(documentOf("g"), copies).code)).toBe("successful-ok");
  device.set("copies-ignored", { says: "substituted" });
  const told = device.print(documentOf("g"), copies);
  expect(statusName(told.code)).toBe("successful-ok-ignored-or-substituted-attributes");
  expect(integerOf(groupOf(told, groupTag.unsupported), "copies")).toBe(3);
  device.pass(10);
  expect(device.pagesOut()).toEqual([1, 1]);
});

test("a connection that breaks during the upload aborts the job, and prints nothing", () => {
  const device = createTestDevice();
  device.set("connection-dropped", { bytes: 500, times: 1 });
  const broken = device.twin.request(requestOf(operation.printJob), documentOf("ggg", 1000));
  expect(broken.kind).toBe("broken");
  device.pass(10);
  expect(device.pagesOut()).toEqual([]);
  expect(device.job(1).state).toBe("aborted");
  device.print(documentOf("g"));
  device.pass(10);
  expect(device.pagesOut()).toEqual([1]);
});

test("a connection that breaks before the answer leaves a job that prints", () => {
  const device = createTestDevice();
  device.set("connection-dropped", { when: "answer" });
  const broken = device.twin.request(requestOf(operation.printJob), documentOf("ggg"));
  expect(broken.kind).toBe("broken");
  device.pass(10);
  expect(device.pagesOut()).toEqual([1, 2, 3]);
});

test("a busy device takes one job at a time", () => {
  const device = createTestDevice();
  device.set("busy");
  device.print(tenPages);
  expect(statusName(device.print(tenPages).code)).toBe("server-error-busy");
  device.pass(11);
  expect(statusName(device.print(tenPages).code)).toBe("successful-ok");
  device.set("busy", { when: "always" });
  device.pass(60);
  expect(statusName(device.print(tenPages).code)).toBe("server-error-busy");
});

test("a forgetful device does not find a job from the moment it ended", () => {
  const device = createTestDevice();
  device.set("forgets-jobs");
  device.print(documentOf("gg"));
  device.pass(1);
  expect(device.job(1).state).toBe("processing");
  device.pass(1);
  expect(device.job(1).status).toBe("client-error-not-found");
});

test("a slow engine keeps its slower pace until it is cleared", () => {
  const device = createTestDevice();
  device.set("slow", { pagesPerMinute: 6 });
  device.print(documentOf("gggg"));
  device.pass(25);
  expect(device.pagesOut()).toEqual([1, 2]);
  device.clear("slow");
  device.pass(2);
  expect(device.pagesOut()).toEqual([1, 2, 3, 4]);
});

test("errors told as warnings leave the device and the job processing", () => {
  const device = createTestDevice();
  device.set("reasons-as-warnings");
  device.set("jam", { page: 2 });
  device.print(documentOf("ggg"));
  device.pass(10);
  expect(device.job(1).state).toBe("processing");
  expect(integerOf(device.printer(), "printer-state")).toBe(4);
  expect(stringsOf(device.printer(), "printer-state-reasons")).toEqual(["media-jam-warning"]);
});

test("a device that hangs takes requests and says nothing; offline it takes none", () => {
  const device = createTestDevice();
  device.set("hang", { operation: "Create-Job" });
  expect(device.twin.request(requestOf(operation.createJob))).toEqual({ kind: "silence" });
  device.print(documentOf("gg"));
  device.set("offline");
  expect(device.twin.request(requestOf(operation.createJob))).toEqual({ kind: "refused" });
  device.pass(5);
  expect(device.pagesOut()).toEqual([1, 2]);
  device.clear("offline");
  device.clear("hang");
  const made = messageOf(device.twin.request(requestOf(operation.createJob)));
  expect(statusName(made.code)).toBe("successful-ok");
});

import * as ipp from "../../ipp/build.ts";
import type { IppAttribute } from "../../ipp/message.ts";
import { jobState } from "../../ipp/states.ts";
import { behaves } from "./habits.ts";
import { impressions, newCounter, type PageCounter } from "./printed-side.ts";
import type { Job, PrinterState } from "./printer-state.ts";
import type { ShownJob } from "./shown-job.ts";
import { showPrinter } from "./shown-printer.ts";
import { sheetCount, sideCount } from "./side-plan.ts";

/** Where the client found the device: "host:port", as it wrote it. */
export interface Address {
  readonly authority: string;
  readonly tls?: boolean;
}

/** The device's own time: seconds since it was switched on, at least 1 (RFC 8011 §5.4.29). */
export function upTime(printer: PrinterState, at: number): number {
  return Math.max(1, Math.floor((at - printer.bootedAt) / 1000) + 1);
}

export function printerUri({ authority, tls = false }: Address): string {
  return `${tls ? "ipps" : "ipp"}://${authority}/ipp/print`;
}

/** All that the device tells of one job (RFC 8011 §5.3), as `shown` lets it. */
export function jobAttributes(options: {
  readonly printer: PrinterState;
  readonly job: Job;
  readonly shown: ShownJob;
  readonly address: Address;
  readonly now: number;
}): IppAttribute[] {
  const { printer, job, shown, address, now } = options;
  const { ticket } = job;
  const time = (at: number | null) =>
    at === null ? ipp.outOfBand("noValue") : ipp.integer(upTime(printer, at));
  const date = (at: number | null) =>
    at === null ? ipp.outOfBand("noValue") : ipp.dateTime(new Date(at));
  return [
    ipp.attribute("job-id", ipp.integer(job.id)),
    ipp.attribute("job-uri", ipp.uri(`${printerUri(address)}/${job.id}`)),
    ipp.attribute("job-uuid", ipp.uri(`urn:uuid:${job.uuid}`)),
    ipp.attribute("job-printer-uri", ipp.uri(printerUri(address))),
    ipp.attribute("job-name", ipp.name(ticket.jobName)),
    ipp.attribute("job-originating-user-name", ipp.name(ticket.user)),
    ipp.attribute("job-state", ipp.enumeration(jobState[shown.state])),
    ipp.attribute("job-state-reasons", ...ipp.keywords(...shown.reasons)),
    ipp.attribute("job-state-message", ipp.text(message(printer, shown))),
    ipp.attribute("job-printer-up-time", ipp.integer(upTime(printer, now))),
    ipp.attribute("time-at-creation", time(job.createdAt)),
    ipp.attribute("time-at-processing", time(job.startedAt)),
    ipp.attribute("time-at-completed", time(shown.endedAt)),
    ipp.attribute("date-time-at-creation", date(job.createdAt)),
    ipp.attribute("date-time-at-processing", date(job.startedAt)),
    ipp.attribute("date-time-at-completed", date(shown.endedAt)),
    ipp.attribute("job-k-octets", ipp.integer(Math.ceil(job.bytes / 1024))),
    ipp.attribute("copies", ipp.integer(ticket.copies)),
    ipp.attribute("sides", ipp.keyword(ticket.sides)),
    ipp.attribute("print-color-mode", ipp.keyword(ticket.colourMode)),
    ipp.attribute("print-quality", ipp.enumeration(4)),
    ipp.attribute("printer-resolution", ipp.dotsPerInch(600)),
    ...(ticket.media === null ? [] : [ipp.attribute("media", ipp.keyword(ticket.media))]),
    ...(ticket.pageRanges.length === 0
      ? []
      : [
          ipp.attribute(
            "page-ranges",
            ...ticket.pageRanges.map(({ lower, upper }) => ipp.range(lower, upper)),
          ),
        ]),
    ...counts(printer, job, shown),
  ];
}

/** Names of the `-col` members: PWG 5100.7 §6.2 of counters by colour. */
export function byColour(name: string, counter: PageCounter): IppAttribute {
  return ipp.attribute(
    name,
    ipp.collection([
      ipp.attribute("blank", ipp.integer(0)),
      ipp.attribute("full-color", ipp.integer(counter.colour)),
      ipp.attribute("monochrome", ipp.integer(counter.grey)),
    ]),
  );
}

function counts(printer: PrinterState, job: Job, shown: ShownJob): IppAttribute[] {
  if (behaves(printer, "no-counters") || behaves(printer, "no-job-counters")) return [];
  const { plan } = job;
  const sheetsOnly = behaves(printer, "sheets-only");
  const counter = countTold(printer, job, shown);
  const sides = [
    ...(plan === null ? [] : [ipp.attribute("job-impressions", ipp.integer(sideCount(plan)))]),
    ipp.attribute("job-impressions-completed", ipp.integer(impressions(counter))),
    ...(behaves(printer, "no-colour-split")
      ? []
      : [byColour("job-impressions-completed-col", counter)]),
  ];
  return [
    ...(sheetsOnly ? [] : sides),
    ...(plan === null ? [] : [ipp.attribute("job-media-sheets", ipp.integer(sheetCount(plan)))]),
    ipp.attribute("job-media-sheets-completed", ipp.integer(counter.sheets)),
  ];
}

/** What the device counted for the job, or says that it did. */
function countTold(printer: PrinterState, job: Job, shown: ShownJob): PageCounter {
  if (behaves(printer, "zero-at-end") && shown.state === "completed") return newCounter;
  if (!behaves(printer, "counts-ahead") || job.plan === null) return job.printed;
  const colour = job.printed.colour;
  return { colour, grey: sideCount(job.plan) - colour, sheets: sheetCount(job.plan) };
}

function message(printer: PrinterState, shown: ShownJob): string {
  switch (shown.state) {
    case "pending":
    case "pendingHeld":
      return "The job is waiting.";
    case "processing":
      return "The job is printing.";
    case "processingStopped":
      return showPrinter(printer).message;
    case "canceled":
      return "The job was canceled.";
    case "aborted":
      return `The device gave the job up: ${shown.reasons.join(", ")}.`;
    case "completed":
      return "The job has been printed.";
  }
}

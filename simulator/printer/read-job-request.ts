import type { IppMessage } from "../../ipp/message.ts";
import { booleanOf, groupOf, stringOf } from "../../ipp/read.ts";
import { groupTag } from "../../ipp/tags.ts";
import type { Refusal } from "./check-request.ts";
import { behaves } from "./habits.ts";
import { compressions, defaultFormatOf, documentFormatsOf } from "./printer-capabilities.ts";
import type { PrinterState } from "./printer-state.ts";
import { type ReadTicket, readTicket } from "./read-ticket.ts";
import type { Asked, AwaitedDocument } from "./reply.ts";

/** Jobs that the device remembers at once, ended or not. */
const jobsMax = 1000;

/** A request for a job, understood. */
export type JobRequest = ReadTicket & Pick<AwaitedDocument, "compression">;

/** Reads the ticket, the format and the compression, or says what is not supported. */
export function readJobRequest({ printer, request }: Asked): JobRequest | Refusal {
  const group = groupOf(request, groupTag.operation);
  const format = stringOf(group, "document-format")?.toLowerCase() ?? defaultFormatOf(printer);
  if (!documentFormatsOf(printer).some((known) => known === format)) {
    const message = `The device cannot print ${format.slice(0, 80)}.`;
    return { status: "client-error-document-format-not-supported", message };
  }
  const wanted = stringOf(group, "compression") ?? "none";
  const compression = compressions.find((known) => known === wanted);
  if (compression === undefined) {
    const message = "The device takes none, gzip or deflate.";
    return { status: "client-error-compression-not-supported", message };
  }
  const read = readWishes(printer, request);
  if (read.unsupported.length > 0 && booleanOf(group, "ipp-attribute-fidelity") === true) {
    const names = read.unsupported.map(({ name }) => name).join(", ");
    const message = `The device cannot do as asked: ${names}.`;
    return { status: "client-error-attributes-or-values-not-supported", message };
  }
  return { ...read, compression };
}

/** The ticket; a device with the fault `copies-ignored` may admit that it will not make copies. */
export function readWishes(printer: PrinterState, request: IppMessage): ReadTicket {
  const finisher = printer.faults["no-finisher"] === undefined;
  const read = plainly(printer, request, readTicket(request, { finisher }));
  if (printer.faults["copies-ignored"]?.says !== "substituted") return read;
  const asked = groupOf(request, groupTag.job)?.attributes ?? [];
  const copies = asked.filter(({ name }) => name === "copies");
  return { ...read, unsupported: [...read.unsupported, ...copies] };
}

/** A device with the habit `plain-pages` leaves out what it does not offer, RFC 8011 §4.1.7. */
function plainly(printer: PrinterState, request: IppMessage, read: ReadTicket): ReadTicket {
  if (!behaves(printer, "plain-pages")) return read;
  const left = (groupOf(request, groupTag.job)?.attributes ?? []).filter(
    ({ name }) => name === "page-ranges" || (name === "number-up" && read.ticket.numberUp > 1),
  );
  return {
    ticket: { ...read.ticket, pageRanges: [], numberUp: 1 },
    unsupported: [...new Set([...read.unsupported, ...left])],
  };
}

/** Why there is no room for another job now, or undefined when there is. */
export function checkRoom(printer: PrinterState): Refusal | undefined {
  const busy =
    printer.faults.busy?.when ?? (behaves(printer, "busy-while-printing") ? "printing" : undefined);
  const working = printer.jobs.some((job) => job.stage.kind !== "ended");
  if (busy === "always" || (busy === "printing" && working)) {
    return { status: "server-error-busy", message: "The device is busy. Try again later." };
  }
  if (printer.jobs.length < jobsMax) return undefined;
  return { status: "server-error-too-many-jobs", message: "The device's queue is full." };
}

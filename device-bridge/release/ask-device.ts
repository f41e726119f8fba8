import type { IppClient } from "../../ipp/client/client.ts";
import { cancelJob, getJobAttributes, getJobs } from "../../ipp/client/job-operations.ts";
import type { Refusal } from "../../ipp/client/outcome.ts";
import type { PrinterDescription } from "../../ipp/client/printer-description.ts";
import { getPrinterAttributes } from "../../ipp/client/printer-operations.ts";
import { createJob } from "../../ipp/client/submit.ts";
import { status, statusName } from "../../ipp/status.ts";
import type { DeviceAbilities } from "../../protocol/handling.ts";
import type { Particulars } from "../../protocol/particulars.ts";
import { snapshotOf } from "../devices/device-snapshot.ts";
import { whatItCannot, whatItLeftOut } from "../devices/what-it-cannot.ts";
import { jobSampleOf } from "./job-sample.ts";
import { ignoresCopies, jobTemplate } from "./job-template.ts";
import type { ReleaseEvent } from "./release-event.ts";

export interface AskingDevice {
  readonly client: IppClient;
  readonly device: string;
  readonly closing: AbortSignal;
  readonly onDeviceSeen: (device: string, printer: PrinterDescription) => void;
  /** What the device can do with paper, as last heard. */
  readonly abilities: DeviceAbilities | undefined;
  /** It left something out that it had said it can do. */
  readonly onLeftOut: (device: string) => void;
}

/** Milliseconds for one question. Nobody waits longer for a device that hangs. */
const answerMs = { look: 4_000, poll: 5_000, create: 10_000, cancel: 5_000 } as const;

/** Busy, out of order for a moment, or not taking jobs just now: RFC 8011 §B.1.5. */
const temporary: ReadonlySet<number> = new Set([
  status["server-error-service-unavailable"],
  status["server-error-temporary-error"],
  status["server-error-not-accepting-jobs"],
  status["server-error-busy"],
  status["server-error-too-many-jobs"],
  status["server-error-device-error"],
]);
const noSuchJob: ReadonlySet<number> = new Set([
  status["client-error-not-found"],
  status["client-error-gone"],
]);

/** How the device is. Throws when it gives no answer. */
export async function lookAtDevice(asking: AskingDevice): Promise<ReleaseEvent> {
  const printer = await describe(asking, answerMs.look);
  return { kind: "device-seen", device: snapshotOf(printer) };
}

/** Makes a job without a document. Throws when the device gives no answer. */
export async function createDeviceJob(
  asking: AskingDevice,
  wanted: { readonly jobName: string; readonly document: { readonly particulars: Particulars } },
): Promise<ReleaseEvent> {
  const { jobName, document } = wanted;
  const { particulars } = document;
  const cannot = whatItCannot(particulars, asking.abilities ?? {});
  if (cannot.length > 0) return { kind: "create-refused", temporary: false, cannot };
  const template = jobTemplate(particulars);
  const signal = within(asking, answerMs.create);
  const created = await createJob(asking.client, { jobName, template, signal });
  if (!created.ok) return { kind: "create-refused", temporary: temporary.has(created.status) };
  const { jobId, jobUuid } = created.value;
  const copiesIgnored = ignoresCopies(created.unsupported, particulars);
  const leftOut = whatItLeftOut(particulars, created.unsupported, asking.abilities);
  if (leftOut.length > 0) asking.onLeftOut(asking.device);
  return {
    kind: "job-created",
    job: { id: jobId, uuid: jobUuid, copiesIgnored },
    ...(leftOut.length === 0 ? {} : { cannot: leftOut }),
  };
}

/** Jobs that the device has not ended and that bear this name. Throws when it gives no answer. */
export async function findDeviceJobs(asking: AskingDevice, jobName: string): Promise<ReleaseEvent> {
  // Not only ours: a device may not tell users apart as we do.
  const signal = within(asking, answerMs.look);
  const jobs = await getJobs(asking.client, { mine: false, signal });
  if (!jobs.ok) throw refusalError("Get-Jobs", jobs);
  const deviceJobIds = jobs.value.flatMap(({ name, jobId }) =>
    name === jobName && jobId !== undefined ? [jobId] : [],
  );
  return { kind: "job-looked-up", deviceJobIds };
}

/** The job and the device at one moment. Throws when the device gives no answer to either. */
export async function pollDeviceJob(asking: AskingDevice, jobId: number): Promise<ReleaseEvent> {
  const signal = within(asking, answerMs.poll);
  const [job, printer] = await Promise.all([
    getJobAttributes(asking.client, { jobId, signal }),
    describe(asking, answerMs.poll),
  ]);
  const device = snapshotOf(printer);
  if (job.ok) return { kind: "sampled", job: jobSampleOf(job.value), device };
  if (noSuchJob.has(job.status)) return { kind: "sampled", job: undefined, device };
  throw refusalError("Get-Job-Attributes", job);
}

/** Asks the device to stop a job. A job that it says has ended, or does not know, needs no stopping. */
export async function cancelDeviceJob(asking: AskingDevice, jobId: number): Promise<ReleaseEvent> {
  const signal = within(asking, answerMs.cancel);
  const cancelled = await cancelJob(asking.client, { jobId, signal });
  const nothingToStop =
    !cancelled.ok &&
    (noSuchJob.has(cancelled.status) || cancelled.status === status["client-error-not-possible"]);
  if (cancelled.ok || nothingToStop) return { kind: "cancel-answered", deviceJobId: jobId };
  throw refusalError("Cancel-Job", cancelled);
}

async function describe(asking: AskingDevice, ms: number): Promise<PrinterDescription> {
  const signal = within(asking, ms);
  const printer = await getPrinterAttributes(asking.client, { signal });
  if (!printer.ok) throw refusalError("Get-Printer-Attributes", printer);
  asking.onDeviceSeen(asking.device, printer.value);
  return printer.value;
}

function within({ closing }: AskingDevice, ms: number): AbortSignal {
  return AbortSignal.any([closing, AbortSignal.timeout(ms)]);
}

function refusalError(operation: string, refusal: Refusal): Error {
  const name = statusName(refusal.status);
  return new Error(`The device answered ${operation} with ${name}: ${refusal.message}`);
}

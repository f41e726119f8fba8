import type { IppClient } from "../../ipp/client/client.ts";
import { cancelJob, getJobAttributes, getJobs } from "../../ipp/client/job-operations.ts";
import type { Refusal } from "../../ipp/client/outcome.ts";
import type { PrinterDescription } from "../../ipp/client/printer-description.ts";
import { getPrinterAttributes } from "../../ipp/client/printer-operations.ts";
import { createJob, validateJob } from "../../ipp/client/submit.ts";
import { status, statusName } from "../../ipp/status.ts";
import type { DeviceProfile } from "../../protocol/device-profile.ts";
import type { DeviceAbilities } from "../../protocol/handling.ts";
import type { Particulars } from "../../protocol/particulars.ts";
import { snapshotOf } from "../devices/device-snapshot.ts";
import { whatItCannot, whatItLeftOut } from "../devices/what-it-cannot.ts";
import { jobSampleOf } from "./job-sample.ts";
import { ignoresCopies, jobTemplate } from "./job-template.ts";
import type { DeviceSnapshot, ReleaseEvent } from "./release-event.ts";

export interface AskingDevice {
  readonly client: IppClient;
  readonly device: string;
  readonly closing: AbortSignal;
  readonly onDeviceSeen: (device: string, printer: PrinterDescription) => void;
  /** What the device can do with paper, as last heard. */
  readonly abilities: DeviceAbilities | undefined;
  /** It left something out that it had said it can do. */
  readonly onLeftOut: (device: string) => void;
  readonly grade: DeviceGrade | undefined;
}

/** What a probe found of a device, and how its counter is read where that is not over IPP. */
export interface DeviceGrade {
  readonly profile: DeviceProfile | undefined;
  /** The counter over SNMP; undefined when there is no answer. Never throws. */
  readonly snmpCount: () => Promise<number | undefined>;
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
  return { kind: "device-seen", device: await snapshot(asking, answerMs.look) };
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
  if (asking.grade?.profile?.createsJobs === false) return await onlyWithDocument(asking, wanted);
  const template = jobTemplate(particulars);
  const signal = within(asking, answerMs.create);
  const created = await createJob(asking.client, { jobName, template, signal });
  if (!created.ok && created.status === status["server-error-operation-not-supported"])
    return await onlyWithDocument(asking, wanted);
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

/**
 * The device takes a job only with its document. What it would leave out is asked beforehand
 * (Validate-Job), since once the document is there it is too late.
 */
async function onlyWithDocument(
  asking: AskingDevice,
  wanted: { readonly jobName: string; readonly document: { readonly particulars: Particulars } },
): Promise<ReleaseEvent> {
  const refused = { kind: "create-refused", temporary: false } as const;
  const { jobName, document } = wanted;
  const { particulars } = document;
  const { handling, pageRanges, numberUp } = particulars;
  if (handling === undefined && pageRanges === undefined && numberUp === undefined)
    return { ...refused, printJobOnly: true };
  const { documentFormat } = particulars;
  const template = jobTemplate(particulars);
  const signal = within(asking, answerMs.create);
  const checked = await validateJob(asking.client, { jobName, documentFormat, template, signal });
  const cannot = whatItLeftOut(particulars, checked.unsupported, asking.abilities);
  if (cannot.length === 0) return { ...refused, printJobOnly: true };
  asking.onLeftOut(asking.device);
  return { ...refused, cannot };
}

/** Whether a refusal is one for the moment only. */
export function isTemporary(code: number): boolean {
  return temporary.has(code);
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
export async function pollDeviceJob(
  asking: AskingDevice,
  { deviceJobId, jobName }: { readonly deviceJobId: number | undefined; readonly jobName: string },
): Promise<ReleaseEvent> {
  if (deviceJobId === undefined) return await pollByName(asking, jobName);
  const signal = within(asking, answerMs.poll);
  const [job, device] = await Promise.all([
    getJobAttributes(asking.client, { jobId: deviceJobId, signal }),
    snapshot(asking, answerMs.poll),
  ]);
  if (job.ok) return { kind: "sampled", job: jobSampleOf(job.value), device };
  if (noSuchJob.has(job.status)) return { kind: "sampled", job: undefined, device };
  throw refusalError("Get-Job-Attributes", job);
}

/** The same for a job whose number nobody told us, wherever it is listed. */
async function pollByName(asking: AskingDevice, jobName: string): Promise<ReleaseEvent> {
  const signal = within(asking, answerMs.poll);
  const [open, ended, device] = await Promise.all([
    getJobs(asking.client, { mine: false, signal }),
    getJobs(asking.client, { mine: false, which: "completed", signal }),
    snapshot(asking, answerMs.poll),
  ]);
  const listed = [open, ended].flatMap((jobs) => (jobs.ok ? jobs.value : []));
  const job = listed.find(({ name }) => name === jobName);
  if (job !== undefined) {
    const sample = { ...jobSampleOf(job), id: job.jobId };
    return { kind: "sampled", job: sample, device };
  }
  if (!open.ok) throw refusalError("Get-Jobs", open);
  return { kind: "sampled", job: undefined, device };
}

/** The device with its own counter, from where its profile says that it counts. */
async function snapshot(asking: AskingDevice, ms: number): Promise<DeviceSnapshot> {
  const { grade } = asking;
  const profile = grade?.profile;
  if (grade === undefined || profile === undefined) return snapshotOf(await describe(asking, ms));
  const bySnmp = profile.deviceCounter === "snmp";
  const [printer, told] = await Promise.all([
    describe(asking, ms),
    bySnmp ? grade.snmpCount() : undefined,
  ]);
  const byIpp =
    profile.deviceCounts === "sheets" ? printer.sheetsCompleted : printer.impressionsCompleted;
  const counter =
    profile.deviceCounter === "none" || profile.deviceCounts === "none" ? undefined : byIpp;
  return { ...snapshotOf(printer), counter: bySnmp ? told : counter };
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

import type { ClaimReply } from "../../protocol/bridge-provider.ts";
import type { Particulars } from "../../protocol/particulars.ts";
import type { Release } from "./release.ts";
import type { DeviceSnapshot, JobSample, ReleaseContext, ReleaseEvent } from "./release-event.ts";

/** Parts for tests of releases: a job of ten grey sides at 0.05, and a device that answers well. */

export const releaseId = "aaaaaaaa-0000-4000-8000-000000000001";
export const jobId = "bbbbbbbb-0000-4000-8000-000000000001";
export const personId = "cccccccc-0000-4000-8000-000000000001";
export const account = "dddddddd-0000-4000-8000-000000000001";
export const wanted = 10;
export const sidePrice = 500;

export const particulars: Particulars = {
  pageRuns: [[wanted, "grey"]],
  copies: 1,
  sides: "one-sided",
  colourMode: "colour",
  documentFormat: "application/pdf",
  sizeBytes: 1000,
};

export const context: ReleaseContext = {
  prices: { version: 3, rule: { grey: sidePrice, colour: 2000, twoSidedSheetDiscount: 0 } },
  jitter: 0,
};

export function waitingRelease(changes: Partial<Release> = {}): Release {
  return {
    version: 1,
    releaseId,
    jobId,
    provider: "main",
    device: "mfp",
    owner: "alice",
    personId,
    sessionId: "eeeeeeee-0000-4000-8000-000000000001",
    accounts: [{ account, unit: "money", available: 100_000 }],
    askedAt: 0,
    cancelWanted: false,
    phase: { kind: "waiting" },
    ...changes,
  };
}

export const claimed: ClaimReply = { kind: "claimed", fence: 7, title: "Letter", particulars };

export function snapshot(changes: Partial<DeviceSnapshot> = {}): DeviceSnapshot {
  return {
    upTime: 100,
    state: "idle",
    queued: 0,
    counter: 1000,
    problem: undefined,
    suspicion: undefined,
    ...changes,
  };
}

export const deviceJob = { id: 5, uuid: "urn:uuid:5", copiesIgnored: false };

export function jobSample(changes: Partial<JobSample> = {}): JobSample {
  return {
    state: "processing",
    incoming: false,
    stillPrinting: false,
    neverProcessed: false,
    impressions: 0,
    uuid: "urn:uuid:5",
    name: "Guichet aaaaaaaa",
    ...changes,
  };
}

export function sampled(
  job: Partial<JobSample> | undefined,
  device: Partial<DeviceSnapshot> = {},
): ReleaseEvent {
  return {
    kind: "sampled",
    job: job === undefined ? undefined : jobSample(job),
    device: snapshot(device),
  };
}

/** The events that lead to the first byte of the document, when all goes well. */
export const toFirstByte: readonly ReleaseEvent[] = [
  { kind: "start", late: false },
  { kind: "device-seen", device: snapshot() },
  { kind: "claim-answered", reply: claimed },
  { kind: "reserve-answered", reply: { kind: "reserved" } },
  { kind: "job-created", job: deviceJob },
];

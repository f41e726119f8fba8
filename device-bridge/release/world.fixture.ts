import type { ClaimReply } from "../../protocol/bridge-provider.ts";
import type { JournalFact, ReserveReply } from "../../protocol/bridge-server.ts";
import { jobSample, particulars, wanted } from "./release.fixture.ts";
import type { ReleaseEffect } from "./release-effect.ts";
import type { DeviceSnapshot, ReleaseEvent } from "./release-event.ts";

/**
 * Everybody whom a bridge talks to, in memory: a provider with one claim a job, a server that reserves,
 * and a device that prints a side with each look. They behave; it is the road to them that fails.
 */
export interface World {
  /** Does what an effect asks for, and gives the answer that is on its way back. */
  carryOut(effect: ReleaseEffect): ReleaseEvent | undefined;
  /** The device loses its power: jobs and ids are gone, its own counter is not. */
  cutPower(): void;
  /** Sides that came out for a release, by the device's own record. */
  paper(releaseId: string): number;
  /** Lets the device print all that it still has. */
  rest(): void;
  /** How often a document was sent to the device for a release, taken or not. */
  documents(releaseId: string): number;
  jobState(jobId: string): "held" | "claimed" | "printed" | "uncertain";
  reserved(): string[];
  /** The server applies what the outbox tells. */
  hear(fact: JournalFact): void;
}

export interface WorldOptions {
  /** The device counts nothing, neither jobs nor itself. */
  readonly countless?: boolean;
  /** Jobs that ended are not found any more. */
  readonly forgets?: boolean;
  /** A job is called completed as soon as its document has arrived. */
  readonly early?: boolean;
  /** So many credits, in ten-thousandths. */
  readonly credit?: number;
}

interface PrintJob {
  readonly name: string;
  readonly uuid: string;
  state: "waiting" | "processing" | "completed" | "canceled";
  document: boolean;
  printed: number;
}

export function createWorld(options: WorldOptions = {}): World {
  const { countless = false, forgets = false, early = false, credit = 1_000_000 } = options;
  const claims = new Map<
    string,
    { releaseId: string; fence: number; state: "claimed" | "printed" | "uncertain" }
  >();
  const over = new Set<string>();
  const reservations = new Map<string, number>();
  const ended = new Set<string>();
  const jobs = new Map<number, PrintJob>();
  const paper = new Map<string, number>();
  const documents = new Map<string, number>();
  let fences = 0;
  let nextId = 1;
  let made = 0;
  let counter = 5_000;
  let upTime = 100;

  function claim(request: { jobId: string; releaseId: string }): ClaimReply {
    const { jobId, releaseId } = request;
    const known = claims.get(jobId);
    if (over.has(releaseId)) return { kind: "refused", reason: "stale" };
    if (known !== undefined && known.releaseId !== releaseId)
      return { kind: "refused", reason: "claimed-by-another" };
    if (known === undefined) fences += 1;
    const fence = known?.fence ?? fences;
    claims.set(jobId, { releaseId, fence, state: "claimed" });
    return { kind: "claimed", fence, title: "Letter", particulars };
  }

  function reserve(releaseId: string, amount: number): ReserveReply {
    if (ended.has(releaseId)) return { kind: "refused", reason: "ended" };
    const spoken = [...reservations.values()].reduce((sum, one) => sum + one, 0);
    if (!reservations.has(releaseId) && spoken + amount > credit)
      return { kind: "refused", reason: "not-enough-credit" };
    reservations.set(releaseId, amount);
    return { kind: "reserved" };
  }

  /** One side of the oldest job that has its document. */
  function printSide(): void {
    upTime += 1;
    for (const job of jobs.values()) {
      if (job.state !== "processing") continue;
      job.printed += 1;
      counter += 1;
      paper.set(job.name, (paper.get(job.name) ?? 0) + 1);
      if (job.printed === wanted) job.state = "completed";
      return;
    }
  }

  function device(): DeviceSnapshot {
    const busy = [...jobs.values()].some(
      ({ state }) => state === "waiting" || state === "processing",
    );
    return {
      upTime,
      state: busy ? "processing" : "idle",
      queued: busy ? 1 : 0,
      counter: countless ? undefined : counter,
      problem: undefined,
      suspicion: undefined,
    };
  }

  function sample(id: number): ReleaseEvent {
    printSide();
    const job = jobs.get(id);
    if (job === undefined || (forgets && job.state === "completed"))
      return { kind: "sampled", job: undefined, device: device() };
    const { document, printed, uuid, name } = job;
    const state = early && job.state === "processing" ? "completed" : job.state;
    const impressions = countless ? undefined : printed;
    const incoming = !document && state === "waiting";
    return {
      kind: "sampled",
      job: jobSample({ state, incoming, impressions, uuid, name }),
      device: device(),
    };
  }

  function finish(request: { jobId: string; releaseId: string; outcome: string }): ReleaseEvent {
    const known = claims.get(request.jobId);
    over.add(request.releaseId);
    if (known?.releaseId === request.releaseId) {
      if (request.outcome === "given-back") claims.delete(request.jobId);
      else known.state = request.outcome === "printed" ? "printed" : "uncertain";
    }
    return { kind: "finish-answered" };
  }

  function stop(id: number): void {
    const job = jobs.get(id);
    if (job?.state === "waiting" || job?.state === "processing") job.state = "canceled";
  }

  return {
    carryOut(effect) {
      switch (effect.kind) {
        case "claim":
          return { kind: "claim-answered", reply: claim(effect.request) };
        case "reserve": {
          const { releaseId, legs } = effect.request;
          const amount = legs.reduce((sum, leg) => sum + leg.amount, 0);
          return { kind: "reserve-answered", reply: reserve(releaseId, amount) };
        }
        case "lookAtDevice":
          printSide();
          return { kind: "device-seen", device: device() };
        case "createJob": {
          const id = nextId;
          nextId += 1;
          made += 1;
          const uuid = `urn:uuid:${made}`;
          jobs.set(id, {
            name: effect.jobName,
            uuid,
            state: "waiting",
            document: false,
            printed: 0,
          });
          return { kind: "job-created", job: { id, uuid, copiesIgnored: false } };
        }
        case "findJobByName": {
          const found = [...jobs].filter(
            ([, { name, state }]) =>
              name === effect.jobName && (state === "waiting" || state === "processing"),
          );
          return { kind: "job-looked-up", deviceJobIds: found.map(([id]) => id) };
        }
        case "sendDocument": {
          const job = jobs.get(effect.deviceJobId ?? 0);
          const { releaseId } = effect.document;
          documents.set(releaseId, (documents.get(releaseId) ?? 0) + 1);
          if (job?.state !== "waiting" || job.document)
            return { kind: "document-not-sent", begun: true, whole: false, side: "device" };
          job.document = true;
          job.state = "processing";
          return { kind: "document-sent" };
        }
        case "poll":
          return sample(effect.deviceJobId ?? 0);
        case "cancelJob":
          stop(effect.deviceJobId ?? 0);
          return { kind: "cancel-answered", deviceJobId: effect.deviceJobId };
        case "finishClaim":
          return finish(effect.request);
        case "closed":
          return undefined;
      }
    },
    cutPower() {
      jobs.clear();
      upTime = 1;
      // Ids start again, and somebody else has the first one.
      const foreign = { name: "Report", uuid: "urn:uuid:0", document: true, printed: wanted };
      jobs.set(1, { ...foreign, state: "completed" });
      nextId = 2;
    },
    rest() {
      for (let sides = 0; sides < 100; sides += 1) printSide();
    },
    paper: (releaseId) => paper.get(`Guichet ${releaseId.slice(0, 8)}`) ?? 0,
    documents: (releaseId) => documents.get(releaseId) ?? 0,
    jobState: (jobId) => claims.get(jobId)?.state ?? "held",
    reserved: () => [...reservations.keys()],
    hear(fact) {
      if (fact.kind === "decided") return;
      reservations.delete(fact.releaseId);
      ended.add(fact.releaseId);
    },
  };
}

/** The event for an effect whose answer never came. */
export function unanswered(effect: ReleaseEffect): ReleaseEvent | undefined {
  switch (effect.kind) {
    case "claim":
      return { kind: "claim-unanswered" };
    case "reserve":
      return { kind: "reserve-unanswered" };
    case "lookAtDevice":
      return { kind: "device-unseen" };
    case "createJob":
      return { kind: "create-unanswered" };
    case "findJobByName":
      return { kind: "look-up-failed" };
    case "sendDocument":
      return { kind: "document-not-sent", begun: true, whole: true, side: "device" };
    case "poll":
      return { kind: "unseen" };
    case "cancelJob":
      return { kind: "cancel-unanswered", deviceJobId: effect.deviceJobId };
    case "finishClaim":
      return { kind: "finish-unanswered" };
    case "closed":
      return undefined;
  }
}

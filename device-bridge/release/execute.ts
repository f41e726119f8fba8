import type { IppClient } from "../../ipp/client/client.ts";
import type { PrinterDescription } from "../../ipp/client/printer-description.ts";
import type { Link } from "../../link/client.ts";
import { LinkRefused } from "../../link/errors.ts";
import { ClaimFinishReply, ClaimReply } from "../../protocol/bridge-provider.ts";
import { ReserveReply } from "../../protocol/bridge-server.ts";
import type { DeviceAbilities } from "../../protocol/handling.ts";
import { convertDocuments } from "../convert/converted-documents.ts";
import { type Converter, throughConverters } from "../convert/converter.ts";
import {
  cancelDeviceJob,
  createDeviceJob,
  type DeviceGrade,
  findDeviceJobs,
  lookAtDevice,
  pollDeviceJob,
} from "./ask-device.ts";
import { createDocuments } from "./documents.ts";
import type { ReleaseEffect } from "./release-effect.ts";
import type { ReleaseEvent } from "./release-event.ts";
import { sendToDevice } from "./send-document.ts";

export interface ExecutorOptions {
  readonly server: Link;
  /** The link to a provider, or undefined when the site has none of this name. */
  readonly provider: (id: string) => Link | undefined;
  /** The client of a device, or undefined when the site has none of this name. */
  readonly device: (id: string) => IppClient | undefined;
  /** What a probe found of a device. */
  readonly grade?: (device: string) => DeviceGrade | undefined;
  /** Where answers go. */
  readonly apply: (releaseId: string, event: ReleaseEvent) => void;
  /** What a look at a device brought, for whoever watches devices. */
  readonly onDeviceSeen: (device: string, printer: PrinterDescription) => void;
  /** What a device can do with paper, where it is known. */
  readonly abilities?: (device: string) => DeviceAbilities | undefined;
  /** A device left something out that it had said it can do. */
  readonly onLeftOut?: (device: string) => void;
  /** Programs for devices that do not take a document as it is, and where they work. */
  readonly conversion?: { readonly converters: readonly Converter[]; readonly folder: string };
  /** Something outside failed; what follows from it is decided elsewhere. */
  readonly onTrouble: (trouble: { releaseId: string; asked: string; error: unknown }) => void;
}

export interface Executor {
  execute(releaseId: string, effect: ReleaseEffect): void;
  /** Stops asking. What was being asked is not answered any more. */
  close(): void;
}

const linkMs = 5_000;

/** Carries the effects of releases out on the real network: each once, each answered by one event. */
export function createExecutor(options: ExecutorOptions): Executor {
  const { apply, onTrouble } = options;
  const closing = new AbortController();
  const timers = new Set<NodeJS.Timeout>();
  const { converters = [] } = options.conversion ?? {};
  const documents = convertDocuments({
    documents: createDocuments({ provider: options.provider }),
    converters,
    ...(options.conversion === undefined ? {} : { folder: options.conversion.folder }),
  });
  const uploads = new Map<string, { deviceJobId: number | undefined; stop: AbortController }>();

  /** Does one effect and gives its answer; `closed` has none. */
  async function answerOf(
    releaseId: string,
    effect: ReleaseEffect,
  ): Promise<ReleaseEvent | undefined> {
    const { signal } = closing;
    switch (effect.kind) {
      case "claim": {
        const link = needed(options.provider(effect.provider), "provider", effect.provider);
        const call = { timeoutMs: linkMs, signal };
        const reply = await link.post("/api/claims", effect.request, ClaimReply, call);
        return { kind: "claim-answered", reply };
      }
      case "reserve": {
        const call = { timeoutMs: linkMs, signal };
        const path = "/api/bridge/reserve";
        const reply = await options.server.post(path, effect.request, ReserveReply, call);
        return { kind: "reserve-answered", reply };
      }
      case "finishClaim": {
        const link = needed(options.provider(effect.provider), "provider", effect.provider);
        const call = { timeoutMs: linkMs, signal };
        await link.post("/api/claims/finish", effect.request, ClaimFinishReply, call);
        return { kind: "finish-answered" };
      }
      case "lookAtDevice":
        return await lookAtDevice(asking(effect.device));
      case "createJob":
        return (await isReady(releaseId, effect))
          ? await createDeviceJob(asking(effect.device), effect)
          : { kind: "create-refused", temporary: false, cannot: ["format"] };
      case "findJobByName":
        return await findDeviceJobs(asking(effect.device), effect.jobName);
      case "poll":
        return await pollDeviceJob(asking(effect.device), effect);
      case "cancelJob": {
        const { deviceJobId } = effect;
        if (deviceJobId === undefined) {
          uploads.get(releaseId)?.stop.abort();
          return { kind: "cancel-unanswered", deviceJobId };
        }
        const event = await cancelDeviceJob(asking(effect.device), deviceJobId);
        // What the device no longer wants need not be sent to its end.
        const upload = uploads.get(releaseId);
        if (event.kind === "cancel-answered" && upload?.deviceJobId === deviceJobId)
          upload?.stop.abort();
        return event;
      }
      case "sendDocument": {
        const stop = new AbortController();
        uploads.set(releaseId, { deviceJobId: effect.deviceJobId, stop });
        const { client } = asking(effect.device);
        const sent = await sendToDevice({
          client,
          documents,
          deviceJobId: effect.deviceJobId,
          jobName: effect.jobName,
          document: effect.document,
          signal: AbortSignal.any([signal, stop.signal]),
        });
        uploads.delete(releaseId);
        if (sent.error !== undefined) trouble(releaseId, effect, sent.error);
        return sent.event;
      }
      case "closed":
        documents.drop(releaseId);
        uploads.get(releaseId)?.stop.abort();
        return undefined;
    }
  }

  /** Whether the device will be given a format that it takes: before it is asked for a job. */
  async function isReady(
    releaseId: string,
    effect: Extract<ReleaseEffect, { kind: "createJob" }>,
  ): Promise<boolean> {
    const { document, device } = effect;
    try {
      const formats = options.abilities?.(device) ?? {};
      return await documents.makeReady(document, formats, closing.signal);
    } catch (error) {
      trouble(releaseId, effect, error);
      return false;
    }
  }

  function asking(device: string) {
    const client = needed(options.device(device), "device", device);
    const { onDeviceSeen } = options;
    const told = options.abilities?.(device);
    const abilities = told === undefined ? undefined : throughConverters(told, converters);
    const grade = options.grade?.(device);
    const onLeftOut = options.onLeftOut ?? (() => undefined);
    return { client, device, closing: closing.signal, onDeviceSeen, abilities, grade, onLeftOut };
  }

  function trouble(releaseId: string, effect: ReleaseEffect, error: unknown): void {
    if (!closing.signal.aborted) onTrouble({ releaseId, asked: effect.kind, error });
  }

  async function act(releaseId: string, effect: ReleaseEffect): Promise<void> {
    let event: ReleaseEvent | undefined;
    try {
      event = await answerOf(releaseId, effect);
    } catch (error) {
      event = unansweredOf(effect, error);
      trouble(releaseId, effect, error);
    }
    if (event === undefined || closing.signal.aborted) return;
    apply(releaseId, event);
    // Only once it was asked for the money, which takes longer.
    if (effect.kind === "claim" && event.kind === "claim-answered") prepareDocument(effect, event);
  }

  /** Fetched while the money is set aside, so that the device does not wait for it afterwards. */
  function prepareDocument(
    { provider, request }: Extract<ReleaseEffect, { kind: "claim" }>,
    { reply }: Extract<ReleaseEvent, { kind: "claim-answered" }>,
  ): void {
    if (reply.kind !== "claimed") return;
    const { jobId, releaseId, attempt } = request;
    const { fence, particulars } = reply;
    documents.prepare({ provider, jobId, releaseId, attempt, fence, particulars });
  }

  return {
    execute(releaseId, effect) {
      if (closing.signal.aborted) return;
      const afterMs = "afterMs" in effect ? effect.afterMs : 0;
      if (afterMs <= 0) return void act(releaseId, effect);
      const timer = setTimeout(() => {
        timers.delete(timer);
        void act(releaseId, effect);
      }, afterMs);
      timers.add(timer);
    },
    close() {
      closing.abort();
      for (const timer of timers) clearTimeout(timer);
      documents.close();
    },
  };
}

/** The event for an effect that nobody answered. */
function unansweredOf(effect: ReleaseEffect, error: unknown): ReleaseEvent | undefined {
  switch (effect.kind) {
    case "claim":
      return { kind: "claim-unanswered" };
    case "reserve":
      return { kind: "reserve-unanswered" };
    case "finishClaim":
      // A provider that does not know the job has no claim to end.
      return error instanceof LinkRefused && error.status === 404
        ? { kind: "finish-answered" }
        : { kind: "finish-unanswered" };
    case "lookAtDevice":
      return { kind: "device-unseen" };
    case "createJob":
      return { kind: "create-unanswered" };
    case "findJobByName":
      return { kind: "look-up-failed" };
    case "poll":
      return { kind: "unseen" };
    case "cancelJob":
      return { kind: "cancel-unanswered", deviceJobId: effect.deviceJobId };
    case "sendDocument":
      // Only thrown before anything was asked of the device.
      return { kind: "document-not-sent", begun: false, whole: false, side: "device" };
    case "closed":
      return undefined;
  }
}

function needed<T>(it: T | undefined, what: string, id: string): T {
  if (it === undefined)
    throw new Error(`The site has no ${what} "${id}" any more. Declare it again, or wait.`);
  return it;
}

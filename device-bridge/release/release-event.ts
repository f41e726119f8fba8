import type { ColourSplit } from "../../pricing/impressions.ts";
import type { ClaimReply } from "../../protocol/bridge-provider.ts";
import type { ReserveReply } from "../../protocol/bridge-server.ts";
import type { DeviceProfile } from "../../protocol/device-profile.ts";
import type { DeviceProblem } from "../../protocol/kiosk.ts";
import type { PriceRule } from "../../protocol/site.ts";
import type { CreateAnswer, Decided, DeviceJob } from "./release.ts";

/** The device at one moment, as far as it tells. */
export interface DeviceSnapshot {
  /** `printer-up-time`, in seconds. */
  readonly upTime: number | undefined;
  readonly state: "idle" | "processing" | "stopped" | undefined;
  /** `queued-job-count`. */
  readonly queued: number | undefined;
  /** The device's own counter, over IPP or SNMP; in sheets where its profile says so. */
  readonly counter: number | undefined;
  /** What keeps it from printing, if anything does. */
  readonly problem: DeviceProblem | undefined;
  /** What it warns of that could be the reason if a job does not get on. */
  readonly suspicion: DeviceProblem | undefined;
}

/** A job at one moment, as the device tells it. */
export interface JobSample {
  readonly state: "waiting" | "processing" | "stopped" | "completed" | "canceled" | "aborted";
  /** The device still waits for the document (`job-incoming`, `job-data-insufficient`). */
  readonly incoming: boolean;
  /** The device says that sides still come out although the job looks ended (`queued-in-device`). */
  readonly stillPrinting: boolean;
  /** `time-at-processing` is present and has no value: the job was never begun. */
  readonly neverProcessed: boolean;
  /** The job's number, where it was found by its name. */
  readonly id?: number | undefined;
  /** `job-impressions-completed`. */
  readonly impressions: number | undefined;
  /** `job-media-sheets-completed`. */
  readonly sheets?: number | undefined;
  /** `job-impressions-completed-col`. */
  readonly split?: ColourSplit | undefined;
  readonly uuid: string | undefined;
  readonly name: string | undefined;
}

export type ReleaseEvent =
  /** Its turn at the device has come. `late`: so long after it was asked for that nobody waits for it. */
  | { readonly kind: "start"; readonly late: boolean }
  /** The process was started again, and knows of nothing but the journal. */
  | { readonly kind: "started-again"; readonly late: boolean }
  | { readonly kind: "cancel-wanted" }
  | { readonly kind: "claim-answered"; readonly reply: ClaimReply }
  | { readonly kind: "claim-unanswered" }
  | { readonly kind: "reserve-answered"; readonly reply: ReserveReply }
  | { readonly kind: "reserve-unanswered" }
  | { readonly kind: "device-seen"; readonly device: DeviceSnapshot }
  | { readonly kind: "device-unseen" }
  | CreateAnswer
  /** What Get-Jobs found under this release's name. */
  | { readonly kind: "job-looked-up"; readonly deviceJobIds: readonly number[] }
  | { readonly kind: "look-up-failed" }
  /** `job`: what Print-Job made. */
  | { readonly kind: "document-sent"; readonly job?: DeviceJob }
  /** Print-Job was refused as a whole: there is no job, and nothing prints. */
  | { readonly kind: "document-refused"; readonly temporary: boolean }
  /**
   * Sending ended otherwise. `begun`: a byte may have reached the device. `whole`: all bytes were
   * handed over, only the answer is missing. `side`: who broke off.
   */
  | {
      readonly kind: "document-not-sent";
      readonly begun: boolean;
      readonly whole: boolean;
      readonly side: "provider" | "device";
    }
  | {
      readonly kind: "sampled";
      /** None when the device does not know the job. */
      readonly job: JobSample | undefined;
      readonly device: DeviceSnapshot;
    }
  | { readonly kind: "unseen" }
  | { readonly kind: "cancel-answered"; readonly deviceJobId: number | undefined }
  | { readonly kind: "cancel-unanswered"; readonly deviceJobId: number | undefined }
  | { readonly kind: "finish-answered" }
  | { readonly kind: "finish-unanswered" }
  | ({ readonly kind: "decided" } & Decided);

/** What a decision needs to know besides the release and the event. */
export interface ReleaseContext {
  /** The device's prices now. */
  readonly prices: { readonly version: number; readonly rule: PriceRule };
  /** A random number from 0 up to 1, so that many bridges do not knock at the same moment. */
  readonly jitter: number;
  /** What a probe found of the device. */
  readonly profile?: DeviceProfile | undefined;
}

import type { ColourSplit } from "../../pricing/impressions.ts";
import type { Evidence, JournalFact, Leg } from "../../protocol/bridge-server.ts";
import type { CannotDo } from "../../protocol/handling.ts";
import type { DeviceProblem, Outcome } from "../../protocol/kiosk.ts";
import type { Particulars, PartlyPrinted } from "../../protocol/particulars.ts";
import type { PrintSettings } from "../../protocol/print-settings.ts";
import type { PriceRule } from "../../protocol/site.ts";

/**
 * One release of one job to one device: from the press of a button to paper and payment. It is what
 * the bridge's journal keeps, whole, after every step. It holds no title, name or card number.
 */
export interface Release {
  readonly version: 1;
  readonly releaseId: string;
  readonly jobId: string;
  readonly provider: string;
  readonly device: string;
  /** The job's owner, as the provider knows the person. */
  readonly owner: string;
  readonly personId: string;
  /** The session that asked for it; none for a job of a direct queue. */
  readonly sessionId?: string;
  /** What the person can pay with, best first. */
  readonly accounts: readonly Payer[];
  /** Where it is to be printed otherwise than the job was sent. */
  readonly settings?: PrintSettings;
  /** Wall clock when it was asked for, for this machine's own judgement of what is too late. */
  readonly askedAt: number;
  /** A person wants it stopped. */
  readonly cancelWanted: boolean;
  readonly phase: Phase;
}

export interface Payer {
  readonly account: string;
  readonly unit: "money" | "pages";
  readonly available: number;
}

/** What the provider answered to the claim, and the price that was reckoned from it at that moment. */
export interface Claim {
  readonly fence: number;
  readonly particulars: Particulars;
  /** Printed sides of the whole job. */
  readonly wanted: number;
  readonly rule: PriceRule;
  readonly priceVersion: number;
  /** What is reserved for the whole job. */
  readonly legs: readonly Leg[];
}

/** The device before anything of this release was sent to it. */
export interface Baseline {
  /** Seconds since the device was switched on (`printer-up-time`). */
  readonly upTime: number | undefined;
  /** Its own page counter, where it has one and was at rest, so that a difference is this job's. */
  readonly counter: number | undefined;
  readonly atRest: boolean;
}

/** The job as the device names it. */
export interface DeviceJob {
  /** None while a Print-Job is on its way: its number comes with the answer, or is found by the name. */
  readonly id: number | undefined;
  readonly uuid: string | undefined;
  /** The device said that it will not make the copies that were asked for. */
  readonly copiesIgnored: boolean;
}

/** How Create-Job went; without an answer there may be a job that nobody told us of. */
export type CreateAnswer =
  | {
      readonly kind: "job-created";
      readonly job: DeviceJob;
      /** What of it the device said it will leave out. */
      readonly cannot?: readonly CannotDo[];
    }
  /**
   * The device said no. `temporary`: it may say yes in a while (busy, RFC 8011 §B.1.5). `printJobOnly`:
   * it does not know Create-Job, and takes a job only with its document.
   */
  | {
      readonly kind: "create-refused";
      readonly temporary: boolean;
      readonly printJobOnly?: boolean;
      /** What of it the device cannot do, for which it was not even asked. */
      readonly cannot?: readonly CannotDo[];
    }
  | { readonly kind: "create-unanswered" };

/** What was learned of a job since the first byte of its document may have been sent. */
export interface Watch {
  /** `cut`: not all of it was sent. `unknown`: this process did not send it, or nobody answered. */
  readonly upload: "in-course" | "done" | "cut" | "unknown";
  /** Seconds of `printer-up-time` last seen. */
  readonly upTime: number | undefined;
  /** Most sides that the device ever counted for this job; none if it never counted. */
  readonly jobCount: number | undefined;
  /** The job's last count was missing, or smaller than one before: it says nothing of the end. */
  readonly jobCountStale: boolean;
  /** The same by colour, where the device tells it apart. */
  readonly jobSplit?: ColourSplit | undefined;
  /** Sheets were counted, and the back of the last one may be missing. */
  readonly coarse?: boolean | undefined;
  /** The same of the device's own counter. */
  readonly deviceCoarse?: boolean | undefined;
  /** Whether that counter moved at all, be it by what it adds to a job itself. */
  readonly deviceMoved?: boolean | undefined;
  /** Most sides by which the device's own counter grew; none if it never told or had no baseline. */
  readonly deviceCount: number | undefined;
  /** The device's counter was missing the last time, or smaller than before: not to be believed. */
  readonly deviceCountStale: boolean;
  /** Once known, the job's end as the device told it. */
  readonly end: JobEnd | undefined;
  /** Samples in a row, since the job's end, with the device at rest and nothing counted further. */
  readonly quietSamples: number;
  /** Samples in a row in which the device still waited for the document. */
  readonly incomingSamples: number;
  /** Samples in a row in which nothing was counted further. */
  readonly stalledSamples: number;
  /** At the last look the device did not know the job any more, whatever it had said of it. */
  readonly forgotten?: boolean | undefined;
  /** Questions in a row that the device did not answer. */
  readonly unanswered: number;
  /** A Cancel-Job is wanted; it is repeated until the device took it. */
  readonly cancel: "no" | "asked" | "taken";
  /** What keeps the device from printing it, as last seen. */
  readonly problem: DeviceProblem | undefined;
}

export type JobEnd =
  | { readonly kind: "completed" | "canceled" | "aborted"; readonly neverProcessed: boolean }
  | { readonly kind: "forgotten" }
  | { readonly kind: "restarted" };

export type NotPrinted = Extract<Outcome, { kind: "not-printed" }>["reason"];
export type WhyUncertain = Extract<JournalFact, { kind: "uncertain" }>["why"];

/** What became of it, decided once. */
export type Verdict =
  | {
      readonly kind: "came-out";
      readonly impressions: number;
      readonly evidence: Evidence;
      /** The device's own word on their colours. */
      readonly split?: ColourSplit;
      /** Counters disagree: the lower is charged, and a person looks at it. */
      readonly review?: { readonly job: number | null; readonly counter: number | null };
    }
  | { readonly kind: "uncertain"; readonly atLeast: number; readonly why: WhyUncertain };

/** How the claim is ended at the provider. */
export interface Finish {
  readonly outcome: "printed" | "given-back" | "uncertain";
  readonly partlyPrinted?: PartlyPrinted;
}

/** A person's decision about an uncertain release; without a number, all that was wanted. */
export interface Decided {
  readonly decision: "printed" | "not-printed";
  readonly impressions?: number | undefined;
}

/** Where a release is on the road. `tries` counts unanswered tries of the phase's own question. */
export type Phase =
  /** Its turn at the device has not come. Nothing was asked of anybody. */
  | { readonly kind: "waiting" }
  | { readonly kind: "claiming"; readonly tries: number; readonly baseline?: Baseline }
  /** Given up before the provider answered: what it may have claimed is given back. */
  | { readonly kind: "withdrawing"; readonly tries: number; readonly reason: NotPrinted }
  | {
      readonly kind: "reserving";
      readonly tries: number;
      readonly claim: Claim;
      readonly baseline?: Baseline;
    }
  /** Create-Job was asked beside the reservation, since that will hardly be refused. */
  | {
      readonly kind: "preparing";
      readonly tries: number;
      readonly claim: Claim;
      readonly baseline: Baseline;
      /** What the device answered, if it did before the server. */
      readonly created?: CreateAnswer;
    }
  /** Paid for; waits for the device to be at rest, so that its counter means this job. */
  | { readonly kind: "readying"; readonly tries: number; readonly claim: Claim }
  | {
      readonly kind: "creating";
      readonly tries: number;
      readonly claim: Claim;
      readonly baseline: Baseline;
      /** It will not be printed; only Create-Job's answer is waited for, so that none is left behind. */
      readonly giveUp?: NotPrinted;
    }
  /** Create-Job may have made a job that nobody answered for; without a document it never prints. */
  | {
      readonly kind: "clearing";
      readonly tries: number;
      readonly createTries: number;
      readonly claim: Claim;
      readonly baseline: Baseline;
      readonly next: "create" | NotPrinted;
    }
  /** Journalled before the first byte of the document is sent: from here on it may print. */
  | {
      readonly kind: "printing";
      readonly claim: Claim;
      readonly baseline: Baseline;
      readonly job: DeviceJob;
      readonly watch: Watch;
      /** How often Print-Job was refused as a whole, for the moment. */
      readonly refusals?: number;
    }
  /** The end is journalled; the provider has not confirmed it yet. */
  | {
      readonly kind: "finishing";
      readonly tries: number;
      readonly fence: number;
      readonly outcome: Outcome;
      readonly finish: Finish;
      /** What a person's decision will be reckoned from, where nobody could know what came out. */
      readonly undecided?: Claim;
      /** A decision that came before the provider had confirmed. */
      readonly decided?: Decided;
    }
  /** Waits for a person to say what came out. */
  | { readonly kind: "undecided"; readonly claim: Claim; readonly outcome: Outcome }
  | { readonly kind: "closed"; readonly outcome: Outcome };

export type PhaseKind = Phase["kind"];
export type PhaseOf<K extends PhaseKind> = Extract<Phase, { kind: K }>;

/** Whether the release still needs the device for itself. */
export function holdsDevice(phase: Phase): boolean {
  switch (phase.kind) {
    case "claiming":
    case "reserving":
    case "preparing":
    case "readying":
    case "creating":
    case "clearing":
    case "printing":
      return true;
    case "waiting":
    case "withdrawing":
    case "finishing":
    case "undecided":
    case "closed":
      return false;
  }
}

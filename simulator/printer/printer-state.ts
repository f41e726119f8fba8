import type { DocumentPage } from "./document-page.ts";
import type { Fault, FaultName, Faults } from "./fault-catalogue.ts";
import type { HabitName } from "./habits.ts";
import type { PageCounter } from "./printed-side.ts";
import type { SidePlan } from "./side-plan.ts";
import type { Ticket } from "./ticket.ts";

/** What this device is: does not change while it lives. Durations are in milliseconds. */
export interface PrinterConfig {
  readonly name: string;
  readonly location: string;
  /** The 36 characters of the device's UUID: the same after every power cut. */
  readonly uuid: string;
  /** 15 hexadecimal digits, another at each start of the program, from which job-uuids are made. */
  readonly seed: string;
  /** How fast the engine is; 0 means at once. */
  readonly pagesPerMinute: number;
  /** From rest to the first side, on top of the pace. */
  readonly warmUpMs: number;
  /** How long the engine stays warm after its last side. */
  readonly warmForMs: number;
  /** Sides already in the paper path, which still come out after a cancel. */
  readonly pathSides: number;
  /** How long an ended job can still be asked about. */
  readonly historyMs: number;
  /** How long Create-Job waits for its document, and the document for its next byte. */
  readonly documentWaitMs: number;
  /** Sides that the output tray holds before it is full. */
  readonly trayCapacity: number;
  /** What it is like by nature. */
  readonly habits?: readonly HabitName[];
}

/** Everything a device knows at one moment. Only `counter` outlives a power cut. */
export interface PrinterState {
  readonly config: PrinterConfig;
  readonly power: Power;
  /** How many times it was switched on: ids of one boot mean nothing in another. */
  readonly boot: number;
  readonly bootedAt: number;
  readonly nextJobId: number;
  /** How many jobs were made since it was switched on. */
  readonly jobsMade: number;
  /** In order of arrival. */
  readonly jobs: readonly Job[];
  readonly counter: PageCounter;
  /** What its own counter has on top of the paper: see the habit `counts-extra`. */
  readonly uncounted: number;
  readonly faults: Faults;
  readonly stops: Stops;
  /** When the next side comes out, or null while the engine rests or is stopped. */
  readonly nextSideAt: number | null;
  /** When the engine gave its last side; null since it was switched on. */
  readonly lastSideAt: number | null;
  readonly sidesInTray: number;
  /** Until when the panel blinks, so that someone finds the device. */
  readonly identifiedUntil: number;
}

export type Power =
  | { readonly kind: "on" }
  /** `backAt` null: until someone switches it on. */
  | { readonly kind: "off"; readonly backAt: number | null };

/** What a fault that was set has by now done to the paper path. */
export interface Stops {
  readonly jammed: boolean;
  readonly doorOpen: boolean;
  /** Sides that the cassette still has paper for; null when there is plenty. */
  readonly paperLeft: number | null;
}

export const noStops: Stops = { jammed: false, doorOpen: false, paperLeft: null };

export interface Job {
  readonly id: number;
  readonly uuid: string;
  readonly ticket: Ticket;
  readonly createdAt: number;
  readonly startedAt: number | null;
  readonly stage: JobStage;
  /** What is to come out; null until the document was read. */
  readonly plan: SidePlan | null;
  readonly printed: PageCounter;
  /** Bytes of document that came. */
  readonly bytes: number;
  /** Set when the device called the job completed before it was. */
  readonly calledCompletedAt: number | null;
}

export type JobStage =
  /** Made by Create-Job; `abortAt` is when the device stops waiting for its document. */
  | { readonly kind: "incoming"; readonly abortAt: number }
  /** Its document is on the way. */
  | { readonly kind: "receiving" }
  /** The document is whole, and is being interpreted. */
  | { readonly kind: "rendering" }
  /** Waits for the engine. */
  | { readonly kind: "queued" }
  | { readonly kind: "printing" }
  /** Canceled, while sides in the paper path still come out: `processing-to-stop-point`. */
  | { readonly kind: "stopping"; readonly sidesLeft: number }
  | EndedStage;

export interface EndedStage {
  readonly kind: "ended";
  readonly end: "completed" | "canceled" | "aborted";
  /** job-state-reasons keyword. */
  readonly reason: string;
  readonly at: number;
}

/** What happens to a device. */
export type PrinterEvent =
  /** Time has passed. */
  | { readonly kind: "tick" }
  | JobEvent
  | FaultEvent
  | { readonly kind: "paper-taken" }
  | { readonly kind: "identified" };

export type JobEvent =
  | { readonly kind: "job-created"; readonly ticket: Ticket }
  | { readonly kind: "document-begun"; readonly jobId: number }
  | { readonly kind: "document-received"; readonly jobId: number; readonly bytes: number }
  /** The document will not come whole. `reason` is a job-state-reasons keyword. */
  | { readonly kind: "document-lost"; readonly jobId: number; readonly reason: string }
  | {
      readonly kind: "document-read";
      readonly boot: number;
      readonly jobId: number;
      readonly pages: readonly DocumentPage[];
    }
  | {
      readonly kind: "document-unreadable";
      readonly boot: number;
      readonly jobId: number;
      /** job-state-reasons keyword. */
      readonly reason: string;
    }
  | { readonly kind: "job-canceled"; readonly jobId: number };

export type FaultEvent =
  | { readonly kind: "fault-set"; readonly fault: Fault }
  | { readonly kind: "fault-cleared"; readonly name: FaultName }
  /** The fault `connection-dropped` has struck once. */
  | { readonly kind: "connection-broken" };

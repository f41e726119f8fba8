import type { IppGroup, IppRange } from "../message.ts";
import { operation } from "../operations.ts";
import { booleanOf, integerOf, integersOf, rangeOf } from "../read.ts";
import { type PrinterStateName, printerStateName } from "../states.ts";
import { countOf, listOf, reasonsOf, textOf } from "./device-values.ts";
import {
  type ImpressionsByColor,
  impressionsByColorOf,
  printedImpressions,
} from "./impressions.ts";

/** What a device says about itself. Undefined is what it does not say; lists are then empty. */
export interface PrinterDescription {
  readonly state: PrinterStateName | undefined;
  /** Such as `media-jam-error`. Judge by these: some devices stay `processing` during a jam. */
  readonly stateReasons: readonly string[];
  readonly stateMessage: string | undefined;
  readonly acceptingJobs: boolean | undefined;
  /** Seconds since power on. Smaller than before: it was restarted and its job-ids mean nothing. */
  readonly upTime: number | undefined;
  readonly queuedJobCount: number | undefined;
  readonly operations: ReadonlySet<number>;
  readonly ippVersions: readonly string[];
  readonly documentFormats: readonly string[];
  readonly copiesSupported: IppRange | undefined;
  /** Sides printed in the device's life, its own counter. */
  readonly impressionsCompleted: number | undefined;
  readonly impressionsCompletedByColor: ImpressionsByColor | undefined;
  readonly sheetsCompleted: number | undefined;
  readonly colorSupported: boolean | undefined;
  readonly colorModes: readonly string[];
  /** Keywords such as `two-sided-long-edge`. */
  readonly sides: readonly string[];
  readonly mediaReady: readonly string[];
  readonly pageRangesSupported: boolean | undefined;
  /** What may be asked of a job: names of job template attributes. */
  readonly jobCreationAttributes: readonly string[];
  readonly name: string | undefined;
  readonly makeAndModel: string | undefined;
  readonly location: string | undefined;
  /** `urn:uuid:…`, the same across addresses and restarts. */
  readonly uuid: string | undefined;
}

/** The attributes that a description is read from. */
export const descriptionAttributes: readonly string[] = [
  "printer-state",
  "printer-state-reasons",
  "printer-state-message",
  "printer-is-accepting-jobs",
  "printer-up-time",
  "queued-job-count",
  "operations-supported",
  "ipp-versions-supported",
  "document-format-supported",
  "copies-supported",
  "printer-impressions-completed",
  "printer-impressions-completed-col",
  "printer-media-sheets-completed",
  "color-supported",
  "print-color-mode-supported",
  "sides-supported",
  "media-ready",
  "page-ranges-supported",
  "job-creation-attributes-supported",
  "printer-name",
  "printer-make-and-model",
  "printer-location",
  "printer-uuid",
];

/** Reads the printer group of an answer; absent or of the wrong syntax is as unsaid. */
export function describePrinter(printer: IppGroup | undefined): PrinterDescription {
  const byColor = impressionsByColorOf(printer, "printer-impressions-completed-col");
  const impressions =
    countOf(printer, "printer-impressions-completed") ??
    (byColor === undefined ? undefined : printedImpressions(byColor));
  return {
    state: printerStateName(integerOf(printer, "printer-state")),
    stateReasons: reasonsOf(printer, "printer-state-reasons"),
    stateMessage: textOf(printer, "printer-state-message"),
    acceptingJobs: booleanOf(printer, "printer-is-accepting-jobs"),
    upTime: countOf(printer, "printer-up-time"),
    queuedJobCount: countOf(printer, "queued-job-count"),
    operations: new Set(integersOf(printer, "operations-supported")),
    ippVersions: listOf(printer, "ipp-versions-supported"),
    documentFormats: listOf(printer, "document-format-supported"),
    copiesSupported: rangeOf(printer, "copies-supported"),
    impressionsCompleted: impressions,
    impressionsCompletedByColor: byColor,
    sheetsCompleted: countOf(printer, "printer-media-sheets-completed"),
    colorSupported: booleanOf(printer, "color-supported"),
    colorModes: listOf(printer, "print-color-mode-supported"),
    sides: listOf(printer, "sides-supported"),
    mediaReady: listOf(printer, "media-ready"),
    pageRangesSupported: booleanOf(printer, "page-ranges-supported"),
    jobCreationAttributes: listOf(printer, "job-creation-attributes-supported"),
    name: textOf(printer, "printer-name"),
    makeAndModel: textOf(printer, "printer-make-and-model"),
    location: textOf(printer, "printer-location"),
    uuid: textOf(printer, "printer-uuid"),
  };
}

/** Whether a job can be made before its document is sent, so that it has a job-id to watch by. */
export function canCreateJobs({ operations }: PrinterDescription): boolean {
  return operations.has(operation.createJob) && operations.has(operation.sendDocument);
}

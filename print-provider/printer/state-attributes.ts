import {
  attribute,
  boolean,
  dateTime,
  enumeration,
  integer,
  keyword,
  text,
} from "../../ipp/build.ts";
import type { IppAttribute } from "../../ipp/message.ts";
import { printerState } from "../../ipp/states.ts";
import { upTime } from "./up-time.ts";

export interface PrinterCondition {
  readonly queuedJobs: number;
  /** Why no jobs are taken at present, or nothing. */
  readonly notAccepting: string | undefined;
  /** What whoever asks should know of a job that they just sent, or nothing. */
  readonly ofOwnJob?: string | undefined;
  readonly firstStart: number;
  /** When this process started; the configuration and the state count as changed then at the latest. */
  readonly startedAt: number;
  readonly siteChangedAt: number;
  readonly now: number;
}

/** How the queue is at this moment. */
export function stateAttributes(it: PrinterCondition): IppAttribute[] {
  const since = (at: number) => integer(upTime(it.firstStart, at));
  const full = it.notAccepting !== undefined;
  return [
    // Never stopped: what is held can be released however full the spool is.
    attribute("printer-state", enumeration(printerState.idle)),
    attribute("printer-state-reasons", keyword(full ? "spool-area-full" : "none")),
    attribute("printer-state-message", text(it.notAccepting ?? it.ofOwnJob ?? "Ready.")),
    attribute("printer-is-accepting-jobs", boolean(!full)),
    attribute("printer-up-time", since(it.now)),
    attribute("printer-current-time", dateTime(new Date(it.now))),
    attribute("printer-state-change-time", since(it.startedAt)),
    attribute("printer-state-change-date-time", dateTime(new Date(it.startedAt))),
    attribute("printer-config-change-time", since(it.siteChangedAt)),
    attribute("printer-config-change-date-time", dateTime(new Date(it.siteChangedAt))),
    attribute("queued-job-count", integer(it.queuedJobs)),
  ];
}

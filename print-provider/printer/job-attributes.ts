import {
  attribute,
  dateTime,
  dotsPerInch,
  enumeration,
  integer,
  keyword,
  keywords,
  mimeMediaType,
  name,
  outOfBand,
  range,
  text,
  uri,
} from "../../ipp/build.ts";
import { handlingAttributes } from "../../ipp/handling-attributes.ts";
import type { IppAttribute, IppValue } from "../../ipp/message.ts";
import { jobState } from "../../ipp/states.ts";
import { impressionsOf } from "../../pricing/impressions.ts";
import type { Queue } from "../../protocol/site.ts";
import { type CodeTold, ippStateOf, type Standing } from "../jobs/ipp-state.ts";
import type { Job } from "../jobs/job.ts";
import { capabilities } from "../ticket/capabilities.ts";
import type { PrinterUris } from "./printer-uris.ts";
import type { Wanted } from "./requested-attributes.ts";
import { upTime, upTimeOrNone } from "./up-time.ts";

export interface JobShown {
  readonly job: Job;
  readonly kind: Queue["kind"];
  readonly uris: PrinterUris;
  readonly firstStart: number;
  readonly now: number;
  /** Titles and names are personal: they are shown to the owner of the job only. */
  readonly toOwner: boolean;
  /** Of a job of nobody known, for whoever sent it. */
  readonly code?: CodeTold;
}

export interface NewJobShown extends Pick<JobShown, "kind" | "uris" | "code"> {
  readonly job: Standing & Pick<Job, "number" | "id">;
}

/** The attributes of a job that are wanted: RFC 8011 §5.2 and §5.3. */
export function jobAttributes(shown: JobShown, wanted: Wanted): IppAttribute[] {
  const template = templateOf(shown.job).filter(({ name }) => wanted.has(name, "job-template"));
  const about = descriptionOf(shown).filter(({ name }) => wanted.has(name, "job-description"));
  return [...about, ...template];
}

/** What every answer to a new job tells: RFC 8011 §4.2.1.2. */
export function newJobAttributes(shown: NewJobShown): IppAttribute[] {
  const { job, uris } = shown;
  return [
    attribute("job-uri", uri(uris.job(job.number))),
    attribute("job-id", integer(job.number)),
    attribute("job-uuid", uri(`urn:uuid:${job.id}`)),
    ...stateOf(shown),
  ];
}

function stateOf({ job, kind, code }: Pick<NewJobShown, "job" | "kind" | "code">): IppAttribute[] {
  const { state, reasons, message } = ippStateOf(job, kind, code);
  return [
    attribute("job-state", enumeration(jobState[state])),
    attribute("job-state-reasons", ...keywords(...reasons)),
    attribute("job-state-message", text(message)),
  ];
}

function descriptionOf(shown: JobShown): IppAttribute[] {
  const { job, uris, firstStart, now } = shown;
  const since = (at: number | undefined) => upTimeOrNone(firstStart, at);
  const personal = shown.toOwner
    ? [
        attribute("job-name", name(job.title)),
        attribute("job-originating-user-name", name(job.owner)),
      ]
    : [];
  return [
    attribute("job-id", integer(job.number)),
    attribute("job-uri", uri(uris.job(job.number))),
    attribute("job-uuid", uri(`urn:uuid:${job.id}`)),
    attribute("job-printer-uri", uri(uris.printer)),
    attribute("job-more-info", uri(uris.moreInfo)),
    ...personal,
    ...stateOf(shown),
    attribute("job-printer-up-time", integer(upTime(firstStart, now))),
    attribute("time-at-creation", since(job.submittedAt)),
    attribute("time-at-processing", since(job.processingAt)),
    attribute("time-at-completed", since(job.endedAt)),
    attribute("date-time-at-creation", moment(job.submittedAt)),
    attribute("date-time-at-processing", moment(job.processingAt)),
    attribute("date-time-at-completed", moment(job.endedAt)),
    attribute("number-of-documents", integer(job.particulars === undefined ? 0 : 1)),
    ...countsOf(job),
  ];
}

/** Counts of the document's own pages; what came out only where that is known. */
function countsOf(job: Job): IppAttribute[] {
  const { particulars, partlyPrinted } = job;
  const wanted = particulars === undefined ? undefined : impressionsOf(particulars);
  const completed = job.state === "printed" ? wanted : (partlyPrinted?.printed ?? 0);
  return [
    attribute("job-k-octets", count(kilobytes(particulars?.sizeBytes))),
    attribute("job-impressions", count(wanted)),
    attribute("job-impressions-completed", count(completed)),
    ...(particulars === undefined
      ? []
      : [attribute("document-format", mimeMediaType(particulars.documentFormat))]),
  ];
}

/** How the job is to be printed. What the client left open is told as what happens then. */
function templateOf({ ticket, onHold }: Job): IppAttribute[] {
  const { handling = {}, media } = ticket;
  const { printQuality } = handling;
  const { pageRanges, numberUp } = ticket;
  return [
    attribute("copies", integer(ticket.copies)),
    attribute("sides", keyword(ticket.sides)),
    attribute("print-color-mode", keyword(ticket.printColorMode)),
    ...(printQuality === undefined
      ? [attribute("print-quality", enumeration(capabilities.printQuality))]
      : []),
    attribute("printer-resolution", dotsPerInch(capabilities.resolutionsDpi[0])),
    attribute("job-hold-until", keyword(capabilities.jobHoldUntil[onHold ? 1 : 0])),
    ...(pageRanges === undefined
      ? []
      : [attribute("page-ranges", ...pageRanges.map(([from, to]) => range(from, to)))]),
    ...(numberUp === undefined ? [] : [attribute("number-up", integer(numberUp))]),
    ...handlingAttributes(handling, media),
  ];
}

function kilobytes(bytes: number | undefined): number | undefined {
  return bytes === undefined ? undefined : Math.ceil(bytes / 1024);
}

function count(value: number | undefined): IppValue {
  return value === undefined ? outOfBand("noValue") : integer(Math.min(value, 2_147_483_647));
}

function moment(at: number | undefined): IppValue {
  return at === undefined ? outOfBand("noValue") : dateTime(new Date(at));
}

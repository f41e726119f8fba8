import type { PrinterState } from "./printer-state.ts";

/**
 * The characters that real devices have from their first day, each a sentence for people. A fault
 * comes and goes; a habit is the device, and is chosen when it is started.
 */
export const habitCatalogue = {
  "no-create-job": "Takes a job only together with its document (Print-Job).",
  "ipp-1.1": "Speaks IPP 1.1 only, and answers 2.0 with version-not-supported.",
  "raster-only": "Takes PWG raster, URF and JPEG, and no PDF.",
  "copies-ignored": "Makes one copy, however many were asked for, and does not say so.",
  "copies-doubled": "Makes every copy twice when more than one was asked for.",
  "page-ranges-ignored": "Prints every page, whatever pages were asked for.",
  "plain-pages": "Prints no chosen pages and no several on a side, and says so.",
  "sides-ignored": "Prints on one side only, whatever was asked for.",
  "no-colour-split": "Counts sides, and does not tell which were in colour.",
  "sheets-only": "Counts sheets, of jobs and of its own, and no sides.",
  "no-job-counters": "Tells its own page counter, but no job's pages.",
  "no-device-counter": "Tells a job's pages over IPP, but no counter of its own.",
  "no-counters": "Tells no counts at all over IPP.",
  "zero-at-end": "A job's count falls to zero as soon as the job is completed.",
  "counts-ahead": "Counts all sides of a job as soon as it has read the document.",
  "counts-extra": "Its own counter rises by one more with each job, for a sheet that nobody sees.",
  "forgets-jobs": "A job that has ended is not found any more, from the same moment.",
  "early-completed": "Calls a job completed when its data has arrived, while pages still print.",
  "busy-while-printing": "Takes no other job while it prints one.",
  "ids-again": "Gives the same three job numbers again and again.",
  "asks-password": "Asks for a name and password (HTTP Basic).",
  "asks-digest": "Asks for a name and password (HTTP Digest).",
  tls: "Speaks TLS with a certificate of its own (ipps), and nothing else.",
  "no-chunks": "Takes no document of unknown length: HTTP 411 to chunks.",
  "late-continue": "Answers Expect: 100-continue three seconds late.",
  "no-continue": "Never answers Expect: 100-continue, and waits for the document itself.",
  "no-empty-groups": "Refuses a request with an empty group of job attributes.",
  sleeps: "Falls asleep when nobody speaks to it, and refuses connections while it wakes.",
  "no-snmp": "Answers no SNMP.",
  "snmp-sheets": "Counts sheets in its SNMP counter.",
  "no-escl": "Has no scanner that speaks eSCL.",
} as const;

export type HabitName = keyof typeof habitCatalogue;

export const habitNames = Object.keys(habitCatalogue).filter(isHabitName);

export function isHabitName(name: string): name is HabitName {
  return Object.hasOwn(habitCatalogue, name);
}

/** Habits that may also come over a device for a while, as a fault of the same name. */
const asFault = new Set([
  "copies-ignored",
  "no-job-counters",
  "no-counters",
  "forgets-jobs",
  "early-completed",
] as const);

type AlsoFault = typeof asFault extends Set<infer Name> ? Name : never;

/** Whether the device does so now, by nature or by a fault that is set. */
export function behaves(
  { config, faults }: Pick<PrinterState, "config" | "faults">,
  name: HabitName,
): boolean {
  if (config.habits?.includes(name) === true) return true;
  return isAlsoFault(name) && faults[name] !== undefined;
}

function isAlsoFault(name: HabitName): name is AlsoFault {
  return asFault.has(name as AlsoFault);
}

import type { IppClient } from "../../ipp/client/client.ts";
import { documentOf } from "../../ipp/client/document.ts";
import { printedImpressions } from "../../ipp/client/impressions.ts";
import { getJobAttributes } from "../../ipp/client/job-operations.ts";
import type { JobStatus } from "../../ipp/client/job-status.ts";
import { getPrinterAttributes } from "../../ipp/client/printer-operations.ts";
import { createJob, printJob, sendDocument } from "../../ipp/client/submit.ts";
import type { IppAttribute } from "../../ipp/message.ts";
import { wait } from "../site/wait.ts";
import type { OwnCounts, TestJob } from "./observation.ts";
import { type TestColour, type TestFormat, testPages } from "./test-pages.ts";

export interface TestPrint {
  readonly client: IppClient;
  readonly createsJobs: boolean;
  readonly format: TestFormat;
  readonly pages: readonly TestColour[];
  readonly template: readonly IppAttribute[];
  /** What is to come out. */
  readonly sides: number;
  readonly sheets: number;
  readonly colour: number;
  readonly snmpCount: () => Promise<number | undefined>;
  /** Called once while it prints. */
  readonly onPrinting?: () => Promise<void>;
  readonly signal: AbortSignal;
}

const pollMs = 60;
/** Longer than any test of ours takes on a device that was asleep and has to warm up. */
const patienceMs = 180_000;
const busyTries = 60;

interface Look {
  readonly job: JobStatus | undefined;
  readonly busy: boolean;
  readonly counts: OwnCounts;
}

/** Prints one test job and watches it to its end. Throws a sentence when the device does not take it. */
export async function printTestJob(test: TestPrint): Promise<TestJob> {
  const before = (await look(test, undefined)).counts;
  const { jobId, unsupported } = await submit(test);
  const looks: Look[] = [];
  const began = performance.now();
  let asked = false;
  for (let quiet = 0; quiet < 4; ) {
    const seen = await look(test, jobId);
    const last = looks.at(-1);
    looks.push(seen);
    if (!asked && test.onPrinting !== undefined && !isOver(seen)) {
      asked = true;
      await test.onPrinting();
    }
    const still = last !== undefined && sameCounts(last.counts, seen.counts);
    quiet = isOver(seen) && !seen.busy && still ? quiet + 1 : 0;
    if (performance.now() - began > patienceMs) break;
    await wait(pollMs, test.signal);
    test.signal.throwIfAborted();
  }
  return observe(test, { before, looks, unsupported });
}

async function submit(
  test: TestPrint,
): Promise<{ readonly jobId: number; readonly unsupported: readonly string[] }> {
  const { client, createsJobs, format, pages, template, signal } = test;
  const document = documentOf(testPages(format, pages));
  const jobName = "Guichet test page";
  for (let tries = 0; ; tries += 1) {
    const made = createsJobs
      ? await createJob(client, { jobName, template, signal })
      : await printJob(client, { jobName, template, document, documentFormat: format, signal });
    if (!made.ok && made.status === 0x0507 && tries < busyTries) {
      await wait(500, signal);
      continue;
    }
    if (!made.ok) throw new Error(`The device does not take a test page: ${made.message}.`);
    const { jobId } = made.value;
    const unsupported = made.unsupported.map(({ name }) => name);
    if (!createsJobs) return { jobId, unsupported };
    const sent = await sendDocument(client, { jobId, document, documentFormat: format, signal });
    if (!sent.ok) throw new Error(`The device does not take a test page: ${sent.message}.`);
    return { jobId, unsupported };
  }
}

/** The job first: what it says is older than what the device itself does. */
async function look(
  { client, snmpCount, signal }: TestPrint,
  jobId: number | undefined,
): Promise<Look> {
  const job = jobId === undefined ? undefined : await getJobAttributes(client, { jobId, signal });
  const [printer, snmp] = await Promise.all([
    getPrinterAttributes(client, { signal }),
    snmpCount(),
  ]);
  if (!printer.ok) throw new Error(`The device does not tell how it is: ${printer.message}.`);
  const { state, impressionsCompleted: sides, sheetsCompleted: sheets } = printer.value;
  return {
    job: job?.ok === true ? job.value : undefined,
    busy: state === "processing",
    counts: { sides, sheets, snmp },
  };
}

function isOver({ job }: Look): boolean {
  if (job === undefined) return true;
  return ["completed", "canceled", "aborted"].includes(job.state);
}

function sidesOf(job: JobStatus): number | undefined {
  const by = job.impressionsCompletedByColor;
  return job.impressionsCompleted ?? (by === undefined ? undefined : printedImpressions(by));
}

function observe(
  { sides, sheets, colour }: TestPrint,
  seen: {
    readonly before: OwnCounts;
    readonly looks: readonly Look[];
    readonly unsupported: readonly string[];
  },
): TestJob {
  const { before, looks, unsupported } = seen;
  const after = looks.at(-1)?.counts ?? before;
  const jobs = looks.flatMap(({ job }) => (job === undefined ? [] : [job]));
  const last = jobs.at(-1);
  const counted = jobs.flatMap((job) => sidesOf(job) ?? []);
  const by = last?.impressionsCompletedByColor;
  const most = counted.length === 0 ? undefined : Math.max(...counted);
  return {
    sides,
    sheets,
    colour,
    unsupported,
    end: endOf(looks.at(-1)?.job, last),
    mostSides: most,
    lastSides: last === undefined ? undefined : sidesOf(last),
    lastSheets: last?.sheetsCompleted,
    lastSplit:
      by === undefined
        ? undefined
        : { colour: by.fullColor + by.highlightColor, grey: by.monochrome },
    grown: {
      sides: difference(after.sides, before.sides),
      sheets: difference(after.sheets, before.sheets),
      snmp: difference(after.snmp, before.snmp),
    },
    completedEarly: stillPrinting(looks, after, ({ job }) => job?.state === "completed"),
    countedAhead: stillPrinting(
      looks,
      after,
      ({ job }) => job?.state !== "completed" && job !== undefined && sidesOf(job) === most,
    ),
    remembered: looks.at(-1)?.job !== undefined,
  };
}

function endOf(final: JobStatus | undefined, last: JobStatus | undefined): TestJob["end"] {
  const state = (final ?? last)?.state;
  if (state === "completed" || state === "canceled" || state === "aborted") return state;
  return final === undefined ? "forgotten" : "never";
}

/**
 * Whether sides still came out after a look that says so: the device's counter rose by more than the
 * last side after it, or, at a device that has none, it still worked at three further looks.
 */
function stillPrinting(
  looks: readonly Look[],
  after: OwnCounts,
  says: (look: Look) => boolean,
): boolean {
  const at = looks.findIndex(
    (look) => says(look) && (look.job?.state === "completed" || (sidesOf2(look) ?? 0) > 0),
  );
  const first = looks[at];
  if (first === undefined) return false;
  const rose = (["sides", "snmp", "sheets"] as const).map((name) =>
    difference(after[name], first.counts[name]),
  );
  const known = rose.find((by) => by !== undefined);
  if (known !== undefined) return known > 1;
  return looks.slice(at + 1, at + 4).filter(({ busy }) => busy).length === 3;
}

function sidesOf2({ job }: Look): number | undefined {
  return job === undefined ? undefined : sidesOf(job);
}

function difference(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : a - b;
}

function sameCounts(a: OwnCounts, b: OwnCounts): boolean {
  return a.sides === b.sides && a.sheets === b.sheets && a.snmp === b.snmp;
}

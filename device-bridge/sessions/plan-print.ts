import type { ListedJob } from "../../protocol/bridge-server.ts";
import type { JobSettings, PrintSettings } from "../../protocol/print-settings.ts";
import type { Site, Terminal } from "../../protocol/site.ts";
import type { Payer, Release } from "../release/release.ts";
import { payersOf } from "./payers.ts";
import { isGivenUp, type Session } from "./session.ts";
import { canBeSet } from "./settable.ts";

export interface PrintPlan {
  readonly session: Session;
  readonly jobIds: readonly string[];
  readonly device: string;
  readonly settings?: readonly JobSettings[] | undefined;
  readonly terminal: Terminal;
  readonly site: Site;
  /** Jobs that a release of this bridge is already under way for. */
  readonly underWay: ReadonlySet<string>;
  /** Wall clock, milliseconds. */
  readonly now: number;
  readonly newId: () => string;
}

/**
 * The releases that a press of *Print* asks for, in the order in which the documents were chosen; none
 * when nothing of it can be printed. Every claim is checked once more by the provider.
 */
export function planPrint(plan: PrintPlan): Release[] {
  const { session, jobIds, device, settings = [], terminal, site, underWay, now, newId } = plan;
  if (!terminal.devices.includes(device)) return [];
  const wished = new Map(settings.map((one) => [one.jobId, one.settings]));
  const listed = new Map(session.jobs.map((one) => [one.job.jobId, one]));
  const chosen = [...new Set(jobIds)].flatMap((jobId) => listed.get(jobId) ?? []);
  return chosen
    .filter(({ job }) => job.state === "held" && !underWay.has(job.jobId))
    .filter(({ job }) => !isGivenUp(session, job.jobId))
    .filter(({ job }) => mayPrintAt(site, job.queue, device))
    .filter(({ job }) => canBeSet(job.particulars, wished.get(job.jobId)))
    .map(({ provider, job }) =>
      newRelease({
        listed: { provider, job },
        device,
        settings: wished.get(job.jobId),
        personId: session.person.personId,
        sessionId: session.sessionId,
        accounts: payersOf(session),
        now,
        newId,
      }),
    );
}

/** A release at its very beginning. `now` is this machine's wall clock. */
export function newRelease(options: {
  readonly listed: {
    readonly provider: string;
    readonly job: Pick<ListedJob["job"], "jobId" | "owner">;
  };
  readonly device: string;
  readonly personId: string;
  readonly sessionId?: string;
  readonly accounts: readonly Payer[];
  readonly settings?: PrintSettings | undefined;
  readonly now: number;
  readonly newId: () => string;
}): Release {
  const { listed, device, personId, sessionId, accounts, settings, now, newId } = options;
  return {
    version: 1,
    releaseId: newId(),
    jobId: listed.job.jobId,
    provider: listed.provider,
    device,
    owner: listed.job.owner,
    personId,
    ...(sessionId === undefined ? {} : { sessionId }),
    accounts: accounts.map(({ account, unit, available }) => ({ account, unit, available })),
    ...(settings === undefined ? {} : { settings }),
    askedAt: now,
    cancelWanted: false,
    phase: { kind: "waiting" },
  };
}

/** Whether jobs of a queue may come out of a device; a virtual queue without devices means all. */
export function mayPrintAt(site: Site, queueName: string, device: string): boolean {
  const queue = site.queues.find(({ name }) => name === queueName);
  if (queue === undefined) return false;
  if (queue.kind === "virtual" && queue.devices.length === 0) return true;
  return queue.devices.includes(device);
}

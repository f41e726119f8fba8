import type { ListedJob } from "../../protocol/bridge-server.ts";
import type { MissingJob, MissingView } from "../../protocol/missing-jobs.ts";
import type { Site, Terminal } from "../../protocol/site.ts";
import { mayPrintAt } from "../sessions/plan-print.ts";
import { isGivenUp, type Session } from "../sessions/session.ts";

const mostShown = 50;

/** Whether a job can come out of any device of the terminal. */
export function isForTerminal(site: Site, terminal: Terminal, queue: string): boolean {
  return terminal.devices.some((device) => mayPrintAt(site, queue, device));
}

/** What is known of a person's jobs that cannot be printed here, those that live first. */
export function missingView(
  session: Session,
  { site, terminal }: { readonly site: Site; readonly terminal: Terminal },
): MissingView | undefined {
  const { missing, jobs, person } = session;
  if (missing === undefined) return undefined;
  const living = jobs
    .filter(({ job }) => !isGivenUp(session, job.jobId))
    .flatMap(({ job }) => livingJob(job, { site, terminal }));
  const ended = missing.ended.map(
    ({ title, submittedAt, endedAt, how }): MissingJob => ({
      title,
      submittedAt,
      endedAt,
      because: how,
    }),
  );
  return {
    state: missing.state,
    login: person.login,
    jobs: [...living, ...ended].slice(0, mostShown),
  };
}

function livingJob(
  job: ListedJob["job"],
  { site, terminal }: { readonly site: Site; readonly terminal: Terminal },
): MissingJob[] {
  const { title, submittedAt, refusedBecause } = job;
  const known = { title, submittedAt };
  switch (job.state) {
    case "receiving":
      return [{ ...known, because: "coming" }];
    case "analysing":
      return [{ ...known, because: "counting" }];
    case "refused":
      return [
        {
          ...known,
          because: "refused",
          ...(refusedBecause === undefined ? {} : { refusedBecause }),
        },
      ];
    case "uncertain":
      return [{ ...known, because: "uncertain" }];
    case "held":
      if (isForTerminal(site, terminal, job.queue)) return [];
      return [{ ...known, because: "other-device", places: placesOf(site, job.queue) }];
    case "claimed":
    case "printed":
    case "cancelled":
    case "expired":
      return [];
  }
}

/** The names of the devices that a queue's jobs come out of; empty where the queue is gone. */
function placesOf(site: Site, queueName: string): string {
  const devices = site.queues.find(({ name }) => name === queueName)?.devices ?? [];
  const names = devices.map((id) => site.devices.find((one) => one.id === id)?.name ?? id);
  return names.join(", ").slice(0, 500);
}

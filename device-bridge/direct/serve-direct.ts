import type { Link } from "../../link/client.ts";
import { DirectJobs } from "../../protocol/bridge-provider.ts";
import { type BridgeSite, IdentifyReply } from "../../protocol/bridge-server.ts";
import { backoffMs } from "../release/backoff.ts";
import type { Release } from "../release/release.ts";
import { newRelease } from "../sessions/plan-print.ts";

export interface DirectOptions {
  readonly server: Link;
  readonly provider: (id: string) => Link | undefined;
  readonly isOwnDevice: (device: string) => boolean;
  /** Whether a release of this bridge is under way for the job. */
  readonly isUnderWay: (jobId: string) => boolean;
  readonly intend: (intentId: string, releases: readonly Release[]) => void;
  readonly random: () => number;
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Wall clock, milliseconds. */
  readonly now: () => number;
  readonly newId: () => string;
  readonly onTrouble: (trouble: { provider: string; error: unknown }) => void;
}

export interface Direct {
  setProviders(providers: BridgeSite["providers"]): void;
  close(): Promise<void>;
}

/** The provider answers a long poll within 25 s. */
const longPollMs = 35_000;
/** A job that did not print, or has no owner that we know, is tried again after this long. */
const againMs = 5 * 60_000;
const pauseMs = 250;

interface Poller {
  readonly url: string;
  readonly closing: AbortController;
  readonly running: Promise<void>;
}

/** Takes jobs of direct queues as they come, and releases each to the device that it was sent to. */
export function serveDirect(options: DirectOptions): Direct {
  const pollers = new Map<string, Poller>();
  /** When a job may be tried next; wall clock. */
  const later = new Map<string, number>();

  async function poll(id: string, signal: AbortSignal): Promise<void> {
    let tries = 0;
    while (!signal.aborted) {
      try {
        const link = options.provider(id);
        if (link === undefined) return;
        const { jobs } = await link.get("/api/direct", DirectJobs, {
          timeoutMs: longPollMs,
          signal,
        });
        tries = 0;
        let took = 0;
        for (const job of jobs) if (await release(id, job)) took += 1;
        // Jobs that nobody may print now are told again at once.
        await options.wait(jobs.length > took ? 2_000 : pauseMs, signal);
      } catch (error) {
        if (signal.aborted) return;
        tries += 1;
        if (tries === 1) options.onTrouble({ provider: id, error });
        await options.wait(backoffMs({ tries, jitter: options.random(), mostMs: 10_000 }), signal);
      }
    }
  }

  async function release(provider: string, job: DirectJobs["jobs"][number]): Promise<boolean> {
    const { jobId, owner, device } = job;
    const { server, isOwnDevice, isUnderWay, intend, now, newId } = options;
    for (const [id, at] of later) if (at <= now()) later.delete(id);
    if (!isOwnDevice(device) || isUnderWay(jobId) || later.has(jobId)) return false;
    const reply = await server.post("/api/bridge/person-by-login", { login: owner }, IdentifyReply);
    later.set(jobId, now() + againMs);
    // Nobody pays for it: it stays held until its owner is known.
    if (reply.kind !== "known") return false;
    const { personId, accounts } = reply.person;
    const listed = { provider, job: { jobId, owner } };
    const asked = newRelease({ listed, device, personId, accounts, now: now(), newId });
    // No kiosk made an intent for it; the release's own id stands for one.
    intend(asked.releaseId, [asked]);
    return true;
  }

  return {
    setProviders(providers) {
      const urls = new Map(providers.map(({ id, url }) => [id, url]));
      for (const [id, poller] of pollers)
        if (urls.get(id) !== poller.url) {
          poller.closing.abort();
          pollers.delete(id);
        }
      for (const [id, url] of urls) {
        if (pollers.has(id)) continue;
        const closing = new AbortController();
        pollers.set(id, { url, closing, running: poll(id, closing.signal) });
      }
    },
    async close() {
      for (const { closing } of pollers.values()) closing.abort();
      await Promise.all([...pollers.values()].map(({ running }) => running));
    },
  };
}

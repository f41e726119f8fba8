import type { Link } from "../../link/client.ts";
import { BridgeSite } from "../../protocol/bridge-server.ts";
import { backoffMs } from "../release/backoff.ts";

export interface SyncSiteOptions {
  readonly server: Link;
  /** The revision that is known from before; undefined when nothing is. */
  readonly known: number | undefined;
  readonly random: () => number;
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly onSite: (site: BridgeSite) => void;
  readonly onReachable: (reachable: boolean, error?: unknown) => void;
}

/** The server answers a long poll within 25 s; this is that and some slack. */
const longPollMs = 35_000;
/** Between two answers, however eager the server is. */
const pauseMs = 100;

/** Keeps up with the site as the server has it, for as long as the bridge lives. */
export function syncSite(options: SyncSiteOptions): { close(): Promise<void> } {
  const { server, random, wait, onSite, onReachable } = options;
  const closing = new AbortController();
  const { signal } = closing;
  // The first question is answered at once: what is known may be of another server's life.
  let after = -1;
  let newest = options.known;

  async function ask(): Promise<void> {
    const query = after < 0 ? "" : `?after=${after}`;
    const call = { timeoutMs: longPollMs, signal };
    const told = await server.get(`/api/bridge/site${query}`, BridgeSite, call);
    onReachable(true);
    if (told.revision !== newest || after < 0) onSite(told);
    newest = told.revision;
    after = told.revision;
  }

  async function run(): Promise<void> {
    let tries = 0;
    while (!signal.aborted) {
      try {
        await ask();
        tries = 0;
        await wait(pauseMs, signal);
      } catch (error) {
        if (signal.aborted) return;
        tries += 1;
        onReachable(false, error);
        await wait(backoffMs({ tries, jitter: random(), mostMs: 3_000 }), signal);
      }
    }
  }

  const running = run();
  return {
    async close() {
      closing.abort();
      await running;
    },
  };
}

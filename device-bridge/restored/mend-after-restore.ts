import type { Logger } from "pino";
import { ruleFor } from "../../pricing/price.ts";
import type { BridgeSite } from "../../protocol/bridge-server.ts";
import type { Database } from "../../storage/open-database.ts";
import { sentenceOf } from "../bridge-options.ts";
import type { BridgeReleases } from "../bridge-releases.ts";
import type { BridgeState } from "../bridge-state.ts";
import type { Outside } from "../site/outside.ts";
import { wait } from "../site/wait.ts";
import { isRecallWanted, recallReleases } from "./recall-releases.ts";
import { tellEnds } from "./tell-ends.ts";

export interface Mending {
  /** The server answered: what it has, and who the providers are. */
  heard(told: BridgeSite): void;
  close(): Promise<void>;
}

const againMs = 5_000;

/**
 * Brings a bridge and the others to one account again after any of them was put back from an older copy:
 * a server is told again what it lost, a provider what was printed, and a bridge asks what it forgot.
 */
export function mendAfterRestore(parts: {
  readonly db: Database;
  readonly releases: BridgeReleases;
  readonly outside: Outside;
  readonly state: BridgeState;
  readonly now: () => number;
  readonly log: Logger;
}): Mending {
  const { db, releases, outside, state, now, log } = parts;
  const { journal, outbox, engine, delivery } = releases;
  const closing = new AbortController();
  let working: Promise<void> | undefined;

  const linkOf = (id: string) => {
    const link = outside.provider(id);
    if (link === undefined) throw new Error(`The provider ${id} is not known.`);
    return link;
  };

  async function mendOnce(): Promise<void> {
    if (isRecallWanted(db))
      await recallReleases({
        db,
        journal,
        outbox,
        server: outside.server,
        providers: () => state.known().providers.map(({ id }) => ({ id, link: linkOf(id) })),
        prices(device) {
          const { prices } = state.known().site;
          return { version: prices.version, rule: ruleFor(prices, device) };
        },
        now,
        onFound: engine.adopt,
        log,
      });
    for (const provider of state.known().providers) {
      const taken = await tellEnds({ db, journal, provider, link: linkOf(provider.id) });
      if (taken > 0)
        log.info({ event: "ends-told", provider: provider.id, taken }, "it had forgotten them");
    }
    delivery.wake();
  }

  async function mend(): Promise<void> {
    while (!closing.signal.aborted) {
      try {
        return await mendOnce();
      } catch (error) {
        if (closing.signal.aborted) return;
        log.warn({ event: "mending-waits", why: sentenceOf(error) }, "tried again");
        await wait(againMs, closing.signal);
      }
    }
  }

  return {
    heard(told) {
      if (told.journal !== undefined && outbox.compare(told.journal)) {
        log.warn({ event: "server-went-back" }, "the server lost facts, and is told them again");
        delivery.wake();
      }
      working ??= mend().finally(() => {
        working = undefined;
      });
    },
    async close() {
      closing.abort();
      await working;
    },
  };
}

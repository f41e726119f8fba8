import type { ReaderState } from "../../card-readers/reader.ts";
import type { InstallDone, InstallOutcome, ReaderKey } from "../../protocol/reader-key.ts";
import type { ReaderSecret } from "./reader-places.ts";

/** What this bridge's readers are met with, and which of them are given it just now. */
export interface ReaderSecrets {
  setKeys(keys: readonly ReaderKey[]): void;
  of(reader: string): ReaderSecret | undefined;
  /** How a reader is now: the first that is heard ends its installation. */
  heard(reader: string, state: ReaderState, trouble: Error | undefined): void;
  close(): void;
}

/** A reader that is there has taken its key long before. */
const longestMs = 40_000;
const nobodyThere = "No reader answered there. Look at its cable and its address, and try again.";

export function createReaderSecrets(options: {
  readonly tell: (done: InstallDone) => Promise<void>;
  /** An installation ended: what this reader is met with is another thing now. */
  readonly onChange: () => void;
}): ReaderSecrets {
  const keys = new Map<string, ReaderKey>();
  /** Of installations that are under way, by their ids. */
  const timers = new Map<string, NodeJS.Timeout>();
  /** Installations that were tried: each is tried once, whatever a server still tells. */
  const over = new Set<string>();

  const underWay = (reader: string): string | undefined => {
    const install = keys.get(reader)?.install;
    return install === undefined || over.has(install) ? undefined : install;
  };

  function end(reader: string, outcome: InstallOutcome): void {
    const install = underWay(reader);
    if (install === undefined) return;
    over.add(install);
    giveUpTimer(install);
    // The reader's own events go first.
    setImmediate(options.onChange);
    // A server that does not hear of it shows it as failed after a while, and it is ordered again.
    void options.tell({ install, outcome }).catch(() => undefined);
  }

  function giveUpTimer(install: string): void {
    clearTimeout(timers.get(install));
    timers.delete(install);
  }

  function late(reader: string): NodeJS.Timeout {
    return setTimeout(
      () => end(reader, { kind: "failed", sentence: nobodyThere }),
      longestMs,
    ).unref();
  }

  return {
    setKeys(told) {
      keys.clear();
      for (const one of told) keys.set(one.reader, one);
      const wanted = new Set(told.map(({ install }) => install));
      for (const install of timers.keys()) if (!wanted.has(install)) giveUpTimer(install);
      for (const { reader } of told) {
        const install = underWay(reader);
        if (install !== undefined && !timers.has(install)) timers.set(install, late(reader));
      }
    },
    of(reader) {
      const known = keys.get(reader);
      if (known === undefined) return undefined;
      return { key: known.key, install: underWay(reader) !== undefined };
    },
    heard(reader, state, trouble) {
      if (state === "ready") end(reader, { kind: "installed" });
      if (state === "degraded")
        end(reader, {
          kind: "failed",
          sentence: (trouble?.message ?? nobodyThere).slice(0, 1024),
        });
    },
    close() {
      for (const timer of timers.values()) clearTimeout(timer);
    },
  };
}

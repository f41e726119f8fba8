import { type FSWatcher, watch } from "node:fs";
import type { Candidate } from "../driver.ts";

export interface PlugWatch {
  /** Looks soon, since other things may be wanted now. */
  look(): void;
  close(): void;
}

/** The kernel makes a port, and udev its rights and names a moment later. */
const settleMs = 50;
/** Where nothing tells of a plug, and in case something was missed. */
const everyMs = 2_000;

/**
 * Watches what is plugged in. `onChange` is told at first, and whenever something came or went.
 * `folders` are those whose files come and go with the plugs; where they cannot be watched, looking
 * every two seconds has to do.
 */
export function watchPlugs(options: {
  readonly list: () => Promise<readonly Candidate[]>;
  readonly onChange: (found: readonly Candidate[]) => void;
  readonly folders?: readonly string[];
}): PlugWatch {
  const {
    list,
    onChange,
    folders = process.platform === "linux" ? ["/dev", "/dev/input"] : [],
  } = options;
  let known: string | undefined;
  let soon: NodeJS.Timeout | undefined;
  let looking = false;
  let again = false;
  let closed = false;

  async function look(): Promise<void> {
    if (looking) {
      again = true;
      return;
    }
    looking = true;
    const seen = await list().catch((): readonly Candidate[] => []);
    looking = false;
    if (closed) return;
    const text = JSON.stringify(seen);
    if (text !== known) {
      known = text;
      onChange(seen);
    }
    if (again) {
      again = false;
      lookSoon();
    }
  }

  function lookSoon(): void {
    clearTimeout(soon);
    soon = setTimeout(() => void look(), settleMs);
    soon.unref();
  }

  const watchers: FSWatcher[] = [];
  for (const folder of folders)
    try {
      const watcher = watch(folder, { persistent: false }, lookSoon);
      watcher.on("error", () => watcher.close());
      watchers.push(watcher);
    } catch {
      // Looking every now and then has to do.
    }
  const timer = setInterval(() => void look(), everyMs);
  timer.unref();
  void look();

  return {
    look: lookSoon,
    close() {
      closed = true;
      clearTimeout(soon);
      clearInterval(timer);
      for (const watcher of watchers) watcher.close();
    },
  };
}

/** Wakes those who wait for something to change, without telling what: they look for themselves. */
export type Bell = {
  ring: () => void;
  /** Resolves at the next ring, after `ms`, when the signal aborts, or at once when the bell is closed. */
  wait: (options: { ms: number; signal: AbortSignal }) => Promise<void>;
  /** How many wait now. */
  waiting: () => number;
  closed: () => boolean;
  close: () => void;
};

/** Makes a bell for long polls. Closing it lets everybody go, so that a server can stop at once. */
export function createBell(): Bell {
  const waiters = new Set<() => void>();
  let closed = false;
  const ring = (): void => {
    for (const wake of [...waiters]) wake();
  };
  return {
    ring,
    waiting: () => waiters.size,
    closed: () => closed,
    wait: ({ ms, signal }) =>
      new Promise((resolve) => {
        if (closed || signal.aborted) return resolve();
        const wake = (): void => {
          clearTimeout(timer);
          waiters.delete(wake);
          signal.removeEventListener("abort", wake);
          resolve();
        };
        const timer = setTimeout(wake, ms);
        waiters.add(wake);
        signal.addEventListener("abort", wake);
      }),
    close() {
      closed = true;
      ring();
    },
  };
}

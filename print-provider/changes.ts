/** Tells those who wait that jobs changed. What changed they read from the database. */
export interface Changes {
  announce(): void;
  /** The same for what nobody waits for: it is told with the next change, or in a moment without one. */
  announceSoon(): void;
  /** Calls back after every change, once for those that come together; gives how to end that. */
  subscribe(listener: () => void): () => void;
  /** Resolves at the next change, or when `signal` says that nobody waits any more. */
  next(signal: AbortSignal): Promise<void>;
}

/** A job that is not counted yet is not released by anybody: what is told of it may lag this far. */
const soonMs = 100;

export function createChanges(): Changes {
  const listeners = new Set<() => void>();
  let announced = false;
  let soon: NodeJS.Timeout | undefined;

  const tell = (): void => {
    announced = false;
    clearTimeout(soon);
    soon = undefined;
    for (const listener of [...listeners]) listener();
  };
  const subscribe = (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  };
  return {
    announce() {
      if (announced) return;
      announced = true;
      setImmediate(tell);
    },
    announceSoon() {
      if (!announced) soon ??= setTimeout(tell, soonMs).unref();
    },
    subscribe,
    next: (signal) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve();
        const end = (): void => {
          unsubscribe();
          signal.removeEventListener("abort", end);
          resolve();
        };
        const unsubscribe = subscribe(end);
        signal.addEventListener("abort", end);
      }),
  };
}

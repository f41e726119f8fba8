/** How long a device may do nothing, in milliseconds. */
export interface Timeouts {
  /** Until a connection stands: name, TCP and TLS. */
  readonly connect: number;
  /** From the last byte of the request to the first of the answer. */
  readonly headers: number;
  /** Without a byte taken or given in between. A device without paper may take none for long. */
  readonly idle: number;
}

export const defaultTimeouts: Timeouts = { connect: 5_000, headers: 30_000, idle: 60_000 };

export interface Watchdog {
  /** Reports in so many milliseconds unless told otherwise before; `what` the device did. */
  watch(milliseconds: number, what: string): void;
  rest(): void;
}

/** One timer: what is waited for changes, but there is only one thing at a time. */
export function createWatchdog(onTimeout: (what: string) => void): Watchdog {
  let timer: NodeJS.Timeout | undefined;
  const rest = () => clearTimeout(timer);
  return {
    watch(milliseconds, what) {
      rest();
      timer = setTimeout(() => onTimeout(`${what} for ${milliseconds} ms`), milliseconds);
    },
    rest,
  };
}

import {
  DeviceAnsweredBadly,
  DeviceUnreachable,
  type Reached,
  type UnreachableReason,
} from "./errors.ts";

/** The connection had been kept from an earlier exchange, and was gone when we used it. */
export class ConnectionWasStale extends DeviceUnreachable {}

/** How far an exchange is, as far as its errors tell. */
export interface ExchangeProgress {
  reached: Reached;
  httpStatus: number | undefined;
  challenge: string | undefined;
  /** Whether the connection had been used before. */
  reused: boolean;
}

export interface Faults {
  unreachable(reason: UnreachableReason, what: string, cause?: unknown): DeviceUnreachable;
  bad(what: string, cause?: unknown): DeviceAnsweredBadly;
  /** What an error of the connection means. */
  ofConnection(error: Error): DeviceUnreachable | DeviceAnsweredBadly;
}

/** Makes the errors of one exchange: each a sentence about the device, with the progress so far. */
export function createFaults(device: string, progress: Readonly<ExchangeProgress>): Faults {
  const faults: Faults = {
    unreachable(reason, what, cause) {
      const details = { reason, reached: progress.reached, cause };
      return new DeviceUnreachable(`${device} ${what}.`, details);
    },
    bad(what, cause) {
      const { httpStatus, challenge, reached } = progress;
      const details = { httpStatus, challenge, reached, cause };
      return new DeviceAnsweredBadly(`${device} ${what}.`, details);
    },
    ofConnection(error) {
      if (error instanceof DeviceUnreachable) return error;
      // The names that Node gives to what its HTTP parser cannot read.
      const unreadable = "code" in error && String(error.code).startsWith("HPE_");
      if (unreadable) return faults.bad(`does not speak HTTP: ${error.message}`, error);
      const cut = faults.unreachable("cut", `cut the connection (${error.message})`, error);
      const stale = progress.reused && progress.httpStatus === undefined;
      return stale ? new ConnectionWasStale(cut.message, cut) : cut;
    },
  };
  return faults;
}

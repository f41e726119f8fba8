export interface ReservedDevices {
  /** Whether somebody has the device for something else than a release. */
  isTaken(device: string): boolean;
  /** Waits for the releases at the device, and keeps further ones waiting while `work` goes on. */
  alone<T>(device: string, work: () => Promise<T>): Promise<T>;
}

const lookMs = 250;
const patienceTries = 1_200;

/**
 * Devices that are taken for a while, so that their counters mean what is done there. Throws a sentence
 * when a device does not come free in five minutes.
 */
export function createReservedDevices(options: {
  readonly isBusy: (device: string) => boolean;
  readonly onFree: (device: string) => void;
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
}): ReservedDevices {
  const { isBusy, onFree, wait } = options;
  const taken = new Set<string>();
  const never = new AbortController().signal;
  return {
    isTaken: (device) => taken.has(device),
    async alone(device, work) {
      if (taken.has(device)) throw new Error("Somebody else is at this device. Try again later.");
      taken.add(device);
      try {
        for (let tries = 0; isBusy(device); tries += 1) {
          if (tries >= patienceTries)
            throw new Error("The device prints all the time. Try again when it is quiet.");
          await wait(lookMs, never);
        }
        return await work();
      } finally {
        taken.delete(device);
        onFree(device);
      }
    },
  };
}

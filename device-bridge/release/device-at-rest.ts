import type { Baseline } from "./release.ts";
import type { DeviceSnapshot } from "./release-event.ts";

/**
 * Whether no side is coming out of the device, so that its counter stands still. A device that stopped
 * (a jam, an open door) with jobs in it goes on printing them once it is mended.
 */
export function isAtRest({ state, queued }: DeviceSnapshot): boolean {
  switch (state) {
    case "idle":
    case undefined:
      return true;
    case "stopped":
      return queued === 0;
    case "processing":
      return false;
  }
}

/** What later counts are compared with; none when the device is not at rest, or cannot tell. */
export function baselineOf(device: DeviceSnapshot): Baseline {
  const atRest = isAtRest(device);
  return { upTime: device.upTime, counter: atRest ? device.counter : undefined, atRest };
}

import { integer, outOfBand } from "../../ipp/build.ts";
import type { IppValue } from "../../ipp/message.ts";

/**
 * Seconds since this provider was made, for `printer-up-time` and `time-at-…` (RFC 8011 §5.4.29).
 * It goes on counting through a restart, so that times of jobs from before keep their meaning.
 */
export function upTime(firstStart: number, at: number): number {
  return Math.min(2_147_483_647, Math.max(1, Math.floor((at - firstStart) / 1000) + 1));
}

/** A moment as `time-at-…` wants it, or `no-value` where it has not come. */
export function upTimeOrNone(firstStart: number, at: number | undefined): IppValue {
  return at === undefined ? outOfBand("noValue") : integer(upTime(firstStart, at));
}

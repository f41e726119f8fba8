import type { Particulars } from "../protocol/particulars.ts";
import type { PrintSettings } from "../protocol/print-settings.ts";

/**
 * A job as a person wants this release of it: what is not set stays as the job was sent. The screen
 * and the bridge both reckon with it, so that the price shown is the price reserved.
 */
export function withSettings<T extends Pick<Particulars, "copies" | "sides" | "colourMode">>(
  particulars: T,
  settings: PrintSettings | undefined,
): T {
  if (settings === undefined) return particulars;
  const { copies, sides, colourMode } = settings;
  return {
    ...particulars,
    ...(copies === undefined ? {} : { copies }),
    ...(sides === undefined ? {} : { sides }),
    ...(colourMode === undefined ? {} : { colourMode }),
  };
}

import type { ReadingFact } from "../../protocol/meter.ts";

/** The device's count as it was last told, in this life of the bridge. */
export type ToldReading = Pick<ReadingFact, "at" | "day" | "sides" | "uuid">;

/** Even a meter that stands still is told so often, so that a silence means that nobody read it. */
const silentMs = 3_600_000;

/**
 * Whether a reading is worth a line in the journal: the first of a life, of a day, of an hour, and
 * whenever the meter or the device is another than it was.
 */
export function isWorthTelling(told: ToldReading | undefined, next: ToldReading): boolean {
  if (told === undefined || told.day !== next.day || next.at - told.at >= silentMs) return true;
  // The clock was put back.
  if (next.at < told.at) return true;
  return told.sides !== next.sides || told.uuid !== next.uuid;
}

/** The day of the calendar on this machine; `at` in milliseconds since 1970. */
export function dayOf(at: number): string {
  const moment = new Date(at);
  const two = (n: number) => String(n).padStart(2, "0");
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
}

import type { MeterEvent, MeterGap, ReadingFact } from "../../protocol/meter.ts";

/** The newest reading that was taken, and what the journal told of releases since. */
export interface LastReading {
  readonly at: number;
  readonly day: string;
  readonly meter: ReadingFact["meter"];
  readonly sides: number | undefined;
  readonly uuid: string | undefined;
  readonly accounted: number;
  /** Sides of uncertain releases. */
  readonly uncertain: number;
}

/** What lies between two readings: counted into a day, told as an event, both, or neither. */
export interface Stretch {
  readonly day: string;
  readonly counted: boolean;
  readonly event: MeterEvent | undefined;
  readonly moved: number;
}

/** A bridge that is there reads each hour. Nobody can say when in a longer time something happened. */
const longestMs = 2 * 3_600_000;

/**
 * Compares what a meter moved by with what releases account for. A difference is counted only where both
 * readings are of the same meter and close enough to name the day; else the stretch is named. What lies
 * between the last reading of a day and the first of the next belongs to the day that ended.
 */
export function decideStretch(last: LastReading, next: ReadingFact): Stretch {
  const { accounted, uncertain, day } = last;
  const moved = (next.sides ?? 0) - (last.sides ?? 0);
  const isExplained = moved >= accounted && moved <= accounted + uncertain;
  const gap = gapOf(last, next) ?? (isExplained ? null : tooLong(last, next));
  const event = { from: last.at, to: Math.max(last.at, next.at), moved, accounted, uncertain, gap };
  const counted = gap === null && next.sides !== undefined;
  const isNews = gap !== null || (counted && moved !== accounted);
  return { day, counted, moved, event: isNews ? event : undefined };
}

function gapOf(last: LastReading, next: ReadingFact): MeterGap | null {
  if (last.uuid !== undefined && next.uuid !== undefined && last.uuid !== next.uuid)
    return "device-replaced";
  if (last.meter !== next.meter) return "other-meter";
  return (next.sides ?? 0) < (last.sides ?? 0) ? "counter-fell" : null;
}

function tooLong(last: LastReading, next: ReadingFact): MeterGap | null {
  return next.at - last.at > longestMs ? "not-read" : null;
}

export type QuotaPeriod = "DAILY" | "WEEKLY" | "MONTHLY";

/** A period is made up for if no more than so many have gone by: a clock set wrong pours out no money. */
export const MADE_UP_AT_MOST = 31;

const dayMs = 24 * 3_600_000;

/**
 * The number of the period that a moment lies in, by the calendar of this machine's time zone. Numbers
 * of one kind of period follow each other without a gap, whatever the clocks are put to in summer. A week
 * begins on Monday (ISO 8601).
 */
export function periodAt(period: QuotaPeriod, now: number): number {
  const date = new Date(now);
  const [year, month] = [date.getFullYear(), date.getMonth()];
  if (period === "MONTHLY") return year * 12 + month;
  const day = Math.round(Date.UTC(year, month, date.getDate()) / dayMs);
  // 1 January 1970 was a Thursday, the fourth day of its week.
  return period === "DAILY" ? day : Math.floor((day + 3) / 7);
}

/** The periods that began since the one that was booked last, oldest first: as many as are made up for. */
export function periodsDue(booked: number, current: number): number[] {
  const first = Math.max(booked + 1, current - MADE_UP_AT_MOST + 1);
  return Array.from({ length: Math.max(0, current - first + 1) }, (_, i) => first + i);
}

import { expect, it } from "vitest";
import { liveInShadow, type Week } from "./week-in-shadow.ts";

/** Rows of the report that say something, by day and device. */
function found({ report }: Week) {
  return new Map(
    report.rows
      .filter(({ moved, accounted }) => moved > 0 || accounted > 0)
      .map(({ day, device, moved, around }) => [`${day} ${device}`, { all: moved, around }]),
  );
}

it("finds in a week of shadow mode what went around the kiosk, to the page, and charges nobody", async () => {
  const week = await liveInShadow({ seed: 6, days: 7, jobsADay: 60, aroundIn20: 1 });
  expect(week.jobs.around).toBeGreaterThan(10);
  expect(found(week)).toEqual(week.paper);
  for (const { around, events, uncertain } of week.report.rows) {
    expect(uncertain).toBe(0);
    expect(events.every(({ gap }) => gap === null)).toBe(true);
    expect(events.reduce((sum, { moved, accounted }) => sum + moved - accounted, 0)).toBe(around);
  }
  expect(week.touched).toEqual([]);
  expect(week.books.faults).toEqual([]);
  expect(week.shadowSum).toBeGreaterThan(0);
  expect(week.report.rows.reduce((sum, { charged }) => sum + charged, 0)).toBe(week.shadowSum);
});

it("names nothing where nothing went around", async () => {
  const week = await liveInShadow({ seed: 7, days: 2, jobsADay: 15, aroundIn20: 0 });
  expect(week.report.rows.length).toBeGreaterThan(3);
  expect(week.report.rows.flatMap(({ events }) => events)).toEqual([]);
  expect(week.report.rows.every(({ around }) => around === 0)).toBe(true);
  expect(week.report.without).toEqual([]);
});

import { parseArgs } from "node:util";
import { decimalOf } from "../pricing/money.ts";
import { type MeterEvent, type MeterGap, ShadowReport } from "../protocol/meter.ts";
import { adminClient } from "./admin-client.ts";
import type { Context } from "./context.ts";
import { UserError } from "./folders.ts";

const GAP: Record<MeterGap, string> = {
  "not-read": "nobody read the meter",
  "device-replaced": "another device stands there",
  "counter-fell": "the meter was set back",
  "other-meter": "another meter of the device was read",
};

/** `guichet shadow`: what devices' own meters say, beside what releases account for, day by day. */
export async function shadow(context: Context, args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { days: { type: "string", default: "7" } } });
  const days = Number(values.days);
  if (!Number.isInteger(days) || days < 1 || days > 366)
    throw new UserError(`"--days ${values.days}" is not a number of days from 1 to 366.`);
  const admin = adminClient({
    url: context.settings.server.localUrl,
    serverFolder: context.folders.server,
  });
  const report = await admin.get(`/api/admin/shadow?days=${days}`, ShadowReport);
  console.log(tableOf(report, context.settings.site.appearance.currency).join("\n"));
  return 0;
}

/** The report in lines, for a terminal. */
export function tableOf(report: ShadowReport, currency: string): string[] {
  const columns = ["day", "device", "meter", "releases", "around", `would cost ${currency}`];
  const rows = report.rows.map(({ day, device, moved, accounted, around, charged }) => [
    ...[day, device, String(moved), String(accounted), String(around), decimalOf(charged)],
  ]);
  const widths = columns.map((name, at) =>
    Math.max(name.length, ...rows.map((row) => row[at]?.length ?? 0)),
  );
  const line = (row: readonly string[]) =>
    row
      .map((cell, at) => (at < 2 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
      .join("  ")
      .trimEnd();
  return [
    report.shadow
      ? "Shadow mode: nobody is charged. Sides that the meters counted, and that releases account for:"
      : 'Shadow mode is off ("site.shadow"): meters are not read. What was read until now:',
    line(columns),
    ...report.rows.flatMap((row, at) => [line(rows[at] ?? []), ...row.events.map(wordsOf)]),
    ...report.without.map(({ device, why }) =>
      why === "no-meter"
        ? `${device}: it has no meter of printed sides; nothing can be compared.`
        : `${device}: its meter was never read.`,
    ),
  ];
}

function wordsOf({ from, to, moved, accounted, uncertain, gap }: MeterEvent): string {
  const when = `    ${timeOf(from)} to ${timeOf(to)}:`;
  const maybe = uncertain === 0 ? "" : `; up to ${uncertain} more may be of uncertain releases`;
  if (gap !== null)
    return `${when} not counted, ${GAP[gap]}; meter ${moved}, releases ${accounted}${maybe}`;
  const more = moved - accounted;
  return more > 0
    ? `${when} ${more} sides that no release accounts for${maybe}`
    : `${when} releases account for ${-more} sides more than the meter counted${maybe}`;
}

function timeOf(at: number): string {
  return new Date(at).toISOString().slice(0, 16).replace("T", " ");
}

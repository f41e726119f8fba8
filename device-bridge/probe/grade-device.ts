import type { PrinterDescription } from "../../ipp/client/printer-description.ts";
import { canCreateJobs } from "../../ipp/client/printer-description.ts";
import type { Counted, DeviceProfile, Honoured } from "../../protocol/device-profile.ts";
import type { TestJob } from "./observation.ts";
import type { Scanner } from "./read-escl.ts";

/** All that a probe found out. The test jobs are missing where nothing was printed. */
export interface Findings {
  readonly at: string;
  readonly printer: PrinterDescription;
  /** Four pages, one of them in colour, on both sides where the device can. */
  readonly plain: TestJob | undefined;
  /** Two pages, twice. */
  readonly copies: TestJob | undefined;
  /** The second of three pages. */
  readonly ranges: TestJob | undefined;
  readonly busyWhilePrinting: boolean;
  readonly slept: boolean;
  readonly asksPassword: boolean;
  readonly snmp: { readonly unit: "sides" | "sheets" | "other" } | undefined;
  readonly escl: Scanner | undefined;
}

/** More than this a device does not add to a job of its own. */
const extraMost = 3;

interface OwnCounter {
  readonly deviceCounts: Counted;
  readonly deviceCounter: DeviceProfile["deviceCounter"];
  readonly deviceCountsExtra: number;
}

/** What the device is like. Pure: the same findings give the same profile. */
export function gradeDevice(findings: Findings): DeviceProfile {
  const { at, printer, plain, copies, ranges, escl } = findings;
  const own = plain === undefined ? noCounter : ownCounterOf(plain, findings);
  const job = jobCountsOf(plain);
  const made = (test: TestJob | undefined) => madeBy(test, own, job);
  const { makeAndModel, uuid } = printer;
  return {
    probedAt: at,
    ...(makeAndModel === undefined ? {} : { makeAndModel: makeAndModel.slice(0, 512) }),
    ...(uuid === undefined ? {} : { uuid: uuid.slice(0, 512) }),
    ippVersion: printer.ippVersions.some((version) => version.startsWith("2")) ? "2.0" : "1.1",
    createsJobs: canCreateJobs(printer),
    formats: printer.documentFormats.slice(0, 100).map((format) => format.slice(0, 127)),
    ...job,
    keepsHistory: plain?.remembered ?? false,
    completesEarly: plain?.completedEarly ?? false,
    ...own,
    copies: honoured(copies, made(copies), "copies"),
    pageRanges: honoured(ranges, made(ranges), "page-ranges"),
    twoSided: twoSidedOf(plain),
    busyWhilePrinting: findings.busyWhilePrinting,
    sleeps: findings.slept,
    asksPassword: findings.asksPassword,
    snmp: findings.snmp !== undefined,
    ...(escl === undefined ? {} : { escl }),
  };
}

const noCounter: OwnCounter = { deviceCounts: "none", deviceCounter: "none", deviceCountsExtra: 0 };

function jobCountsOf(
  plain: TestJob | undefined,
): Pick<DeviceProfile, "jobCounts" | "colourSplit" | "zeroAtEnd" | "countsAhead"> {
  if (plain === undefined)
    return { jobCounts: "none", colourSplit: false, zeroAtEnd: false, countsAhead: false };
  const { mostSides = 0, lastSides, lastSheets, lastSplit, sides, sheets, colour } = plain;
  const zeroAtEnd = mostSides > 0 && lastSides === 0;
  const inSides = lastSides === sides || zeroAtEnd;
  // A device that prints on one side only, whatever was asked, takes a sheet for each.
  const inSheets = lastSides === undefined && (lastSheets === sheets || lastSheets === sides);
  return {
    jobCounts: inSides ? "sides" : inSheets ? "sheets" : "none",
    colourSplit: lastSplit?.colour === colour && lastSplit.grey === sides - colour,
    zeroAtEnd,
    countsAhead: plain.countedAhead,
  };
}

function ownCounterOf({ grown, sides, sheets }: TestJob, { snmp }: Findings): OwnCounter {
  const fits = (by: number | undefined, wanted: number) =>
    by !== undefined && by >= wanted && by <= wanted + extraMost;
  const found = (
    deviceCounts: Counted,
    deviceCounter: OwnCounter["deviceCounter"],
    by: number | undefined,
    wanted: number,
  ): OwnCounter[] =>
    fits(by, wanted)
      ? [{ deviceCounts, deviceCounter, deviceCountsExtra: (by ?? 0) - wanted }]
      : [];
  const snmpSheets = snmp?.unit === "sheets";
  const [best] = [
    ...found("sides", "ipp", grown.sides, sides),
    ...(snmpSheets ? [] : found("sides", "snmp", grown.snmp, sides)),
    ...found("sheets", "ipp", grown.sheets, sheets),
    ...(snmpSheets ? found("sheets", "snmp", grown.snmp, sheets) : []),
  ];
  return best ?? noCounter;
}

/** How many sides a one-sided test gave, by what of the device can be believed. */
function madeBy(
  test: TestJob | undefined,
  own: OwnCounter,
  { jobCounts, zeroAtEnd }: Pick<DeviceProfile, "jobCounts" | "zeroAtEnd">,
): number | undefined {
  if (test === undefined) return undefined;
  const { grown } = test;
  const byIpp = own.deviceCounts === "sheets" ? grown.sheets : grown.sides;
  const grew = own.deviceCounter === "snmp" ? grown.snmp : byIpp;
  if (own.deviceCounter !== "none" && grew !== undefined) return grew - own.deviceCountsExtra;
  const { mostSides = 0 } = test;
  // A count that falls away at the end was hardly seen at its highest: only too many can be told.
  if (zeroAtEnd) return mostSides > test.sides ? mostSides : undefined;
  if (jobCounts === "sides") return mostSides;
  return jobCounts === "sheets" ? test.lastSheets : undefined;
}

function honoured(test: TestJob | undefined, made: number | undefined, name: string): Honoured {
  if (test?.unsupported.includes(name) === true) return "no";
  if (test === undefined || made === undefined) return "unknown";
  return made === test.sides ? "yes" : "no";
}

function twoSidedOf(plain: TestJob | undefined): Honoured {
  if (plain === undefined || plain.sheets === plain.sides) return "unknown";
  const sheets = plain.grown.sheets ?? plain.lastSheets;
  if (sheets === undefined || sheets === 0) return "unknown";
  return sheets >= plain.sides ? "no" : "yes";
}

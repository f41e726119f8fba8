import type { DeviceProfile } from "../../protocol/device-profile.ts";
import type { HabitName } from "../../simulator/printer/habits.ts";

/** None for what must not be there. */
type Expected = Partial<Omit<DeviceProfile, "escl">> & {
  readonly escl?: DeviceProfile["escl"] | undefined;
};

/** Twenty devices, each with what a probe has to find of it beyond what is usual. */
export const twenty: Readonly<
  Record<string, { readonly habits: HabitName[]; readonly expected: Expected }>
> = {
  "the usual one": { habits: [], expected: {} },
  "Print-Job only": { habits: ["no-create-job"], expected: { createsJobs: false } },
  "an old one": { habits: ["ipp-1.1"], expected: { ippVersion: "1.1" } },
  "raster only": {
    habits: ["raster-only"],
    expected: { formats: ["image/jpeg", "image/pwg-raster", "image/urf"] },
  },
  "ignores copies": { habits: ["copies-ignored"], expected: { copies: "no" } },
  "doubles copies": { habits: ["copies-doubled"], expected: { copies: "no" } },
  "ignores page ranges": { habits: ["page-ranges-ignored"], expected: { pageRanges: "no" } },
  "ignores sides": { habits: ["sides-ignored"], expected: { twoSided: "no" } },
  "no colour split": { habits: ["no-colour-split"], expected: { colourSplit: false } },
  "sheets only, no SNMP": {
    habits: ["sheets-only", "no-snmp"],
    expected: { jobCounts: "sheets", colourSplit: false, deviceCounts: "sheets", snmp: false },
  },
  "no job counters": {
    habits: ["no-job-counters"],
    expected: { jobCounts: "none", colourSplit: false },
  },
  "counts over SNMP only": {
    habits: ["no-counters"],
    expected: { jobCounts: "none", colourSplit: false, deviceCounter: "snmp", twoSided: "unknown" },
  },
  "counts nothing": {
    habits: ["no-counters", "no-snmp"],
    expected: {
      jobCounts: "none",
      colourSplit: false,
      deviceCounts: "none",
      deviceCounter: "none",
      copies: "unknown",
      pageRanges: "unknown",
      twoSided: "unknown",
      snmp: false,
    },
  },
  "zero at the end": {
    habits: ["zero-at-end", "no-device-counter", "no-snmp"],
    expected: {
      zeroAtEnd: true,
      colourSplit: false,
      deviceCounts: "none",
      deviceCounter: "none",
      snmp: false,
      twoSided: "unknown",
      copies: "unknown",
      pageRanges: "unknown",
    },
  },
  "counts ahead": { habits: ["counts-ahead"], expected: { countsAhead: true } },
  "counts one more": { habits: ["counts-extra"], expected: { deviceCountsExtra: 1 } },
  "forgets and completes early": {
    habits: ["forgets-jobs", "early-completed"],
    expected: { keepsHistory: false, jobCounts: "none", colourSplit: false },
  },
  "completes early": { habits: ["early-completed"], expected: { completesEarly: true } },
  "busy, with Basic, same numbers": {
    habits: ["busy-while-printing", "asks-password", "ids-again"],
    expected: { busyWhilePrinting: true, asksPassword: true },
  },
  "TLS, Digest, asleep, no scanner, SNMP in sheets": {
    habits: ["tls", "asks-digest", "sleeps", "no-escl", "snmp-sheets", "no-chunks"],
    expected: { asksPassword: true, sleeps: true, escl: undefined },
  },
};

/** What a probe finds of the usual simulated device. */
export const usual: Partial<DeviceProfile> = {
  ippVersion: "2.0",
  createsJobs: true,
  jobCounts: "sides",
  colourSplit: true,
  zeroAtEnd: false,
  countsAhead: false,
  keepsHistory: true,
  completesEarly: false,
  deviceCounts: "sides",
  deviceCounter: "ipp",
  deviceCountsExtra: 0,
  copies: "yes",
  pageRanges: "yes",
  twoSided: "yes",
  busyWhilePrinting: false,
  sleeps: false,
  asksPassword: false,
  snmp: true,
  escl: { version: "2.63", flatbed: true, feeder: true },
};

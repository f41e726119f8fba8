import type { DeviceProfile } from "../../protocol/device-profile.ts";

/** A device about which a probe found nothing amiss. */
export const deviceProfile: DeviceProfile = {
  probedAt: "2026-01-05T09:00:00.000Z",
  ippVersion: "2.0",
  createsJobs: true,
  formats: ["application/pdf"],
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
  snmp: false,
};

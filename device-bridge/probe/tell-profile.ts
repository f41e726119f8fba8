import type { DeviceProfile } from "../../protocol/device-profile.ts";

/** What a profile means, in plain words: what was found, and what a settlement will rest on. */
export function tellProfile(profile: DeviceProfile): string[] {
  return [...found(profile), "", ...restsOn(profile)];
}

function found(profile: DeviceProfile): string[] {
  const { formats, escl } = profile;
  const words = { yes: "made as asked", no: "NOT made as asked", unknown: "not known" } as const;
  const line = (name: string, text: string) => `${name.padEnd(22)}${text}`;
  const counts = { sides: "printed sides", sheets: "sheets of paper", none: "nothing" } as const;
  return [
    line("Device", profile.makeAndModel ?? "does not tell"),
    line("IPP", `${profile.ippVersion}, ${profile.createsJobs ? "Create-Job" : "Print-Job only"}`),
    line("Formats", formats.join(", ")),
    line("A job counts", jobCounts(profile)),
    line("The device counts", deviceCounts(profile, counts[profile.deviceCounts])),
    line("Ended jobs", profile.keepsHistory ? "can be asked about" : "are forgotten at once"),
    line("Copies", words[profile.copies]),
    line("Page ranges", words[profile.pageRanges]),
    line("Both sides", words[profile.twoSided]),
    line("While it prints", profile.busyWhilePrinting ? "takes no other job" : "takes other jobs"),
    line("Sleep", profile.sleeps ? "refuses connections while it wakes" : "answers at once"),
    line("Password", profile.asksPassword ? "asked for" : "none asked for"),
    line("SNMP", profile.snmp ? "answers" : "no answer"),
    line(
      "Scanner (eSCL)",
      escl === undefined
        ? "none"
        : [
            `eSCL ${escl.version}`,
            ...(escl.flatbed ? ["flatbed"] : []),
            ...(escl.feeder ? ["feeder"] : []),
          ].join(", "),
    ),
  ];
}

function jobCounts(profile: DeviceProfile): string {
  const counts = { sides: "printed sides", sheets: "sheets of paper", none: "nothing" } as const;
  return [
    counts[profile.jobCounts],
    ...(profile.colourSplit ? ["colour apart"] : []),
    ...(profile.zeroAtEnd ? ["falls to zero at its end"] : []),
    ...(profile.countsAhead ? ["runs ahead of the paper"] : []),
    ...(profile.completesEarly ? ["completed is said too early"] : []),
  ].join(", ");
}

function deviceCounts(profile: DeviceProfile, what: string): string {
  if (profile.deviceCounter === "none") return "nothing that can be read";
  const by = profile.deviceCounter === "ipp" ? "over IPP" : "over SNMP";
  const extra = profile.deviceCountsExtra;
  return `${what}, ${by}${extra === 0 ? "" : `, ${extra} more with each job`}`;
}

function restsOn(profile: DeviceProfile): string[] {
  const job = profile.jobCounts !== "none" && !profile.zeroAtEnd && !profile.countsAhead;
  const device = profile.deviceCounter !== "none";
  if (job && device)
    return [
      "A settlement rests on the job's own count, checked against the device's counter.",
      "Where they disagree the lower is charged, and `guichet review` shows it.",
    ];
  if (device) return ["A settlement rests on the device's own counter, before and after each job."];
  if (job)
    return [
      "A settlement rests on the job's own count alone. A job that the device forgets before it was",
      "counted is uncertain, and waits for a person.",
    ];
  if (profile.completesEarly)
    return [
      "Nothing here says what came out: every release will be uncertain, and wait for a person.",
      "Do not charge for prints at this device before it counts.",
    ];
  return [
    "A settlement rests on the word `completed` alone. Whatever is stopped half-way is uncertain, and",
    profile.copies === "yes"
      ? "waits for a person."
      : "so is every job of several copies, as nothing tells how many were made.",
  ];
}

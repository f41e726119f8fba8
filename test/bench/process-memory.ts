import { readdirSync, readFileSync, writeFileSync } from "node:fs";

/** Megabytes that a process holds now, and held at most since its start or `forgetPeak` (proc(5)). */
export type ProcessMemory = { nowMb: number; peakMb: number };

export function memoryOf(pid: number | undefined): ProcessMemory {
  if (pid === undefined) throw new Error("The process is gone.");
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const field = (name: string) =>
    (Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(status)?.[1]) * 1024) / 1e6;
  return { nowMb: field("VmRSS"), peakMb: field("VmHWM") };
}

/** From now on the peak counts anew: proc(5), `clear_refs`. */
export function forgetPeak(pid: number | undefined): void {
  writeFileSync(`/proc/${pid}/clear_refs`, "5");
}

/** The processes that a process started, such as those that count pages. */
export function childrenOf(pid: number | undefined): number[] {
  return readdirSync(`/proc/${pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, "utf8")
      .split(" ")
      .filter((child) => child.trim() !== "")
      .map(Number),
  );
}

import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { cpus, loadavg, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { percentile } from "./statistics.ts";

/** What the figures were measured on; without it they say little. */
export type Machine = {
  cores: number;
  processor: string;
  memoryGb: number;
  node: string;
  load1: number;
  /** Milliseconds to make 4 kB durable in the folder that the parts write to. */
  syncMs: { p50: number; p99: number };
};

export function lookAtMachine(): Machine {
  const processors = cpus();
  return {
    cores: processors.length,
    processor: processors[0]?.model ?? "unknown",
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    load1: loadNow(),
    syncMs: measureSync(),
  };
}

/** The one-minute load average. */
export function loadNow(): number {
  return loadavg()[0] ?? Number.NaN;
}

function measureSync(): Machine["syncMs"] {
  const folder = mkdtempSync(join(tmpdir(), "guichet-bench-"));
  const file = openSync(join(folder, "sync"), "w");
  const block = Buffer.alloc(4096, 7);
  const times: number[] = [];
  for (let i = 0; i < 200; i += 1) {
    const from = performance.now();
    writeSync(file, block);
    fdatasyncSync(file);
    times.push(performance.now() - from);
  }
  closeSync(file);
  rmSync(folder, { recursive: true });
  return { p50: percentile(times, 0.5), p99: percentile(times, 0.99) };
}

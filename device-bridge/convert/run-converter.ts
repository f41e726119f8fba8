import { spawn } from "node:child_process";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { Converter } from "./converter.ts";
import { type ConversionLimits, sandboxed } from "./sandbox.ts";

const lastWordsMax = 500;

/**
 * Runs a converter from one file to another, both in a folder of its own. It gets no shell, an empty
 * environment, limits, and a process group that is killed at the end whatever became of it. Throws
 * what it said where it made nothing.
 */
export async function runConverter(options: {
  readonly converter: Converter;
  readonly folder: string;
  readonly input: string;
  readonly output: string;
  readonly limits: ConversionLimits;
  readonly signal: AbortSignal;
}): Promise<void> {
  const { converter, folder, input, output, limits, signal } = options;
  signal.throwIfAborted();
  const filled = converter.command.map((word) =>
    word.replaceAll("{in}", input).replaceAll("{out}", output),
  );
  const [program = "", ...words] = await sandboxed(filled, limits);
  const child = spawn(program, words, {
    cwd: folder,
    env: { TMPDIR: folder, HOME: folder },
    detached: true,
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said = (said + text).slice(-lastWordsMax);
  });
  const ended = Promise.withResolvers<string | undefined>();
  child.once("error", (error) => ended.resolve(error.message));
  child.once("exit", (code, by) =>
    ended.resolve(code === 0 ? undefined : `ended by ${by ?? code}`),
  );
  const timer = setTimeout(() => ended.resolve("took too long"), limits.durationMs);
  const stop = () => ended.resolve("was stopped");
  signal.addEventListener("abort", stop);
  try {
    const trouble = await ended.promise;
    if (trouble !== undefined)
      throw new Error(`The converter ${converter.command[0]} ${trouble}. ${said}`.trim());
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", stop);
    killGroup(child.pid);
    child.stderr.destroy();
  }
  const made = await stat(output).catch(() => undefined);
  if (made === undefined || made.size === 0)
    throw new Error(`The converter ${converter.command[0]} wrote nothing to ${join("…", "out")}.`);
}

/** Also what the converter started and left behind: all of it is in the group of its pid. */
function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // Nothing of it is left.
  }
}

import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { promisify } from "node:util";

/** What one conversion may take. */
export interface ConversionLimits {
  readonly durationMs: number;
  readonly cpuSeconds: number;
  /** Address space of each process. */
  readonly memoryBytes: number;
  /** The largest file that may be written. */
  readonly outputBytes: number;
}

export const conversionLimits: ConversionLimits = {
  durationMs: 120_000,
  cpuSeconds: 120,
  memoryBytes: 1024 ** 3,
  outputBytes: 2 * 1024 ** 3,
};

const prlimit = "/usr/bin/prlimit";
/** A network of its own, without a way out: as root, or in a user's own namespace where that is let. */
const withoutNetwork: readonly (readonly string[])[] = [
  ["/usr/bin/unshare", "--net", "--"],
  ["/usr/bin/unshare", "--user", "--map-current-user", "--net", "--"],
];

let found: Promise<readonly string[]> | undefined;

/** What stands before a command so that it has no network, where this machine knows how. */
async function networkGuard(): Promise<readonly string[]> {
  for (const guard of withoutNetwork) {
    const [program = "", ...options] = guard;
    try {
      await promisify(execFile)(program, [...options, "/bin/true"], { timeout: 5_000, env: {} });
      return guard;
    } catch {
      // Not let, or not there: the next one, and none at last.
    }
  }
  return [];
}

/**
 * The command line that runs a command within its limits and, where the machine can, without a network.
 * Throws a sentence where the machine cannot limit programs: then none is run.
 */
export async function sandboxed(
  command: readonly string[],
  limits: ConversionLimits,
): Promise<readonly string[]> {
  if (!existsSync(prlimit))
    throw new Error(`Converters need ${prlimit}, to bound what they use (Debian: util-linux).`);
  found ??= networkGuard();
  return [
    prlimit,
    `--cpu=${limits.cpuSeconds}`,
    `--as=${limits.memoryBytes}`,
    `--fsize=${limits.outputBytes}`,
    "--core=0",
    "--nofile=256",
    "--",
    ...(await found),
    ...command,
  ];
}

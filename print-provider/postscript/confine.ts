import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { getuid } from "node:process";
import { promisify } from "node:util";

/** What one run of a program may take. */
export interface RunLimits {
  readonly durationMs: number;
  readonly cpuSeconds: number;
  /** Address space of each process. */
  readonly memoryBytes: number;
  /** The largest file that may be written. */
  readonly outputBytes: number;
}

/** The command line that runs a command so that it is bounded and reaches no file and no network. */
export type Confine = (command: readonly string[], limits: RunLimits) => readonly string[];

/** What a program needs to start at all; nothing of it is this site's. */
const system = ["/lib", "/lib64", "/etc/fonts", "/etc/ghostscript", "/var/lib/ghostscript"];

/** A file system of its own (bubblewrap): nothing of ours is in it. */
const bubble = [
  "/usr/bin/bwrap",
  ...["--unshare-all", "--die-with-parent", "--new-session", "--clearenv"],
  ...["--setenv", "TMPDIR", "/tmp"],
  ...["--ro-bind", "/usr", "/usr"],
  ...system.flatMap((path) => ["--ro-bind-try", path, path]),
  ...["--tmpfs", "/tmp", "--dev", "/dev", "--chdir", "/tmp", "--"],
];

/** As root without bubblewrap: as nobody, who may read none of our files, and without a network. */
const nobody = [
  ...["/usr/bin/unshare", "--net", "--"],
  ...["/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"],
  ...["--no-new-privs", "--inh-caps=-all", "--bounding-set=-all", "--"],
];

/**
 * Finds out how this machine can keep a program from everything: undefined where it cannot, and then
 * none is run. Each way is tried, since containers and kernels differ in what they let.
 */
export async function findConfinement(): Promise<Confine | undefined> {
  if (!existsSync("/usr/bin/prlimit")) return undefined;
  const ways = getuid?.() === 0 ? [bubble, nobody] : [bubble];
  for (const way of ways) {
    const confine: Confine = (command, limits) => [...bounds(limits), ...way, ...command];
    const [program = "", ...words] = confine(["/usr/bin/true"], trialLimits);
    try {
      await promisify(execFile)(program, words, { timeout: 5_000, env: {} });
      return confine;
    } catch {
      // Not let, or not there: the next one, and none at last.
    }
  }
  return undefined;
}

const trialLimits: RunLimits = {
  durationMs: 5_000,
  cpuSeconds: 5,
  memoryBytes: 256 * 1024 ** 2,
  outputBytes: 1024,
};

function bounds({ cpuSeconds, memoryBytes, outputBytes }: RunLimits): string[] {
  const sizes = [`--as=${memoryBytes}`, `--fsize=${outputBytes}`, "--core=0", "--nofile=256"];
  return ["/usr/bin/prlimit", `--cpu=${cpuSeconds}`, ...sizes, "--"];
}

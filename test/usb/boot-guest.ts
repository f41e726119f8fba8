import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type GuestKernel, qemu } from "./guest-kernel.ts";

export interface GuestRun {
  /** What the program wrote, line by line. */
  readonly lines: readonly string[];
  /** What the kernel said, and what the program wrote as errors. */
  readonly console: string;
  /** The program's exit status; undefined when it never got so far. */
  readonly status: number | undefined;
}

const ended = /^guest: ended with (\d+)$/;

/**
 * Boots a virtual machine without network and runs one line of the shell there as root, with the
 * host's files read-only. Ends when the line ends, or after `timeoutMs`.
 */
export async function runInGuest(options: {
  readonly guest: Extract<GuestKernel, { kind: "there" }>;
  readonly line: string;
  readonly timeoutMs: number;
}): Promise<GuestRun> {
  const { guest, line, timeoutMs } = options;
  const folder = mkdtempSync(join(tmpdir(), "guichet-guest-"));
  const [first, second] = [join(folder, "console"), join(folder, "results")];
  const order = Buffer.from(line).toString("base64");
  const machine = spawn(
    qemu,
    [
      // In software only: the processor's help is often there in name and not in fact.
      ...[
        "-accel",
        "tcg,thread=single",
        "-icount",
        "shift=1,sleep=on",
        "-cpu",
        "max",
        "-m",
        "1536",
      ],
      ...["-display", "none", "-monitor", "none", "-nic", "none", "-no-reboot"],
      ...["-serial", `file:${first}`, "-serial", `file:${second}`],
      ...["-kernel", guest.kernel, "-initrd", guest.initrd],
      ...["-append", `console=ttyS0 quiet loglevel=3 panic=-1 guest_run=${order}`],
      "-virtfs",
      "local,path=/,mount_tag=host,security_model=none,readonly=on,multidevs=remap",
    ],
    { stdio: ["ignore", "ignore", "pipe"] },
  );
  let complaint = "";
  machine.stderr.on("data", (bytes: Buffer) => {
    complaint += bytes.toString();
  });
  const tooLong = setTimeout(() => machine.kill("SIGKILL"), timeoutMs);
  try {
    await new Promise<void>((resolve) => {
      machine.once("error", () => resolve());
      machine.once("close", () => resolve());
    });
    const lines = readText(second)
      .split(/\r?\n/)
      .filter((it) => it !== "");
    const status = ended.exec(lines.at(-1) ?? "")?.[1];
    return {
      lines: lines.filter((it) => !ended.test(it)),
      console: `${readText(first)}${complaint}`,
      status: status === undefined ? undefined : Number(status),
    };
  } finally {
    clearTimeout(tooLong);
    rmSync(folder, { recursive: true, force: true });
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

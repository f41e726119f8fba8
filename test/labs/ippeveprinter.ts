import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getuid } from "node:process";
import { freePorts } from "../system/free-ports.ts";
import { waitFor } from "../system/wait-for.ts";
import { type Program, startProgram } from "./program.ts";

const NEEDED = [
  "/usr/sbin/ippeveprinter",
  "/usr/sbin/avahi-daemon",
  "/usr/bin/dbus-daemon",
  "/usr/bin/unshare",
];

/** Why the sample printer of CUPS cannot be run here, or nothing if it can. */
export function whyNoIppeveprinter(): string | undefined {
  const missing = NEEDED.filter((path) => !existsSync(path));
  if (missing.length > 0) return `${missing.join(", ")} not installed`;
  return getuid?.() === 0 ? undefined : "it needs root, for a network namespace of its own";
}

/** CUPS's sample printer, which keeps every document that it prints. */
export type SamplePrinter = {
  url: string;
  port: number;
  documents: () => string[];
  said: () => string;
  close: () => Promise<void>;
};

/**
 * Starts ippeveprinter on loopback. It insists on a D-Bus and an Avahi even with registration off, so
 * it gets its own: the bus is a socket in a folder, and Avahi sits in a network namespace of its own,
 * so that nothing of it is heard outside.
 */
export async function startSamplePrinter(
  options: { command?: string } = {},
): Promise<SamplePrinter> {
  const folder = mkdtempSync(join(tmpdir(), "guichet-ev-"));
  const spool = join(folder, "spool");
  mkdirSync(spool);
  const bus = `unix:path=${join(folder, "bus")}`;
  writeFileSync(join(folder, "bus.conf"), busConfiguration(bus));
  writeFileSync(
    join(folder, "avahi.conf"),
    "[server]\nallow-interfaces=lo\nuse-ipv6=no\nenable-dbus=yes\n[publish]\n",
  );
  const env = { DBUS_SYSTEM_BUS_ADDRESS: bus };
  const programs: Program[] = [];
  const start = (command: string, args: string[]) => {
    const program = startProgram(command, args, { env });
    programs.push(program);
    return program;
  };
  const close = async () => {
    for (const program of programs.toReversed()) await program.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    start("/usr/bin/dbus-daemon", [
      `--config-file=${join(folder, "bus.conf")}`,
      "--nofork",
      "--nopidfile",
    ]);
    await waitFor("the bus", () => existsSync(join(folder, "bus")));
    const avahi = `ip link set lo up && exec avahi-daemon -f ${join(folder, "avahi.conf")} --no-drop-root --no-chroot --no-rlimits`;
    start("/usr/bin/unshare", ["-n", "sh", "-c", avahi]);
    const [port = 0] = await freePorts(1);
    const printer = start("/usr/sbin/ippeveprinter", [
      ...[
        "-n",
        "localhost",
        "-p",
        String(port),
        "-2",
        "-s",
        "20,10",
        "-r",
        "off",
        "-k",
        "-d",
        spool,
      ],
      ...[
        "-f",
        "application/pdf,image/jpeg,image/pwg-raster",
        "-c",
        options.command ?? "/bin/true",
        "Sample",
      ],
    ]);
    await waitFor("ippeveprinter", async () => {
      // It fails at once while Avahi is not on the bus yet, so it is started again until it is.
      const response = await fetch(`http://localhost:${port}/`).catch(() => undefined);
      if (response) return true;
      if (printer.said().includes("Unable to initialize DNS-SD"))
        throw new Error("no Avahi on the bus");
      return false;
    });
    return {
      url: `ipp://localhost:${port}/ipp/print`,
      port,
      documents: () => readdirSync(spool).map((name) => join(spool, name)),
      said: printer.said,
      close,
    };
  } catch (error) {
    const said = programs.map((program) => program.said()).join("\n");
    await close();
    throw new Error(`ippeveprinter could not be started: ${String(error)}\n${said}`);
  }
}

function busConfiguration(address: string): string {
  return `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>system</type><listen>${address}</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/><allow user="*"/></policy></busconfig>`;
}

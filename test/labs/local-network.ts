import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getuid } from "node:process";
import { waitFor } from "../system/wait-for.ts";
import { type Program, runProgram, startProgram } from "./program.ts";

const needed = [
  "/usr/bin/ippfind",
  "/usr/sbin/avahi-daemon",
  "/usr/bin/dbus-daemon",
  "/usr/bin/unshare",
];

/** Why there can be no local network of one's own here, or nothing if there can. */
export function whyNoLocalNetwork(): string | undefined {
  const missing = needed.filter((path) => !existsSync(path));
  if (missing.length > 0) return `${missing.join(", ")} not installed`;
  if (!existsSync("/sbin/ip") && !existsSync("/usr/sbin/ip")) return "iproute2 not installed";
  return getuid?.() === 0 ? undefined : "a network namespace of its own needs root";
}

/** CUPS's way to look for printers, through an Avahi of its own. */
export type Finder = {
  /** One line a printer that was found; `format` holds words such as `{service_name}`. */
  find: (type: string, format: string) => Promise<string[]>;
  close: () => Promise<void>;
};

/**
 * Makes a network with one address, `192.0.2.1`, in the network namespace that this process was started
 * in by `unshare -n`, and an Avahi that listens on it.
 */
export async function joinLocalNetwork(): Promise<Finder> {
  const folder = mkdtempSync(join(tmpdir(), "guichet-mdns-"));
  const bus = `unix:path=${join(folder, "bus")}`;
  writeFileSync(
    join(folder, "bus.conf"),
    `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><listen>${bus}</listen><auth>EXTERNAL</auth><policy context="default">
<allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/><allow user="*"/></policy></busconfig>`,
  );
  writeFileSync(join(folder, "avahi.conf"), "[server]\nuse-ipv6=no\nenable-dbus=yes\n");
  const programs: Program[] = [];
  const env = { DBUS_SYSTEM_BUS_ADDRESS: bus };
  const close = async () => {
    for (const program of programs.toReversed()) await program.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  const links = [
    "ip link set lo up",
    "ip link add lan0 type veth peer name lan1",
    "ip addr add 192.0.2.1/24 dev lan0",
    "ip link set lan0 up && ip link set lan1 up",
    "ip route add default via 192.0.2.254",
  ];
  await runProgram("/bin/sh", ["-c", links.join(" && ")]);
  const start = (command: string, args: string[]) =>
    programs.push(startProgram(command, args, { env }));
  start("/usr/bin/dbus-daemon", ["--config-file", join(folder, "bus.conf"), "--nofork"]);
  await waitFor("the bus", () => existsSync(join(folder, "bus")));
  const own = ["--no-drop-root", "--no-chroot", "--no-rlimits"];
  start("/usr/sbin/avahi-daemon", ["-f", join(folder, "avahi.conf"), ...own]);
  return {
    find: async (type, format) => {
      const args = ["-T", "3", type, "-x", "/bin/echo", format, ";"];
      // It ends with 1 when it found none, and fails while Avahi is not on the bus yet.
      const said = await runProgram("/usr/bin/ippfind", args, { env }).catch(() => "");
      return said.split("\n").filter((line) => line !== "");
    },
    close,
  };
}

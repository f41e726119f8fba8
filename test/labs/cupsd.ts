import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getuid } from "node:process";
import { freePorts } from "../system/free-ports.ts";
import { waitFor } from "../system/wait-for.ts";
import { runProgram, startProgram } from "./program.ts";

/** Why a CUPS of one's own cannot be run here, or nothing if it can. */
export function whyNoCupsd(): string | undefined {
  const missing = [
    "/usr/sbin/cupsd",
    "/usr/sbin/lpadmin",
    "/usr/bin/lp",
    "/usr/lib/cups/filter/pdftopdf",
  ].filter((path) => !existsSync(path));
  if (missing.length > 0) return `${missing.join(", ")} not installed`;
  return getuid?.() === 0 ? undefined : "cupsd needs root";
}

export type Cups = {
  port: number;
  /** Adds a queue; `everywhere` asks the printer what it can, `raw` passes documents as they are. */
  addQueue: (name: string, uri: string, model: "everywhere" | "raw") => Promise<void>;
  /** Prints a file as a user, as a person at a shell does. */
  lp: (
    queue: string,
    file: string,
    options?: { user?: string; args?: string[] },
  ) => Promise<string>;
  said: () => string;
  close: () => Promise<void>;
};

/**
 * Starts a real cupsd on loopback with folders of its own. `settings` go into cupsd.conf,
 * `fileSettings` into cups-files.conf.
 */
export async function startCups(
  settings: string[] = [],
  fileSettings: string[] = [],
): Promise<Cups> {
  const folder = mkdtempSync(join(tmpdir(), "guichet-cups-"));
  for (const name of ["etc", "spool", "spool/tmp", "cache", "state", "log"])
    mkdirSync(join(folder, name), { mode: 0o755 });
  const [port = 0] = await freePorts(1);
  writeFileSync(
    join(folder, "etc", "cupsd.conf"),
    [
      `Listen 127.0.0.1:${port}`,
      "LogLevel warn",
      "Browsing No",
      "DefaultAuthType None",
      "MaxJobs 0",
      "WebInterface No",
      "<Location />",
      "Order allow,deny",
      "Allow localhost",
      "</Location>",
      "<Location /admin>",
      "Order allow,deny",
      "Allow localhost",
      "</Location>",
      "<Policy default>",
      "JobPrivateAccess all",
      "JobPrivateValues none",
      "<Limit All>",
      "Order allow,deny",
      "Allow localhost",
      "</Limit>",
      "</Policy>",
      ...settings,
      "",
    ].join("\n"),
  );
  writeFileSync(
    join(folder, "etc", "cups-files.conf"),
    [
      "User lp",
      "Group lp",
      "SystemGroup root",
      "FileDevice Yes",
      `ServerRoot ${join(folder, "etc")}`,
      `RequestRoot ${join(folder, "spool")}`,
      `TempDir ${join(folder, "spool", "tmp")}`,
      `CacheDir ${join(folder, "cache")}`,
      `StateDir ${join(folder, "state")}`,
      `AccessLog ${join(folder, "log", "access")}`,
      `ErrorLog ${join(folder, "log", "error")}`,
      `PageLog ${join(folder, "log", "page")}`,
      ...fileSettings,
      "",
    ].join("\n"),
  );
  await runProgram("/bin/chown", ["-R", "lp:lp", folder]);
  await runProgram("/bin/chmod", ["755", folder]);
  const daemon = startProgram("/usr/sbin/cupsd", [
    "-f",
    "-c",
    join(folder, "etc", "cupsd.conf"),
    "-s",
    join(folder, "etc", "cups-files.conf"),
  ]);
  const server = `127.0.0.1:${port}`;
  const close = async () => {
    await daemon.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await waitFor("cupsd", () => fetch(`http://${server}/`).then(() => true));
  } catch (error) {
    await close();
    throw new Error(`cupsd could not be started: ${String(error)}\n${daemon.said()}`);
  }
  return {
    port,
    addQueue: async (name, uri, model) => {
      await runProgram("/usr/sbin/lpadmin", [
        "-h",
        server,
        "-p",
        name,
        "-E",
        "-v",
        uri,
        "-m",
        model,
      ]);
      if (model === "raw") return;
      // cupsd asks the printer in the background; a job that comes before it has asked goes out grey.
      await waitFor("the queue's options", async () =>
        (await runProgram("/usr/bin/lpoptions", ["-h", server, "-p", name, "-l"])).includes(
          "ColorModel",
        ),
      );
    },
    lp: (queue, file, { user = "alice", args = [] } = {}) =>
      runProgram("/usr/bin/lp", ["-h", server, "-U", user, "-d", queue, ...args, file]),
    said: daemon.said,
    close,
  };
}

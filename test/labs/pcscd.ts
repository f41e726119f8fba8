import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { getuid } from "node:process";
import { createInterface } from "node:readline";

const driverFile = "/usr/lib/pcsc/drivers/serial/libifdvpcd.so";
const port = 35963;
const cards = resolve(import.meta.dirname, "../../simulator/readers/pcsc/card-process.ts");

/** Why a pcscd of one's own cannot be run here, or nothing if it can. */
export function whyNoPcscd(): string | undefined {
  const missing = ["/usr/sbin/pcscd", driverFile, "/usr/bin/unshare"].filter(
    (path) => !existsSync(path),
  );
  if (missing.length > 0) return `${missing.join(", ")} not installed`;
  return getuid?.() === 0 ? undefined : "it takes root to give it a network of its own";
}

export interface Pcscd {
  readonly socketPath: string;
  /** Holds a card to the virtual reader, instead of the one that was held; see `card-process.ts`. */
  hold(what: "smart" | "storage" | "none", uid: string): void;
  take(): void;
  /** The commands that cards got, in hex. */
  readonly commands: readonly string[];
  /** Ends the service, as when it crashes. */
  stop(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
}

/**
 * A real pcscd with the virtual reader of vsmartcard, in a network and a `/run` of their own: the reader
 * listens to whoever reaches its port. Its socket is in a folder of this test.
 */
export async function startPcscd(): Promise<Pcscd> {
  const folder = mkdtempSync(join(tmpdir(), "guichet-pcscd-"));
  const run = join(folder, "run");
  const conf = join(folder, "conf");
  mkdirSync(run);
  mkdirSync(conf);
  const lines = [
    'FRIENDLYNAME "Virtual PCD"',
    `DEVICENAME /dev/null:0x${port.toString(16)}`,
    `LIBPATH ${driverFile}`,
    `CHANNELID 0x${port.toString(16)}`,
  ];
  writeFileSync(join(conf, "vpcd"), `${lines.join("\n")}\n`);
  const socketPath = join(run, "pcscd.comm");
  const commands: string[] = [];
  let lab: ChildProcess | undefined;

  async function start(): Promise<void> {
    const script = [
      "ip link set lo up",
      "mount -t tmpfs none /run",
      "mkdir /run/pcscd",
      `mount --bind '${run}' /run/pcscd`,
      `{ /usr/sbin/pcscd --foreground --critical --config '${conf}' > /dev/null 2>&1 & }`,
      `exec '${process.execPath}' '${cards}' ${port}`,
    ].join(" && ");
    const namespaces = ["--mount", "--net", "--pid", "--fork", "--kill-child=SIGKILL"];
    const started = spawn("/usr/bin/unshare", [...namespaces, "sh", "-c", script], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    lab = started;
    createInterface({ input: started.stdout }).on("line", (line) => commands.push(line));
    await once(started, "spawn");
  }

  async function stop(): Promise<void> {
    const stopped = lab;
    lab = undefined;
    if (stopped === undefined) return;
    const ended = once(stopped, "close");
    stopped.kill("SIGKILL");
    await ended;
    rmSync(socketPath, { force: true });
    rmSync(join(run, "pcscd.pid"), { force: true });
  }

  await start();
  return {
    socketPath,
    hold: (what, uid) => void lab?.stdin?.write(`${what} ${uid}\n`),
    take: () => void lab?.stdin?.write("take\n"),
    commands,
    stop,
    start,
    async close() {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { nodeFlags } from "../node-flags.mjs";
import { openLogFile } from "./log-file.ts";
import { decideRestart } from "./restarts.ts";
import type { Role } from "./roles.ts";

export type Supervised = {
  /** Resolves with the role's address when it listens for the first time; rejects if it never does. */
  ready: Promise<string>;
  stop: () => Promise<void>;
};

/**
 * Runs a role as a child process that is started again when it dies, its log going to a file. A role
 * is told to stop by SIGTERM, and killed if it has not ended ten seconds later.
 */
export function supervise(options: {
  role: Role;
  args: string[];
  env: NodeJS.ProcessEnv;
  logFolder: string;
  /** Told once for each death, for the person at the terminal. */
  tell: (sentence: string) => void;
}): Supervised {
  const { role, args, env, logFolder, tell } = options;
  const logFile = openLogFile(logFolder, role);
  const deaths: number[] = [];
  let child: ChildProcess | undefined;
  let stopping = false;
  let everReady = false;
  let timer: NodeJS.Timeout | undefined;
  let settle: { resolve: (url: string) => void; reject: (error: Error) => void };
  const ready = new Promise<string>((resolve, reject) => {
    settle = { resolve, reject };
  });

  const start = () => {
    let complaint = "";
    const started = spawn(
      process.execPath,
      [...nodeFlags(role), fileURLToPath(new URL("../guichet.ts", import.meta.url)), role, ...args],
      // A group of its own, so that Ctrl-C reaches the supervisor alone, which ends the roles in order.
      { stdio: ["ignore", "pipe", "pipe", "ipc"], env, detached: process.platform !== "win32" },
    );
    child = started;
    started.stdout?.on("data", (bytes: Buffer) => logFile.write(bytes));
    started.stderr?.on("data", (bytes: Buffer) => {
      complaint = (complaint + bytes.toString()).slice(-2000);
      logFile.write(bytes);
    });
    started.on("message", (message: { kind?: string; url?: string }) => {
      if (message.kind !== "ready" || message.url === undefined) return;
      everReady = true;
      settle.resolve(message.url);
    });
    started.on("exit", (code, signal) => {
      child = undefined;
      endGroup(started.pid);
      if (stopping) return;
      deaths.push(performance.now());
      const next = code === 2 ? ({ kind: "give-up" } as const) : decideRestart(deaths, everReady);
      if (next.kind === "give-up" && !everReady) {
        settle.reject(new Error(complaint.trim() || `The ${role} ended with ${signal ?? code}.`));
        return;
      }
      tell(`The ${role} ended (${signal ?? code}); it is started again.`);
      timer = setTimeout(start, next.kind === "again" ? next.afterMs : 10_000);
    });
  };
  start();

  return {
    ready,
    stop: () => {
      stopping = true;
      clearTimeout(timer);
      return endChild(child).finally(() => logFile.close());
    },
  };
}

/** Ends what a role that is gone left in its group: a converter, a helper of a reader. */
function endGroup(leader: number | undefined): void {
  if (leader === undefined || process.platform === "win32") return;
  try {
    process.kill(-leader, "SIGKILL");
  } catch {
    // Nobody is left in it.
  }
}

function endChild(child: ChildProcess | undefined): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const hard = setTimeout(() => child.kill("SIGKILL"), 10_000);
    child.once("exit", () => {
      clearTimeout(hard);
      resolve();
    });
    child.kill("SIGTERM");
  });
}

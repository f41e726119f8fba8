import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { nodeFlags } from "../../node-flags.mjs";

export type LogEvent = {
  event?: string;
  msg?: string;
  level?: number;
  step?: number;
  releaseId?: string;
} & Record<string, unknown>;

/** One role of Guichet as a real process, which a test may kill and start again. */
export type RoleProcess = {
  start: (args?: string[]) => Promise<void>;
  /** SIGKILL, as a power cut would. Resolves when the process is gone. */
  kill: () => Promise<void>;
  stop: () => Promise<void>;
  /** Called with every line of the role's log; gives back a function that ends it. */
  onLog: (listener: (event: LogEvent) => void) => () => void;
  pid: () => number | undefined;
  /** What the role said last, for a failed test's message. */
  said: () => string;
};

const program = fileURLToPath(new URL("../../guichet.ts", import.meta.url));

export function roleProcess(role: string, env: NodeJS.ProcessEnv): RoleProcess {
  const listeners = new Set<(event: LogEvent) => void>();
  const lines: string[] = [];
  let child: ChildProcess | undefined;

  const gone = (ended: ChildProcess) =>
    new Promise<void>((resolve) => {
      if (ended.exitCode !== null || ended.signalCode !== null) resolve();
      else ended.once("exit", () => resolve());
    });
  const end = async (signal: NodeJS.Signals) => {
    const ending = child;
    if (!ending) return;
    child = undefined;
    ending.kill(signal);
    await gone(ending);
  };

  return {
    async start(args = []) {
      const started = spawn(process.execPath, [...nodeFlags(role), program, role, ...args], {
        env: { ...process.env, ...env },
        stdio: ["ignore", "pipe", "pipe", "ipc"],
      });
      child = started;
      for (const stream of [started.stdout, started.stderr]) {
        if (!stream) continue;
        createInterface({ input: stream }).on("line", (line) => {
          lines.push(line);
          if (lines.length > 400) lines.shift();
          // One that sends jobs in this process would be slowed by logs that nobody listens to.
          const event = listeners.size > 0 ? parsed(line) : undefined;
          if (event) for (const listener of listeners) listener(event);
        });
      }
      await new Promise<void>((resolve, reject) => {
        started.once("message", () => resolve());
        started.once("exit", (code, signal) =>
          reject(
            new Error(
              `The ${role} ended (${signal ?? code}) before it was ready:\n${lines.slice(-20).join("\n")}`,
            ),
          ),
        );
      });
    },
    kill: () => end("SIGKILL"),
    stop: () => end("SIGTERM"),
    onLog(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    pid: () => child?.pid,
    said: () => lines.slice(-40).join("\n"),
  };
}

function parsed(line: string): LogEvent | undefined {
  if (!line.startsWith("{")) return undefined;
  try {
    return JSON.parse(line) as LogEvent;
  } catch {
    return undefined;
  }
}

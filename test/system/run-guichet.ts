import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { TestSite } from "./test-site.ts";

const program = fileURLToPath(new URL("../../guichet.ts", import.meta.url));

/** `guichet …` beside a site, that goes on until it is ended. */
export type RunningCommand = {
  readonly child: ChildProcess;
  readonly said: () => string;
  /** Resolves once it has said this; rejects if it ends before. */
  readonly says: (words: RegExp) => Promise<void>;
  readonly ended: Promise<number | null>;
};

/** Starts `guichet …` as somebody at the site's machine does, with what that person types. */
export function startGuichet(site: TestSite, args: string[], typed = ""): RunningCommand {
  const child = spawn(process.execPath, [program, ...args], {
    env: { ...process.env, ...site.env },
  });
  let said = "";
  const waiting = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (bytes: Buffer) => {
      said += bytes.toString();
      for (const look of waiting) look();
    });
  child.stdin.end(typed);
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  return {
    child,
    said: () => said,
    says: (words) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (!words.test(said)) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
        const never = () => reject(new Error(`It ended, and never said ${words}:\n${said}`));
        ended.then(never, reject);
      }),
    ended,
  };
}

/** Runs `guichet …` to its end: how it ended, and all that it said. */
export async function runGuichet(
  site: TestSite,
  args: string[],
  typed = "",
): Promise<{ code: number | null; said: string }> {
  const running = startGuichet(site, args, typed);
  const code = await running.ended;
  return { code, said: running.said() };
}

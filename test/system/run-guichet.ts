import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { listenTo } from "./listen-to.ts";
import type { TestSite } from "./test-site.ts";

export const program = fileURLToPath(new URL("../../guichet.ts", import.meta.url));

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
  child.stdin.end(typed);
  const { said, until, ended } = listenTo(child);
  return { child, said, says: (words) => until(`${words}`, (all) => words.test(all)), ended };
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

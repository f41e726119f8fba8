import { spawn } from "node:child_process";
import { listenTo } from "./listen-to.ts";
import { program } from "./run-guichet.ts";
import type { TestSite } from "./test-site.ts";

/** `guichet …` run by somebody who sits at a terminal. */
export type Sitting = {
  readonly said: () => string;
  /** Waits for these words, after those that were waited for before. */
  readonly says: (words: string) => Promise<void>;
  /** Waits for them likewise, and types a line. */
  readonly answer: (words: string, line: string) => Promise<void>;
  readonly ended: Promise<number | null>;
};

/** Starts it at a terminal of its own, which `script` (bsdutils) makes. */
export function sitDown(site: TestSite, args: string[]): Sitting {
  const command = [process.execPath, program, ...args].map((one) => `'${one}'`).join(" ");
  const child = spawn("/usr/bin/script", ["-qfec", command, "/dev/null"], {
    env: { ...process.env, ...site.env, TERM: "dumb" },
  });
  // What is typed when it has ended goes nowhere; that it ended is told.
  child.stdin.on("error", () => undefined);
  const { said, until, ended } = listenTo(child);
  let heard = 0;
  const says = async (words: string) => {
    await until(`"${words}"`, (all) => all.includes(words, heard));
    heard = said().indexOf(words, heard) + words.length;
  };
  return {
    said,
    ended,
    says,
    async answer(words, line) {
      await says(words);
      child.stdin.write(`${line}\r`);
    },
  };
}

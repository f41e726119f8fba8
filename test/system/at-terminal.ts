import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { TestSite } from "./test-site.ts";

const program = fileURLToPath(new URL("../../guichet.ts", import.meta.url));

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
  let said = "";
  let heard = 0;
  const waiting = new Set<() => void>();
  child.stdout.on("data", (bytes: Buffer) => {
    said += bytes.toString();
    for (const look of waiting) look();
  });
  child.stdin.on("error", () => undefined);
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  const says = (words: string) =>
    new Promise<void>((resolve, reject) => {
      const look = () => {
        const at = said.indexOf(words, heard);
        if (at < 0) return;
        heard = at + words.length;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      look();
      ended.then(() => reject(new Error(`It ended, and never said "${words}":\n${said}`)), reject);
    });
  return {
    said: () => said,
    ended,
    says,
    async answer(words, line) {
      await says(words);
      child.stdin.write(`${line}\r`);
    },
  };
}

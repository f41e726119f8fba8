import type { ChildProcessWithoutNullStreams } from "node:child_process";

/** What a program says, while it runs and after it. */
export type Listened = {
  readonly said: () => string;
  /** Resolves once `isSaid` is true of all that it said; rejects if it ends before. */
  readonly until: (what: string, isSaid: (said: string) => boolean) => Promise<void>;
  readonly ended: Promise<number | null>;
};

/** Listens to a program that was started just now. */
export function listenTo(child: ChildProcessWithoutNullStreams): Listened {
  let said = "";
  const waiting = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      for (const look of waiting) look();
    });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  return {
    said: () => said,
    until: (what, isSaid) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (!isSaid(said)) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
        ended.then(() => reject(new Error(`It ended, and never said ${what}:\n${said}`)), reject);
      }),
    ended,
  };
}

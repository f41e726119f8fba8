import { type ChildProcess, fork } from "node:child_process";
import { realpathSync } from "node:fs";
import { Socket } from "node:net";
import { constants as osConstants, setPriority } from "node:os";
import { join } from "node:path";
import { type Answer, isAnswer } from "./answer.ts";
import type { Question } from "./question.ts";

/** How one question to the process ended, where it has no answer. */
export type NoAnswer = "died" | "too-long";

/** A limited child process that answers one question at a time. */
export interface AnalysisProcess {
  /** It is killed `graceMs` after the time that the question gives it. */
  ask(question: Question, graceMs: number): Promise<Answer | NoAnswer>;
  /** Ends it at once, whatever it does. */
  kill(): void;
  /** The same, and waits until it is gone. */
  end(): Promise<void>;
}

const lastWordsMax = 2_000;

/** Starts the process. It may read the program and `folder`, write nothing and start nothing. */
export function startAnalysisProcess(options: {
  folder: string;
  heapMegabytes: number;
  /** Told what the process wrote before it died, if it did. */
  onLastWords: (text: string) => void;
}): AnalysisProcess {
  const { folder, heapMegabytes, onLastWords } = options;
  const program = join(import.meta.dirname, "analysis-worker.ts");
  const root = join(import.meta.dirname, "..", "..");
  const child = fork(program, {
    execArgv: [
      `--max-old-space-size=${heapMegabytes}`,
      "--permission",
      `--allow-fs-read=${realpathSync(root)}`,
      `--allow-fs-read=${realpathSync(folder)}`,
      "--disable-warning=ExperimentalWarning",
    ],
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  yieldToOthers(child);
  let lastWords = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    lastWords = (lastWords + text).slice(-lastWordsMax);
  });
  const ended = new Promise<void>((resolve) => {
    child.once("close", () => {
      if (lastWords !== "") onLastWords(lastWords);
      resolve();
    });
    child.once("error", () => resolve());
  });
  // The provider ends when its own work is done, also while this process waits for more.
  child.unref();
  if (child.stderr instanceof Socket) child.stderr.unref();
  child.channel?.unref();
  return {
    ask: (question, graceMs) => ask({ child, question, graceMs, ended }),
    kill: () => child.kill("SIGKILL"),
    end: () => {
      child.ref();
      child.kill("SIGKILL");
      return ended;
    },
  };
}

/** Who waits for an answer or at a terminal comes first: counting pages can take its time. */
function yieldToOthers(child: ChildProcess): void {
  try {
    if (child.pid !== undefined) setPriority(child.pid, osConstants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // It is gone already, or the system does not let us: then it has the same share as others.
  }
}

async function ask(options: {
  child: ChildProcess;
  question: Question;
  graceMs: number;
  ended: Promise<void>;
}): Promise<Answer | NoAnswer> {
  const { child, question, graceMs, ended } = options;
  const { promise, resolve } = Promise.withResolvers<Answer | NoAnswer>();
  const timer = setTimeout(() => {
    child.kill("SIGKILL");
    resolve("too-long");
  }, question.durationMsMax + graceMs);
  const listen = (message: unknown): void => {
    if (isAnswer(message) && message.id === question.id) resolve(message);
    else child.kill("SIGKILL"); // not ours any more
  };
  child.on("message", listen);
  child.channel?.ref();
  void ended.then(() => resolve("died"));
  child.send(question, () => undefined); // where it fails, the end of the process tells
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    child.off("message", listen);
    child.channel?.unref();
  }
}

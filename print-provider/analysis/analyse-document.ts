import type { SealedAt } from "../spool/spool.ts";
import { type AnalysisProcess, type NoAnswer, startAnalysisProcess } from "./analysis-process.ts";
import type { Answer } from "./answer.ts";
import { refused } from "./document-analysis.ts";
import type { CompactAnalysis } from "./page-runs.ts";
import type { DocumentPlace } from "./question.ts";

/** Analyses sealed documents in processes of their own, off the path that takes jobs in. */
export interface DocumentAnalyser {
  /**
   * Counts the document, after those that were asked for before. Always ends: what crashes,
   * swells or hangs is refused. Throws {@link DocumentUnreadable}.
   */
  analyse(document: SealedAt): Promise<CompactAnalysis>;
  /** Ends the processes; what was not analysed yet is refused as "analysis-failed". */
  close(): Promise<void>;
}

/** The sealed document could not be read at all: its store is at fault, not the one who sent it. */
export class DocumentUnreadable extends Error {
  override readonly name = "DocumentUnreadable";
}

export interface AnalyserOptions {
  /** The folder that the documents are in. */
  folder: string;
  /** How many documents are analysed at once. */
  processes?: number;
  /** The time that a document gets; what is not done then is refused, or counted as colour. */
  durationMsMax?: number;
  /** What a process gets beyond that to say so, before it is killed. */
  graceMs?: number;
  heapMegabytes?: number;
  /** A process that had nothing to do for so long is ended, to give its memory back. */
  idleMsMax?: number;
  /** Told what a process wrote before it died, for the log. */
  onLastWords?: (text: string) => void;
}

/** Makes an analyser; its processes are started when there is work. */
export function startAnalyser(options: AnalyserOptions): DocumentAnalyser {
  const { processes = 1 } = options;
  const lanes = Array.from({ length: processes }, () => startLane(options));
  return {
    analyse: async (document) => {
      const lane = lanes.reduce((least, one) => (one.waiting() < least.waiting() ? one : least));
      const result = await lane.analyse(document);
      if (result.kind === "unreadable") throw new DocumentUnreadable(result.sentence);
      return result;
    },
    close: async () => {
      await Promise.all(lanes.map((lane) => lane.close()));
    },
  };
}

interface Lane {
  waiting(): number;
  analyse(document: SealedAt): Promise<Answer["result"]>;
  close(): Promise<void>;
}

/** One process and the documents that wait for it. */
function startLane(options: AnalyserOptions): Lane {
  const { folder, durationMsMax = 60_000, heapMegabytes = 256, idleMsMax = 60_000 } = options;
  const { graceMs = 5_000, onLastWords = () => undefined } = options;
  let child: AnalysisProcess | undefined;
  let idle: NodeJS.Timeout | undefined;
  let work: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  let questions = 0;
  let closed = false;

  const askOnce = async (document: SealedAt): Promise<Answer["result"] | NoAnswer> => {
    clearTimeout(idle);
    child ??= startAnalysisProcess({ folder, heapMegabytes, onLastWords });
    const current = child;
    questions += 1;
    const key = document.key.export().toString("base64url");
    const question = { id: questions, ...placeOf(document), key, durationMsMax };
    const answer = await current.ask(question, graceMs);
    if (typeof answer === "string") {
      current.kill();
      child = undefined;
      return answer;
    }
    idle = setTimeout(() => {
      child?.kill();
      child = undefined;
    }, idleMsMax);
    idle.unref();
    return answer.result;
  };

  const analyse: Lane["analyse"] = async (document) => {
    // A process may have been killed from outside: the second end is the document's own doing.
    for (let tries = 0; tries < 2 && !closed; tries++) {
      const result = await askOnce(document);
      if (result === "too-long") return refused("too-complex");
      if (result !== "died") return result;
    }
    return refused("analysis-failed");
  };

  return {
    waiting: () => waiting,
    analyse: (document) => {
      waiting += 1;
      const result = work.then(() => analyse(document));
      work = result.then(
        () => undefined,
        () => undefined,
      );
      return result.finally(() => {
        waiting -= 1;
      });
    },
    close: async () => {
      closed = true;
      clearTimeout(idle);
      await child?.end();
      await work;
    },
  };
}

function placeOf(document: SealedAt): DocumentPlace {
  return "path" in document
    ? { path: document.path }
    : { sealed: Buffer.from(document.sealed).toString("base64") };
}

/*
 * The analysis process: it reads one sealed document after the other, as it is asked over the channel to
 * its parent, and ends with that channel. A document that makes it crash, swell or hang takes nobody
 * else along.
 */
import { createSecretKey } from "node:crypto";
import { SealBroken } from "../../storage/seal-broken.ts";
import { openSealedBlocking } from "../../storage/seal-random-access.ts";
import { openSealedBytes } from "../../storage/sealed-bytes.ts";
import { StorageError } from "../../storage/storage-error.ts";
import type { Answer } from "./answer.ts";
import { type BudgetLimits, startBudget } from "./budget.ts";
import { memorySource } from "./byte-source.ts";
import { countPages } from "./count-pages.ts";
import type { DocumentAnalysis } from "./document-analysis.ts";
import { runsOf } from "./page-runs.ts";
import { isQuestion, type Question } from "./question.ts";

/** A few times what the largest honest documents need. */
const limits: Omit<BudgetLimits, "durationMsMax"> = {
  operationsMax: 400_000_000,
  bytesMax: 64 * 1024 ** 3,
};

let work: Promise<void> = Promise.resolve();
process.on("message", (message) => {
  if (!isQuestion(message)) throw new Error("The analysis process was asked something else.");
  work = work.then(async () => {
    process.send?.(await answer(message));
  });
});

function inMemory(plain: Uint8Array) {
  return { ...memorySource(plain), close: () => undefined };
}

function resultOf(analysis: DocumentAnalysis): Answer["result"] {
  if (analysis.kind === "refused") return { ...analysis };
  const { pages, copies } = analysis;
  return { kind: "counted", runs: runsOf(pages), ...(copies === undefined ? {} : { copies }) };
}

async function answer(question: Question): Promise<Answer> {
  const { id, durationMsMax } = question;
  const key = createSecretKey(Buffer.from(question.key, "base64url"));
  try {
    const source =
      "path" in question
        ? openSealedBlocking({ path: question.path, key })
        : inMemory(openSealedBytes({ sealed: Buffer.from(question.sealed, "base64"), key }));
    try {
      const budget = startBudget({ ...limits, durationMsMax }, () => performance.now());
      return { id, result: resultOf(await countPages({ source, budget })) };
    } finally {
      source.close();
    }
  } catch (error) {
    // The document's store let us down; a bug of ours ends the process, and is told by its end.
    if (error instanceof SealBroken || error instanceof StorageError)
      return { id, result: { kind: "unreadable", sentence: error.message } };
    throw error;
  }
}

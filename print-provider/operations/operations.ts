import { operation } from "../../ipp/operations.ts";
import type { Operation } from "./call.ts";
import { cancelJob } from "./cancel-job.ts";
import { cancelMyJobs } from "./cancel-my-jobs.ts";
import { closeJob } from "./close-job.ts";
import { createJob } from "./create-job.ts";
import { getJobAttributes } from "./get-job-attributes.ts";
import { getJobs } from "./get-jobs.ts";
import { getPrinterAttributes } from "./get-printer-attributes.ts";
import { holdJob } from "./hold-job.ts";
import { identifyPrinter } from "./identify-printer.ts";
import { printJob } from "./print-job.ts";
import { releaseJob } from "./release-job.ts";
import { sendDocument } from "./send-document.ts";
import { validateJob } from "./validate-job.ts";

/** What a queue does, by operation code: `operations-supported`. */
export function queueOperations(hasServiceAccounts: boolean): ReadonlyMap<number, Operation> {
  const operations = new Map<number, Operation>([
    [operation.printJob, printJob],
    [operation.validateJob, validateJob],
    [operation.createJob, createJob],
    [operation.sendDocument, sendDocument],
    [operation.cancelJob, cancelJob],
    [operation.getJobAttributes, getJobAttributes],
    [operation.getJobs, getJobs],
    [operation.holdJob, holdJob],
    [operation.releaseJob, releaseJob],
    [operation.cancelMyJobs, cancelMyJobs],
    [operation.closeJob, closeJob],
    [operation.identifyPrinter, identifyPrinter],
  ]);
  const codes = [...operations.keys(), operation.getPrinterAttributes].sort((a, b) => a - b);
  return operations.set(
    operation.getPrinterAttributes,
    getPrinterAttributes(codes, hasServiceAccounts),
  );
}

import { operation } from "../../ipp/operations.ts";
import { groupTag } from "../../ipp/tags.ts";
import { answer } from "./answer.ts";
import { answerAboutJobs } from "./answer-about-jobs.ts";
import { answerNewJob, answerSendDocument, answerValidateJob } from "./answer-new-job.ts";
import { checkRequest } from "./check-request.ts";
import { printerAttributes } from "./printer-attributes.ts";
import { operationsOf } from "./printer-capabilities.ts";
import { decide } from "./printer-machine.ts";
import { type Asked, plain, type Reply } from "./reply.ts";
import { requested } from "./requested-attributes.ts";

/**
 * What the device does about one IPP request, and what it answers: pure, for a server on a socket
 * and for a simulation without one. The effects are carried out before the answer is sent.
 */
export function answerRequest(asked: Asked): Reply {
  const caughtUp = decide(asked.printer, { kind: "tick" }, asked.now);
  const reply = dispatch({ ...asked, printer: caughtUp.state });
  return { ...reply, effects: [...caughtUp.effects, ...reply.effects] };
}

function dispatch(asked: Asked): Reply {
  const { request } = asked;
  const refusal = checkRequest(asked.printer, request);
  if (refusal !== undefined) {
    return plain(asked, answer(request, refusal.status, { message: refusal.message }));
  }
  if (!operationsOf(asked.printer).includes(request.code))
    return plain(asked, answer(request, "server-error-operation-not-supported"));
  switch (request.code) {
    case operation.validateJob:
      return answerValidateJob(asked);
    case operation.printJob:
    case operation.createJob:
      return answerNewJob(asked);
    case operation.sendDocument:
      return answerSendDocument(asked);
    case operation.cancelJob:
    case operation.getJobAttributes:
    case operation.getJobs:
      return answerAboutJobs(asked);
    case operation.getPrinterAttributes:
      return describePrinter(asked);
    case operation.identifyPrinter: {
      const { state, effects } = decide(asked.printer, { kind: "identified" }, asked.now);
      const message = answer(request, "successful-ok");
      return { printer: state, effects, next: { kind: "answer", message } };
    }
    default:
      return plain(asked, answer(request, "server-error-operation-not-supported"));
  }
}

function describePrinter(asked: Asked): Reply {
  const { printer, request, address, now } = asked;
  const attributes = requested({
    request,
    attributes: printerAttributes(printer, address, now),
    description: "printer-description",
    byDefault: ["all"],
  });
  const groups = attributes.length === 0 ? [] : [{ tag: groupTag.printer, attributes }];
  return plain(asked, answer(request, "successful-ok", { groups }));
}

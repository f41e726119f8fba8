import type { IppMessage } from "../../ipp/message.ts";
import { operation } from "../../ipp/operations.ts";
import { isSuccessful, status } from "../../ipp/status.ts";
import type { Queue } from "../../protocol/site.ts";
import { StorageError } from "../../storage/storage-error.ts";
import type { Sender } from "../identity/identify.ts";
import type { DocumentSource } from "../intake/document-source.ts";
import { noRoomSentence } from "../intake/receive-document.ts";
import { UploadBroken, UploadRefused } from "../intake/upload-trouble.ts";
import { printerUris, type Target } from "../printer/printer-uris.ts";
import type { Reached } from "../printer/reached.ts";
import type { ProviderContext } from "../provider-context.ts";
import { type Answer, type HttpAnswer, type Operation, refused } from "./call.ts";
import { checkRequest } from "./check-request.ts";
import { type WhoAsks, whoAsks } from "./who-asks.ts";

/** A request as it came, before anything of it was judged. */
export interface Request {
  readonly message: IppMessage;
  readonly document: DocumentSource;
  readonly reached: Reached;
  readonly sender: Sender;
}

export interface AnswerParts {
  readonly operations: ReadonlyMap<number, Operation>;
  readonly who: WhoAsks;
}

/** Answers one IPP request; never throws, whatever is asked and whatever fails. */
export async function answerRequest(
  context: ProviderContext,
  { operations, who }: AnswerParts,
  request: Request,
): Promise<Answer | HttpAnswer> {
  const { message, reached, sender } = request;
  const checked = checkRequest(message, (code) => operations.has(code));
  if (checked.kind === "unfit") return checked.answer;
  const queue = queueAt(context.site().queues, checked.target);
  if (queue === undefined)
    return refused("client-error-not-found", "There is no such queue on this print server.");
  const token = checked.target.kind === "queue" ? checked.target.token : undefined;
  const operate = operations.get(message.code);
  if (operate === undefined) throw new Error("A known operation has no code.");
  const { jobNumber } = checked;
  let { document } = request;
  try {
    const asked = { sender, queue, token, operation: checked.operation };
    const asking = whoAsks(who, { code: message.code, asked });
    // What shares memory with the connection is used at once, or kept.
    if (asking instanceof Promise && document instanceof Uint8Array)
      document = Uint8Array.from(document);
    const asker = asking instanceof Promise ? await asking : asking;
    if (asker.kind === "answer") return asker.answer;
    const call = {
      message,
      operation: checked.operation,
      queue,
      uris: printerUris(reached, queue.name, token),
      requester: asker.requester,
      jobNumber,
      document,
    };
    const answer = await operate(context, call);
    if (message.code === operation.printJob && !isSuccessful(status[answer.status]))
      context.metrics.add("guichet_provider_jobs_rejected_total");
    return answer;
  } catch (error) {
    return answerTrouble(context, queue, error);
  }
}

function queueAt(queues: readonly Queue[], target: Target): Queue | undefined {
  if (target.kind === "queue") return queues.find(({ name }) => name === target.queue);
  return queues.length === 1 ? queues[0] : undefined;
}

function answerTrouble(context: ProviderContext, queue: Queue, error: unknown): Answer {
  const { log, metrics } = context;
  if (error instanceof UploadRefused) {
    metrics.add("guichet_provider_jobs_rejected_total");
    log.info({ event: "job-rejected", queue: queue.name, status: error.status }, error.message);
    return refused(error.status, error.message);
  }
  if (error instanceof UploadBroken || isConnectionTrouble(error)) {
    metrics.add("guichet_provider_uploads_broken_total");
    log.info({ event: "upload-broken", queue: queue.name }, "an upload broke off");
    return refused("client-error-bad-request", "The document did not arrive whole.");
  }
  log.error(
    { event: "ipp-failed", queue: queue.name, err: error },
    "a request could not be answered",
  );
  if (error instanceof StorageError && error.trouble === "full")
    return refused("server-error-temporary-error", noRoomSentence);
  return refused(
    "server-error-internal-error",
    "Something went wrong on the print server; its log says what. Try again later.",
  );
}

function isConnectionTrouble(error: unknown): boolean {
  return (
    error instanceof Error &&
    "code" in error &&
    (error.code === "ECONNRESET" ||
      error.code === "EPIPE" ||
      error.code === "ERR_STREAM_PREMATURE_CLOSE")
  );
}

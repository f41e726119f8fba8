import type { ClientRequest, IncomingMessage } from "node:http";
import { createDecoder } from "../decode.ts";
import type { IppMessage } from "../message.ts";
import { httpTrouble } from "./http-terms.ts";

export interface AnswerEvents {
  readonly maxBytes: number;
  /** Some bytes came. */
  readonly onProgress: () => void;
  /** At most once. What is left of the response is still to be taken, see `finishAnswer`. */
  readonly onMessage: (message: IppMessage) => void;
  /** The device answered, but `what` it did is not IPP. */
  readonly onBad: (what: string) => void;
  /** The connection ended before the message did. */
  readonly onCut: () => void;
}

/** Reads the one message of a response, as soon as its last byte is there. */
export function readAnswer(response: IncomingMessage, events: AnswerEvents): void {
  const trouble = httpTrouble(response);
  if (trouble !== undefined) {
    response.on("error", () => undefined);
    events.onBad(trouble);
    return;
  }
  const decoder = createDecoder({ maxBytes: events.maxBytes });
  let over = false;
  const once = (report: () => void) => {
    if (over) return;
    over = true;
    report();
  };
  response.on("data", (chunk: Buffer) => {
    if (over) return;
    events.onProgress();
    const progress = decoder.push(chunk);
    if (progress.kind === "complete") once(() => events.onMessage(progress.message));
    if (progress.kind === "malformed") {
      once(() => events.onBad(`answered with malformed IPP: ${progress.reason}`));
    }
  });
  response.on("end", () => once(() => events.onBad("ended its answer too early")));
  response.on("error", () => once(events.onCut));
  response.on("close", () => once(events.onCut));
}

const tail = { milliseconds: 1_000, bytes: 65_536 };

/**
 * Takes what a response has after its message, normally nothing, so that the connection can be used
 * again. A device that goes on loses the connection.
 */
export function finishAnswer(request: ClientRequest, response: IncomingMessage): void {
  if (response.complete) return;
  let bytes = 0;
  const timer = setTimeout(() => request.destroy(), tail.milliseconds);
  timer.unref();
  response.on("close", () => clearTimeout(timer));
  response.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > tail.bytes) request.destroy();
  });
}

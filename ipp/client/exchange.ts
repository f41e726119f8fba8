import {
  type Agent,
  request as httpRequest,
  type IncomingMessage,
  type RequestOptions,
} from "node:http";
import type { IppMessage } from "../message.ts";
import { isSuccessful } from "../status.ts";
import type { DeviceAddress } from "./address.ts";
import { finishAnswer, readAnswer } from "./answer.ts";
import { where } from "./connect.ts";
import type { OutgoingDocument } from "./document.ts";
import { DocumentUnreadable } from "./errors.ts";
import { createFaults, type ExchangeProgress } from "./faults.ts";
import { requestHeaders } from "./http-terms.ts";
import { createWatchdog, type Timeouts } from "./timeouts.ts";
import { createUpload } from "./upload.ts";

export interface ExchangeOptions {
  readonly address: DeviceAddress;
  readonly agent: Agent;
  readonly timeouts: Timeouts;
  /** Bytes of an answer; more is a bad answer. */
  readonly maxAnswerBytes: number;
  /** The encoded request. */
  readonly message: Uint8Array;
  readonly document?: OutgoingDocument | undefined;
  /** The `Authorization` header, where the device asked for one. */
  readonly authorization?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * One HTTP POST with one IPP message each way, RFC 8010 §4. No `Expect: 100-continue` is sent: many
 * devices answer it late or never, and a refusal that comes during the upload is heard all the same.
 * Throws DeviceUnreachable, DeviceAnsweredBadly or DocumentUnreadable.
 */
export function exchange(options: ExchangeOptions): Promise<IppMessage> {
  const { address, timeouts, maxAnswerBytes, message, document, signal } = options;
  const { promise, resolve, reject } = Promise.withResolvers<IppMessage>();
  const progress: ExchangeProgress = {
    reached: "nothing",
    httpStatus: undefined,
    challenge: undefined,
    reused: false,
  };
  const faults = createFaults(where(address), progress);
  let settled = false;
  let allSent = false;
  let answer: IppMessage | undefined;
  let response: IncomingMessage | undefined;

  const settle = (outcome: () => void, { keepConnection }: { keepConnection: boolean }) => {
    if (settled) return;
    settled = true;
    watchdog.rest();
    signal?.removeEventListener("abort", onAbort);
    upload.stop();
    outcome();
    if (!keepConnection) request.destroy();
    else if (response !== undefined) finishAnswer(request, response);
  };
  const fail = (error: Error) => settle(() => reject(error), { keepConnection: false });
  const onAbort = () => fail(faults.unreachable("aborted", "was given up on"));
  const watchdog = createWatchdog((what) => fail(faults.unreachable("timeout", what)));
  const watchAnswer = () => {
    if (settled || !allSent) return;
    if (response === undefined) watchdog.watch(timeouts.headers, "gave no answer");
    else watchdog.watch(timeouts.idle, "stopped in the middle of its answer");
  };
  /** A refusal ends the upload; a yes is believed only once the device can have had all of it. */
  const consider = () => {
    if (answer === undefined || (!allSent && isSuccessful(answer.code))) return;
    const given = answer;
    settle(() => resolve(given), { keepConnection: allSent });
  };

  const request = httpRequest(requestOptions(options));
  const upload = createUpload(request, {
    message,
    document,
    idle: timeouts.idle,
    watchdog,
    onDocument: () => {
      progress.reached = "document";
    },
  });
  request.on("socket", () => {
    if (settled) return;
    progress.reached = "request";
    progress.reused = request.reusedSocket;
    upload.run().catch((cause: unknown) => {
      const text = `The document for ${where(address)} could not be read to its end.`;
      fail(new DocumentUnreadable(text, { reached: progress.reached, cause }));
    });
  });
  request.on("finish", () => {
    allSent = true;
    watchAnswer();
    consider();
  });
  request.on("response", (incoming) => {
    response = incoming;
    progress.httpStatus = incoming.statusCode;
    progress.challenge = incoming.headers["www-authenticate"]?.slice(0, 4_096);
    watchAnswer();
    readAnswer(incoming, {
      maxBytes: maxAnswerBytes,
      onProgress: watchAnswer,
      onMessage: (given) => {
        answer = given;
        consider();
      },
      onBad: (what) => fail(faults.bad(what)),
      onCut: () => fail(faults.unreachable("cut", "cut its answer short")),
    });
  });
  request.on("error", (error) => fail(faults.ofConnection(error)));
  request.on("close", () => fail(faults.unreachable("cut", "closed the connection")));
  signal?.addEventListener("abort", onAbort);
  if (signal?.aborted) onAbort();
  return promise;
}

function requestOptions(options: ExchangeOptions): RequestOptions {
  const { address, agent, message, document, authorization } = options;
  const { host, port, path } = address;
  const length = document === undefined ? 0 : document.length;
  const headers = requestHeaders(address, length === undefined ? length : message.length + length);
  if (authorization !== undefined) headers.authorization = authorization;
  return { agent, method: "POST", host, port, path, setHost: false, headers };
}

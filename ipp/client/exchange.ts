import { type Agent, request as httpRequest, type IncomingMessage } from "node:http";
import type { IppMessage } from "../message.ts";
import { isSuccessful } from "../status.ts";
import type { DeviceAddress } from "./address.ts";
import { finishAnswer, readAnswer } from "./answer.ts";
import { where } from "./connect.ts";
import type { OutgoingDocument } from "./document.ts";
import {
  DeviceAnsweredBadly,
  DeviceUnreachable,
  DocumentUnreadable,
  type Reached,
} from "./errors.ts";
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
  readonly signal?: AbortSignal | undefined;
}

/** The connection had been kept from an earlier exchange, and was gone when we used it. */
export class ConnectionWasStale extends DeviceUnreachable {}

/**
 * One HTTP POST with one IPP message each way, RFC 8010 §4. No `Expect: 100-continue` is sent: many
 * devices answer it late or never, and a refusal that comes during the upload is heard all the same.
 * Throws DeviceUnreachable, DeviceAnsweredBadly or DocumentUnreadable.
 */
export function exchange(options: ExchangeOptions): Promise<IppMessage> {
  const { address, agent, timeouts, maxAnswerBytes, message, document, signal } = options;
  const { promise, resolve, reject } = Promise.withResolvers<IppMessage>();
  const device = where(address);
  let reached: Reached = "nothing";
  let settled = false;
  let allSent = false;
  let answer: IppMessage | undefined;
  let response: IncomingMessage | undefined;

  const unreachable = (reason: DeviceUnreachable["reason"], what: string, cause?: unknown) =>
    new DeviceUnreachable(`${device} ${what}.`, { reason, reached, cause });
  const bad = (what: string, cause?: unknown) => {
    const details = { httpStatus: response?.statusCode, reached, cause };
    return new DeviceAnsweredBadly(`${device} ${what}.`, details);
  };
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
  const onAbort = () => fail(unreachable("aborted", "was given up on"));
  const watchdog = createWatchdog((what) => fail(unreachable("timeout", what)));
  const watchAnswer = () => {
    if (settled || !allSent) return;
    watchdog.watch(timeouts.idle, "stopped in the middle of its answer");
  };
  /** A refusal ends the upload; a yes is believed only once the device can have had all of it. */
  const consider = (given: IppMessage) => {
    if (!allSent && isSuccessful(given.code)) return;
    settle(() => resolve(given), { keepConnection: allSent });
  };

  const length = document === undefined ? 0 : document.length;
  const headers = requestHeaders(address, length === undefined ? length : message.length + length);
  const { host, port, path } = address;
  const request = httpRequest({ agent, method: "POST", host, port, path, setHost: false, headers });
  const upload = createUpload(request, {
    message,
    document,
    idle: timeouts.idle,
    watchdog,
    onDocument: () => {
      reached = "document";
    },
  });
  request.on("socket", () => {
    if (settled) return;
    reached = "request";
    upload.run().catch((cause: unknown) => {
      const text = `The document for ${device} could not be read to its end.`;
      fail(new DocumentUnreadable(text, { reached, cause }));
    });
  });
  request.on("finish", () => {
    allSent = true;
    if (settled) return;
    if (answer !== undefined) consider(answer);
    else if (response === undefined) watchdog.watch(timeouts.headers, "gave no answer");
    else watchAnswer();
  });
  request.on("response", (incoming) => {
    response = incoming;
    readAnswer(incoming, {
      maxBytes: maxAnswerBytes,
      onProgress: watchAnswer,
      onMessage: (given) => {
        answer = given;
        consider(given);
      },
      onBad: (what) => fail(bad(what)),
      onCut: () => fail(unreachable("cut", "cut its answer short")),
    });
    watchAnswer();
  });
  request.on("error", (error) => {
    if (error instanceof DeviceUnreachable) return fail(error);
    const code = "code" in error ? String(error.code) : "";
    if (code.startsWith("HPE_")) return fail(bad(`does not speak HTTP: ${error.message}`, error));
    const cut = unreachable("cut", `cut the connection (${error.message})`, error);
    const stale = request.reusedSocket && response === undefined;
    fail(stale ? new ConnectionWasStale(cut.message, cut) : cut);
  });
  request.on("close", () => fail(unreachable("cut", "closed the connection")));
  signal?.addEventListener("abort", onAbort);
  if (signal?.aborted) onAbort();
  return promise;
}

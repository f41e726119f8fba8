import type { IncomingMessage, ServerResponse } from "node:http";
import { TLSSocket } from "node:tls";
import type { Sender } from "../identity/identify.ts";
import { plainAddress } from "../intake/trusted-networks.ts";
import { answerRequest } from "../operations/answer-request.ts";
import type { HttpAnswer, Operation } from "../operations/call.ts";
import { encodeAnswer } from "../operations/encode-answer.ts";
import type { WhoAsks } from "../operations/who-asks.ts";
import { type Ports, readReached } from "../printer/reached.ts";
import type { ProviderContext } from "../provider-context.ts";
import { receiveRequest } from "./receive-request.ts";

/** How long a client that was refused may go on sending before it is cut off. */
const drainMs = 5_000;

export interface IppHandlerParts {
  readonly context: ProviderContext;
  readonly operations: ReadonlyMap<number, Operation>;
  readonly who: WhoAsks;
  readonly ports: () => Ports;
}

/** Whether a request is for a queue, and not for the provider's web API. */
export function isForQueue(request: IncomingMessage): boolean {
  const path = request.url ?? "";
  return request.method === "POST" && (path.startsWith("/printers/") || path === "/ipp/print");
}

/** Answers one HTTP request that carries an IPP request: RFC 8010 §4. Never throws. */
export async function handleIpp(
  { context, operations, who, ports }: IppHandlerParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { limits, metrics, log } = context;
  metrics.add("guichet_provider_ipp_requests_total");
  let slow: NodeJS.Timeout | undefined;
  const beginWaiting = (): void => {
    request.setTimeout(limits.uploadIdleMs, () => request.destroy());
    slow = setTimeout(() => request.destroy(), limits.attributesMs);
  };
  try {
    const reached = readReached(request, ports());
    if (reached === undefined)
      return sendPlain(request, response, [400, "The request does not name a valid host."]);
    const trouble = httpTrouble(request);
    if (trouble !== undefined) return sendPlain(request, response, trouble);
    const received = await receiveRequest(request, beginWaiting);
    clearTimeout(slow);
    if (received.kind === "malformed") {
      metrics.add("guichet_provider_ipp_malformed_total");
      log.info({ event: "ipp-malformed", reason: received.reason }, "a request was not IPP");
      return sendPlain(request, response, [400, `This is not IPP: ${received.reason}.`]);
    }
    const { message, document } = received;
    const sender = senderOf(request, ports().tls !== undefined);
    const answer = await answerRequest(
      context,
      { operations, who },
      { message, document, reached, sender },
    );
    if ("http" in answer) sendHttp(request, response, answer);
    else send(request, response, encodeAnswer(message, answer));
  } catch (error) {
    // The connection broke while the attributes came: there is nobody left to be answered.
    log.debug({ event: "ipp-broken", err: error }, "a request broke off");
    response.destroy();
  } finally {
    clearTimeout(slow);
  }
}

/** What is wrong with a request before its body is looked at: an HTTP status and a sentence. */
function httpTrouble(request: IncomingMessage): [number, string] | undefined {
  // No print client sends these; a web page that tries to print behind a person's back does.
  if (request.headers.origin !== undefined || request.headers["sec-fetch-site"] !== undefined)
    return [403, "Web pages may not print here."];
  const type = request.headers["content-type"]?.split(";", 1)[0]?.trim().toLowerCase();
  return type === "application/ipp" ? undefined : [415, "Only application/ipp is understood here."];
}

function senderOf(request: IncomingMessage, tlsOffered: boolean): Sender {
  const { socket, headers } = request;
  return {
    address: plainAddress(socket.remoteAddress ?? ""),
    secure: socket instanceof TLSSocket,
    tlsOffered,
    authorization: headers.authorization,
  };
}

/** Asks for a password, or for TLS before it; a client that understands neither shows the sentence. */
function sendHttp(request: IncomingMessage, response: ServerResponse, { http }: HttpAnswer): void {
  if (http === "challenge") {
    response.setHeader("www-authenticate", 'Basic realm="Guichet", charset="UTF-8"');
    sendPlain(request, response, [401, "Sign in with your name and password."]);
    return;
  }
  response.setHeader("upgrade", "TLS/1.2, HTTP/1.1");
  response.setHeader("connection", "Upgrade");
  sendPlain(request, response, [426, "This queue is reached over TLS only: use ipps://."]);
}

function sendPlain(
  request: IncomingMessage,
  response: ServerResponse,
  [status, sentence]: [number, string],
): void {
  response.statusCode = status;
  response.setHeader("content-type", "text/plain; charset=utf-8");
  response.end(`${sentence}\n`);
  drain(request);
}

function send(request: IncomingMessage, response: ServerResponse, bytes: Uint8Array): void {
  response.writeHead(200, { "content-type": "application/ipp", "content-length": bytes.length });
  response.end(bytes);
  drain(request);
}

/**
 * Lets a client that is still sending finish for a while, since a connection that is cut at once
 * takes the answer with it.
 */
function drain(request: IncomingMessage): void {
  if (request.complete) {
    request.read(); // Its end is only told once its end is read.
    return;
  }
  request.resume();
  const timer = setTimeout(() => {
    if (!request.complete) request.socket.destroy();
  }, drainMs);
  request.once("close", () => clearTimeout(timer));
}

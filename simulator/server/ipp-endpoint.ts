import type { IncomingMessage, ServerResponse } from "node:http";
import type { Logger } from "pino";
import { encode } from "../../ipp/encode.ts";
import type { IppMessage } from "../../ipp/message.ts";
import { operation, operationName } from "../../ipp/operations.ts";
import { receiveMessage } from "../../ipp/receive.ts";
import { isSuccessful, statusName } from "../../ipp/status.ts";
import { type ConnectionVerdict, connectionVerdict } from "../printer/connection-verdict.ts";
import type { Address } from "../printer/job-attributes.ts";
import { cutAfter } from "./cut-after.ts";
import type { DocumentStore } from "./document-store.ts";
import type { Welcome } from "./door.ts";
import type { PrinterHost } from "./printer-host.ts";

/** The device's printer on HTTP (RFC 8010 §4), as its faults let it. */
export interface IppEndpoint {
  /** Serves one POST. Never throws: what fails ends the connection. */
  serve(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

export function createIppEndpoint(options: {
  readonly host: PrinterHost;
  readonly documents: DocumentStore;
  readonly door: (request: IncomingMessage) => Welcome;
  readonly log: Logger;
}): IppEndpoint {
  const { host, documents, door, log } = options;

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!isThere(host)) {
      request.socket.destroy();
      return;
    }
    const welcome = door(request);
    if (welcome.kind === "drop") {
      request.socket.destroy();
      return;
    }
    if (welcome.kind === "refused") {
      refuse(response, welcome.status, welcome.sentence, welcome.headers);
      return;
    }
    if (request.headers["content-type"]?.split(";")[0]?.trim() !== "application/ipp") {
      refuse(response, 415, "This address takes application/ipp.");
      return;
    }
    const received = await receiveMessage(request.iterator({ destroyOnReturn: false }));
    if (received.kind === "malformed") {
      refuse(response, 400, `This is no IPP message: ${received.reason}.`);
      return;
    }
    const { message, document } = received;
    const { documentWaitMs } = host.state().config;
    request.setTimeout(documentWaitMs, () => request.socket.destroy());
    const verdict = connectionVerdict(host.state(), message.code);
    if (verdict.kind === "refuse") request.socket.destroy();
    // The rest of the request is taken in and forgotten, for as long as the client waits.
    if (verdict.kind === "hang" || verdict.kind === "refuse") return forget(request);
    const answer = await obey({ message, document, request, verdict });
    logAnswer(message, answer);
    if (verdict.kind === "break-answer") {
      host.tell({ kind: "connection-broken" });
      request.socket.destroy();
      return;
    }
    response.writeHead(200, { "content-type": "application/ipp" });
    response.end(encode(answer));
  }

  /** Who asks and asks again how a job is doing makes no event. */
  function logAnswer(request: IppMessage, answer: IppMessage): void {
    const asks = request.code === operation.getJobAttributes || request.code === operation.getJobs;
    const level = asks || request.code === operation.getPrinterAttributes ? "debug" : "info";
    const name = operationName(request.code) ?? request.code;
    log[level]({ event: "ipp", operation: name, status: statusName(answer.code) }, "answered");
  }

  async function obey(asked: {
    readonly message: IppMessage;
    readonly document: AsyncIterable<Uint8Array>;
    readonly request: IncomingMessage;
    readonly verdict: ConnectionVerdict;
  }): Promise<IppMessage> {
    const { message, document, request, verdict } = asked;
    const next = host.ask(message, addressOf(request));
    if (next.kind === "answer") return next.message;
    const body =
      verdict.kind === "break-upload"
        ? cutAfter(document, verdict.afterBytes, () => breakConnection(request))
        : document;
    const arrived = await documents.take(body, next.awaited);
    const last = host.finish(next.awaited, arrived);
    if (last.kind === "document") throw new Error("A document cannot ask for another.");
    // A document that is not read is nobody's: its job was canceled, or lost with the power.
    if (next.awaited.wanted && !isSuccessful(last.message.code)) {
      await documents.discard(next.awaited);
    }
    return last.message;
  }

  function breakConnection(request: IncomingMessage): void {
    host.tell({ kind: "connection-broken" });
    request.socket.destroy();
  }

  return {
    async serve(request, response) {
      try {
        await serve(request, response);
      } catch (error) {
        // The client went away, or the device lost power while it spoke.
        if (!request.destroyed) log.warn({ event: "ipp-failed", err: error }, "request failed");
        request.socket.destroy();
      }
    },
  };
}

function forget(request: IncomingMessage): void {
  request.setTimeout(0);
  request.resume();
}

function isThere(host: PrinterHost): boolean {
  const { power, faults } = host.state();
  return power.kind === "on" && faults.offline === undefined;
}

/** The host and port as the client wrote them: it must find what the device calls itself. */
function addressOf(request: IncomingMessage): Address {
  const { host } = request.headers;
  const valid = host !== undefined && URL.canParse(`http://${host}/`) && host.length <= 255;
  const local = `${request.socket.localAddress}:${request.socket.localPort}`;
  const tls = "encrypted" in request.socket;
  return { authority: valid ? new URL(`http://${host}/`).host : local, tls };
}

function refuse(
  response: ServerResponse,
  status: number,
  sentence: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  const usual = { "content-type": "text/plain; charset=utf-8", connection: "close" };
  response.writeHead(status, { ...usual, ...headers });
  response.end(`${sentence}\n`);
}

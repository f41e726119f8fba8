import type { IncomingMessage } from "node:http";
import { decode } from "../../ipp/decode.ts";
import type { IppMessage } from "../../ipp/message.ts";
import { type Received, receiveMessage } from "../../ipp/receive.ts";

/** Bytes of the attributes of one request; real clients send a few kilobytes. */
const attributeBytesMost = 256 * 1024;

export type ReceivedRequest =
  | Received
  /** The document is here, all of it: what shares memory with the connection, to be used at once. */
  | { readonly kind: "whole"; readonly message: IppMessage; readonly document: Uint8Array };

/**
 * Takes the IPP message off a request. Most that is asked, and a short document, comes in the packet
 * of its own head: then nothing is waited for, and no stream is set up. `onWait` is called where more
 * has to come.
 */
export async function receiveRequest(
  request: IncomingMessage,
  onWait: () => void,
): Promise<ReceivedRequest> {
  // node:http calls its listener between the head and the body of one packet, and runs no microtask
  // before it has handed on what of the body is in it.
  await undefined;
  const first = request.read() as Buffer | null;
  if (first !== null && first.length === Number(request.headers["content-length"]))
    return whole(first);
  onWait();
  return receiveMessage(bodyOf(first, request), { maxBytes: attributeBytesMost });
}

function whole(body: Buffer): ReceivedRequest {
  const decoded = decode(body, { maxBytes: attributeBytesMost });
  switch (decoded.kind) {
    case "complete": {
      const { message, length } = decoded;
      return { kind: "whole", message, document: body.subarray(length) };
    }
    case "more":
      return { kind: "malformed", reason: "the message ends before its end tag" };
    case "malformed":
      return decoded;
  }
}

async function* bodyOf(
  first: Buffer | null,
  request: IncomingMessage,
): AsyncGenerator<Uint8Array, void, undefined> {
  if (first !== null) yield first;
  yield* request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
}

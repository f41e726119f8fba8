import { createDecoder } from "./decode.ts";
import type { DecodeLimits } from "./limits.ts";
import type { IppMessage } from "./message.ts";

export type Received =
  | {
      readonly kind: "complete";
      readonly message: IppMessage;
      /** The bytes after the message, still to be taken from the body. Can be read once. */
      readonly document: AsyncGenerator<Uint8Array, void, undefined>;
    }
  | { readonly kind: "malformed"; readonly reason: string };

/**
 * Takes a message off the start of a body, e.g. a node:http request, and leaves the document in it
 * to be streamed. A body that ends early is malformed; an error of the body is thrown on.
 *
 * The iterator is closed on `malformed`, and when the document is left half read. Closing destroys a
 * request and its connection, so a server, which must still answer, passes
 * `request.iterator({ destroyOnReturn: false })`.
 */
export async function receiveMessage(
  body: AsyncIterable<Uint8Array>,
  limits: Partial<DecodeLimits> = {},
): Promise<Received> {
  const decoder = createDecoder(limits);
  const chunks = body[Symbol.asyncIterator]();
  for (;;) {
    const next = await chunks.next();
    if (next.done) return { kind: "malformed", reason: "the message ends before its end tag" };
    const progress = decoder.push(next.value);
    if (progress.kind === "complete") {
      const { message, rest } = progress;
      return { kind: "complete", message, document: document(rest, chunks) };
    }
    if (progress.kind === "malformed") {
      await chunks.return?.();
      return progress;
    }
  }
}

async function* document(
  start: Uint8Array,
  chunks: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    if (start.length > 0) yield start;
    for (;;) {
      const next = await chunks.next();
      if (next.done) return;
      yield next.value;
    }
  } finally {
    await chunks.return?.();
  }
}

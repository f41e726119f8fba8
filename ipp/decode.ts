import { type DecodeLimits, defaultLimits } from "./limits.ts";
import type { IppMessage } from "./message.ts";
import { parse, startParsing } from "./parse.ts";

export type Decoded =
  /** `length` bytes were the message; what follows them is the document. */
  | { readonly kind: "complete"; readonly message: IppMessage; readonly length: number }
  | { readonly kind: "more" }
  | { readonly kind: "malformed"; readonly reason: string };

/**
 * Decodes the message that `bytes` starts with (RFC 8010 §3.1). Never throws, whatever the bytes:
 * `more` says that they are a good start, `malformed` that no further byte can help.
 */
export function decode(bytes: Uint8Array, limits: Partial<DecodeLimits> = {}): Decoded {
  const step = parse(startParsing(withDefaults(limits)), asBuffer(bytes));
  if (step.kind === "complete") {
    return { kind: "complete", message: step.message, length: step.position };
  }
  return step.kind === "more" ? { kind: "more" } : step;
}

export type Progress =
  /** `rest` is what came after the message: the start of the document. It may share memory with the chunk. */
  | { readonly kind: "complete"; readonly message: IppMessage; readonly rest: Uint8Array }
  | { readonly kind: "more" }
  | { readonly kind: "malformed"; readonly reason: string };

export interface Decoder {
  /**
   * Takes the next bytes of a body. The chunk may be used again after the call, except for `rest`.
   * Throws when called after `complete` or `malformed`: there is nothing left to decode.
   */
  push(chunk: Uint8Array): Progress;
}

/** Decodes a message that comes in pieces, in time linear in its bytes however small the pieces. */
export function createDecoder(limits: Partial<DecodeLimits> = {}): Decoder {
  const parsing = startParsing(withDefaults(limits));
  /** The first `held` bytes are the token that has not come whole. */
  let pending = Buffer.alloc(0);
  let held = 0;
  let needed = 0;
  let ended = false;

  function hold(bytes: Uint8Array): void {
    if (held + bytes.length > pending.length) {
      const grown = Buffer.alloc(Math.max(2 * pending.length, held + bytes.length, 64));
      grown.set(pending.subarray(0, held));
      pending = grown;
    }
    pending.set(bytes, held);
    held += bytes.length;
  }

  return {
    push(chunk) {
      if (ended) throw new Error("This IPP decoder has already given its result.");
      if (held > 0) hold(chunk);
      if ((held || chunk.length) < needed) {
        if (held === 0) hold(chunk);
        return { kind: "more" };
      }
      const window = held > 0 ? pending.subarray(0, held) : asBuffer(chunk);
      const step = parse(parsing, window);
      if (step.kind !== "more") {
        ended = true;
        if (step.kind === "malformed") return step;
        const { message, position } = step;
        return { kind: "complete", message, rest: window.subarray(position) };
      }
      needed = step.needed;
      held = 0;
      hold(window.subarray(step.position));
      return { kind: "more" };
    },
  };
}

function withDefaults(limits: Partial<DecodeLimits>): DecodeLimits {
  const given = { ...defaultLimits, ...limits };
  return { ...given, maxValueLength: Math.min(given.maxValueLength, 32_767) };
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

import type { Duplex } from "node:stream";
import { ReaderTrouble, troubleOf } from "./trouble.ts";
import type { ByteWire, WireEvents } from "./wire.ts";

/** More than a reader ever gets to hear: it does not read. */
const unreadMost = 4 * 1024;

/**
 * Makes a wire of an open stream. `end` ends the stream and resolves once what is behind it is free
 * again; `discard` throws away what the system holds of it.
 */
export function wireOfStream(options: {
  readonly stream: Duplex;
  readonly address: string;
  readonly end: () => Promise<void>;
  readonly discard?: () => Promise<void>;
}): ByteWire {
  const { stream, address, end, discard } = options;
  let listener: WireEvents | undefined;
  let trouble: ReaderTrouble | undefined;
  let closing: Promise<void> | undefined;

  function ended(error: unknown): void {
    if (trouble !== undefined || closing !== undefined) return;
    trouble =
      error instanceof Error
        ? troubleOf(error, address)
        : new ReaderTrouble("gone", `The reader at ${address} ended the connection.`);
    listener?.onClose(trouble);
  }

  // An error is followed by a close, but the error knows why; a socket's close says only that there was one.
  let failure: unknown;
  stream.on("error", (error) => {
    failure = error;
  });
  stream.on("close", (error?: unknown) => ended(error instanceof Error ? error : failure));

  return {
    carries: "bytes",
    address,
    listen(events) {
      const first = listener === undefined;
      listener = events;
      if (first)
        stream.on("data", (bytes: Uint8Array) => {
          if (closing === undefined) listener?.onBytes(bytes);
        });
      if (trouble !== undefined) events.onClose(trouble);
    },
    write(bytes) {
      if (!stream.writable || stream.writableLength >= unreadMost) return;
      stream.write(typeof bytes === "string" ? Buffer.from(bytes, "latin1") : bytes);
    },
    discard: () => discard?.() ?? Promise.resolve(),
    close() {
      closing ??= end();
      return closing;
    },
  };
}

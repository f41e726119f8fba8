import type { ClientRequest } from "node:http";
import type { OutgoingDocument } from "./document.ts";
import type { Watchdog } from "./timeouts.ts";

export interface UploadOptions {
  readonly message: Uint8Array;
  readonly document: OutgoingDocument | undefined;
  /** Milliseconds in which the device must take something. */
  readonly idle: number;
  readonly watchdog: Watchdog;
  /** Called before the first byte of the document is handed to the connection. */
  readonly onDocument: () => void;
}

export interface Upload {
  /** Writes all and ends the request. Throws when the document cannot be read as it was announced. */
  run(): Promise<void>;
  /** Makes `run` return soon, and closes the document. */
  stop(): void;
}

/** Writes the message and the document no faster than the device takes them. */
export function createUpload(request: ClientRequest, options: UploadOptions): Upload {
  const { message, document, idle, watchdog, onDocument } = options;
  // Most requests carry none, and an aborted signal costs an exception with its stack.
  const stopping = document === undefined ? undefined : new AbortController();
  let stopped = false;
  let wake: (() => void) | undefined;
  request.on("drain", () => wake?.());

  async function write(bytes: Uint8Array): Promise<void> {
    if (request.write(bytes) || stopped) return;
    watchdog.watch(idle, "took none of the document");
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
    // While the source of the document makes us wait, the device is not to be blamed.
    if (!stopped) watchdog.rest();
  }

  async function writeDocument(
    { length, open }: OutgoingDocument,
    stop: AbortSignal,
  ): Promise<void> {
    let sent = 0;
    for await (const chunk of open(stop)) {
      if (stopped) return;
      if (chunk.length === 0) continue;
      if (sent === 0) onDocument();
      sent += chunk.length;
      if (length !== undefined && sent > length) {
        throw new Error(`The document was to have ${length} bytes, but has more.`);
      }
      await write(chunk);
      if (stopped) return;
    }
    if (length !== undefined && sent < length) {
      throw new Error(`The document was to have ${length} bytes, but has ${sent}.`);
    }
  }

  return {
    async run() {
      if (document === undefined || stopping === undefined) {
        watchdog.watch(idle, "took none of the request");
        request.end(message);
        return;
      }
      await write(message);
      await writeDocument(document, stopping.signal);
      if (stopped) return;
      watchdog.watch(idle, "took none of the document");
      request.end();
    },
    stop() {
      stopped = true;
      stopping?.abort();
      wake?.();
    },
  };
}

import type { IppClient } from "../../ipp/client/client.ts";
import type { OutgoingDocument } from "../../ipp/client/document.ts";
import {
  DeviceAnsweredBadly,
  DeviceUnreachable,
  DocumentUnreadable,
  type Reached,
} from "../../ipp/client/errors.ts";
import { sendDocument } from "../../ipp/client/submit.ts";
import type { Documents, OpenDocument } from "./documents.ts";
import type { DocumentSource } from "./release-effect.ts";
import type { ReleaseEvent } from "./release-event.ts";

export interface Sending {
  readonly client: IppClient;
  readonly documents: Documents;
  readonly deviceJobId: number;
  readonly document: DocumentSource;
  readonly signal: AbortSignal;
}

export interface Sent {
  readonly event: ReleaseEvent;
  /** Why it was not sent, for the log. */
  readonly error?: unknown;
}

/**
 * Streams the document from the provider to the device, byte for byte, and says how far that got. The
 * provider is asked first: while it has given nothing, the device has been told nothing.
 */
export async function sendToDevice(sending: Sending): Promise<Sent> {
  const { client, documents, deviceJobId, document, signal } = sending;
  let opened: OpenDocument;
  try {
    opened = await documents.take(document, signal);
  } catch (error) {
    return notSent({ begun: false, whole: false, side: "provider" }, error);
  }
  let whole = false;
  const outgoing = outgoingOf(opened, {
    again: (stop) => documents.take(document, AbortSignal.any([signal, stop])),
    onWhole: () => {
      whole = true;
    },
  });
  const documentFormat = document.particulars.documentFormat;
  try {
    const outcome = await sendDocument(client, {
      jobId: deviceJobId,
      document: outgoing,
      documentFormat,
      signal,
    });
    if (outcome.ok) return { event: { kind: "document-sent" } };
    const error = new Error(`The device refused the document: ${outcome.message}`);
    return notSent({ begun: true, whole: false, side: "device" }, error);
  } catch (error) {
    const side = error instanceof DocumentUnreadable ? "provider" : "device";
    const begun = reachedOf(error) === "document";
    return notSent({ begun, whole: begun && whole, side }, error);
  } finally {
    opened.body.destroy();
  }
}

/** How far a request got before it failed; what we do not know may have been the document. */
function reachedOf(error: unknown): Reached {
  const known =
    error instanceof DeviceUnreachable ||
    error instanceof DeviceAnsweredBadly ||
    error instanceof DocumentUnreadable;
  return known ? error.reached : "document";
}

/** The document for the IPP client, which may open it again where a kept connection was gone. */
function outgoingOf(
  opened: OpenDocument,
  { again, onWhole }: { again: (stop: AbortSignal) => Promise<OpenDocument>; onWhole: () => void },
): OutgoingDocument {
  let used = false;
  return {
    length: opened.length,
    async *open(stop) {
      const { body } = used ? await again(stop) : opened;
      used = true;
      try {
        for await (const chunk of body) {
          if (!(chunk instanceof Uint8Array)) throw new Error("The document is not bytes.");
          yield chunk;
        }
        onWhole();
      } finally {
        body.destroy();
      }
    },
  };
}

function notSent(
  how: { readonly begun: boolean; readonly whole: boolean; readonly side: "provider" | "device" },
  error: unknown,
): Sent {
  return { event: { kind: "document-not-sent", ...how }, error };
}

import type { IppClient } from "../../ipp/client/client.ts";
import type { OutgoingDocument } from "../../ipp/client/document.ts";
import {
  DeviceAnsweredBadly,
  DeviceUnreachable,
  DocumentUnreadable,
  type Reached,
} from "../../ipp/client/errors.ts";
import { printJob, sendDocument } from "../../ipp/client/submit.ts";
import { isTemporary } from "./ask-device.ts";
import type { Documents, OpenDocument } from "./documents.ts";
import { ignoresCopies, jobTemplate } from "./job-template.ts";
import type { DocumentSource } from "./release-effect.ts";
import type { ReleaseEvent } from "./release-event.ts";

export interface Sending {
  readonly client: IppClient;
  readonly documents: Documents;
  /** None: the job is made together with its document (Print-Job). */
  readonly deviceJobId: number | undefined;
  readonly jobName: string;
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
  const { documents, document, signal } = sending;
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
  try {
    return await hand(sending, {
      document: outgoing,
      documentFormat: opened.format ?? document.particulars.documentFormat,
    });
  } catch (error) {
    const side = error instanceof DocumentUnreadable ? "provider" : "device";
    const begun = reachedOf(error) === "document";
    return notSent({ begun, whole: begun && whole, side }, error);
  } finally {
    opened.body.destroy();
  }
}

/** Gives the document to the device, with its job or for it, and says what the device answered. */
async function hand(
  sending: Sending,
  { document, documentFormat }: { document: OutgoingDocument; documentFormat: string },
): Promise<Sent> {
  const { client, deviceJobId, jobName, signal } = sending;
  const { particulars } = sending.document;
  if (deviceJobId === undefined) {
    const template = jobTemplate(particulars);
    const job = { jobName, documentFormat, document, template, signal };
    const printed = await printJob(client, job);
    if (!printed.ok) {
      const error = new Error(`The device refused the job: ${printed.message}`);
      return { event: { kind: "document-refused", temporary: isTemporary(printed.status) }, error };
    }
    const { jobId: id, jobUuid: uuid } = printed.value;
    const copiesIgnored = ignoresCopies(printed.unsupported, particulars);
    return { event: { kind: "document-sent", job: { id, uuid, copiesIgnored } } };
  }
  const sent = await sendDocument(client, { jobId: deviceJobId, document, documentFormat, signal });
  if (sent.ok) return { event: { kind: "document-sent" } };
  const error = new Error(`The device refused the document: ${sent.message}`);
  return notSent({ begun: true, whole: false, side: "device" }, error);
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

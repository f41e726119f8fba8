import type { IppAttribute, IppGroup, IppMessage } from "../../ipp/message.ts";
import type { StatusName } from "../../ipp/status.ts";
import type { Queue } from "../../protocol/site.ts";
import type { Requester } from "../identity/requester.ts";
import type { DocumentSource } from "../intake/document-source.ts";
import type { PrinterUris } from "../printer/printer-uris.ts";
import type { ProviderContext } from "../provider-context.ts";

/** A request to a queue that passed the checks which every operation makes. */
export interface Call {
  readonly message: IppMessage;
  /** Its operation attributes. */
  readonly operation: IppGroup;
  readonly queue: Queue;
  readonly uris: PrinterUris;
  readonly requester: Requester;
  /** IPP `job-id` of the job that is meant, whichever way it was named. */
  readonly jobNumber: number | undefined;
  /** What follows the attributes. Can be read once. */
  readonly document: DocumentSource;
}

export interface Answer {
  readonly status: StatusName;
  /** `status-message`: for the person at the client. */
  readonly sentence?: string;
  readonly unsupported?: readonly IppAttribute[];
  readonly groups?: readonly IppGroup[];
  /** Groups that are encoded already, which come last. */
  readonly encoded?: readonly Uint8Array[];
}

export type Operation = (context: ProviderContext, call: Call) => Answer | Promise<Answer>;

export function refused(status: StatusName, sentence: string): Answer {
  return { status, sentence };
}

/** What is answered in HTTP's words before IPP has any: RFC 8010 §8.2, RFC 9110 §15.5.2 and §15.5.22. */
export interface HttpAnswer {
  readonly http: "challenge" | "upgrade";
}

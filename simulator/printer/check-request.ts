import type { IppMessage } from "../../ipp/message.ts";
import { groupOf, stringOf } from "../../ipp/read.ts";
import type { StatusName } from "../../ipp/status.ts";
import { groupTag } from "../../ipp/tags.ts";
import { behaves } from "./habits.ts";
import type { PrinterState } from "./printer-state.ts";

export interface Refusal {
  readonly status: StatusName;
  /** For people: what is wrong with the request. */
  readonly message: string;
}

/** What every request must have, whatever it asks (RFC 8011 §4.1). Undefined when all is well. */
export function checkRequest(printer: PrinterState, request: IppMessage): Refusal | undefined {
  const { major } = request.version;
  const newest = behaves(printer, "ipp-1.1") ? 1 : 2;
  if (major !== 1 && major !== newest) {
    const message = `This device speaks IPP 1.0 to ${newest === 1 ? "1.1" : "2.x"}.`;
    return refuse("server-error-version-not-supported", message);
  }
  const hasEmptyGroup = request.groups.some(
    ({ tag, attributes }) => tag === groupTag.job && attributes.length === 0,
  );
  if (hasEmptyGroup && behaves(printer, "no-empty-groups"))
    return refuse("client-error-bad-request", "A group of attributes is empty.");
  if (request.requestId < 1)
    return refuse("client-error-bad-request", "request-id must be above 0.");
  const operation = groupOf(request, groupTag.operation);
  const [charset, language] = operation?.attributes ?? [];
  if (request.groups[0] !== operation || charset?.name !== "attributes-charset") {
    return refuse("client-error-bad-request", "attributes-charset must come first.");
  }
  if (language?.name !== "attributes-natural-language") {
    return refuse("client-error-bad-request", "attributes-natural-language must come second.");
  }
  const used = stringOf(operation, "attributes-charset")?.toLowerCase();
  if (used !== "utf-8" && used !== "us-ascii") {
    return refuse("client-error-charset-not-supported", "The device reads UTF-8.");
  }
  return checkTarget(stringOf(operation, "printer-uri") ?? stringOf(operation, "job-uri"));
}

function checkTarget(target: string | undefined): Refusal | undefined {
  if (target === undefined) return refuse("client-error-bad-request", "printer-uri is missing.");
  const path = URL.canParse(target) ? new URL(target).pathname : "";
  if (/^\/ipp\/print(\/\d{1,9})?\/?$/.test(path)) return undefined;
  return refuse("client-error-not-found", "The device's printer is at /ipp/print.");
}

function refuse(status: StatusName, message: string): Refusal {
  return { status, message };
}

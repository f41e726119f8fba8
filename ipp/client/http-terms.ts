import type { IncomingMessage } from "node:http";
import type { DeviceAddress } from "./address.ts";
import { where } from "./connect.ts";

/** The headers of a request, RFC 8010 §4. `length` is undefined where the document's is not known. */
export function requestHeaders(
  address: DeviceAddress,
  length: number | undefined,
): Record<string, string> {
  return {
    host: where(address),
    "content-type": "application/ipp",
    "user-agent": "Guichet",
    ...(length === undefined
      ? { "transfer-encoding": "chunked" }
      : { "content-length": String(length) }),
  };
}

/** What keeps a response from being an IPP answer, in words; undefined when nothing does. */
export function httpTrouble({
  statusCode = 0,
  headers,
}: Pick<IncomingMessage, "statusCode" | "headers">): string | undefined {
  switch (statusCode) {
    case 200:
      return contentTrouble(headers["content-type"]);
    case 401:
    case 403:
      return `wants another name and password, or does not let us in (HTTP ${statusCode})`;
    case 404:
      return "has no printer at this path (HTTP 404): check the address, often /ipp/print";
    case 411:
    case 501:
      return `does not take a document of unknown length (HTTP ${statusCode})`;
    case 426:
      return "wants TLS (HTTP 426): use ipps:// in its address";
    case 503:
      return "is too busy for now (HTTP 503)";
    default:
      return `answered with HTTP ${statusCode} instead of IPP`;
  }
}

function contentTrouble(type: string | undefined): string | undefined {
  // Absent is tolerated: then the bytes must speak for themselves.
  if (type === undefined || /^application\/ipp\s*(;|$)/i.test(type.trim())) return undefined;
  return `answered with ${JSON.stringify(type.slice(0, 80))} instead of application/ipp`;
}

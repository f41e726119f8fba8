import type { FastifyRequest } from "fastify";
import { callerOf } from "../../link/routes.ts";
import type { CredentialBody } from "../../protocol/credential.ts";
import type { ServerParts } from "../server-parts.ts";

/** Who asks, on a route that only a bridge may use; and notes that it was heard. */
export function heardBridge(
  parts: Pick<ServerParts, "metrics">,
  request: FastifyRequest,
): CredentialBody {
  const caller = callerOf(request);
  parts.metrics.heard(caller.subject);
  return caller;
}

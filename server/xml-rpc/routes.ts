import type { FastifyInstance } from "fastify";
import { audit } from "../audit/audit.ts";
import { fromAddresses } from "../http/address-guard.ts";
import type { ServerParts } from "../server-parts.ts";
import { answerCall } from "./answer-call.ts";
import { writeFault } from "./write-answer.ts";

const BODY_BYTES_AT_MOST = 1024 * 1024;

/** POST /rpc/api/xmlrpc, for the scripts that sites have: by token, and from allowed addresses only. */
export function registerXmlRpcRoutes(
  app: FastifyInstance,
  parts: ServerParts,
  options: { token: string; healthKey: string; allowedAddresses: readonly string[] },
): void {
  const { db, cards, now, ledger, log, metrics, bell, declared } = parts;
  const context = { db, cards, now, ledger, bell, declared, configured: options };
  // In a scope of its own, so that no other route takes XML.
  app.register((scope, _options, done) => {
    scope.addContentTypeParser(
      ["text/xml", "application/xml"],
      { parseAs: "buffer", bodyLimit: BODY_BYTES_AT_MOST },
      (_request, body, parsed) => parsed(null, body),
    );
    scope.post<{ Body: Buffer }>(
      "/rpc/api/xmlrpc",
      { preHandler: fromAddresses(options.allowedAddresses), bodyLimit: BODY_BYTES_AT_MOST },
      async (request, reply) => {
        reply.type("text/xml; charset=utf-8");
        const text = textOf(request.body);
        if (text === undefined) return writeFault("The request is not XML in UTF-8 or ISO 8859-1.");
        const answered = await answerCall(text, { token: options.token, context });
        const { method, outcome, xml, hadToken, about } = answered;
        if (hadToken === true && method !== "api.getTaskStatus")
          audit(db, { who: `web services from ${request.ip}`, what: method, about }, now());
        metrics.count("guichet_web_service_calls_total", { method, outcome });
        log.info({ event: "web-service", method, outcome });
        return reply.send(xml);
      },
    );
    done();
  });
}

/** The body as text: in the encoding that it declares, if that is one that scripts use. */
function textOf(body: unknown): string | undefined {
  if (!Buffer.isBuffer(body)) return undefined;
  const declared = /^\s*<\?xml[^>]*encoding=["']([\w-]+)["']/.exec(
    body.subarray(0, 200).toString("latin1"),
  )?.[1];
  switch ((declared ?? "utf-8").toLowerCase()) {
    case "iso-8859-1":
      return body.toString("latin1");
    case "utf-8":
    case "us-ascii":
      try {
        return new TextDecoder("utf-8", { fatal: true }).decode(body);
      } catch {
        return undefined;
      }
    default:
      return undefined;
  }
}

import { once } from "node:events";
import type { ServerResponse } from "node:http";
import type { FastifyInstance } from "fastify";
import { type Static, Type } from "typebox";
import type { Acceptor } from "../../link/acceptor.ts";
import { authenticated, callerOf, sendRefusal } from "../../link/routes.ts";
import { documentHeaders } from "../../protocol/bridge-provider.ts";
import { Uuid } from "../../protocol/ids.ts";
import type { SealedFile } from "../../storage/seal-reader.ts";
import { holdsClaim } from "../claims/claim-store.ts";
import { documentNumber, findDocument } from "../jobs/documents.ts";
import type { ProviderContext } from "../provider-context.ts";

const Params = Type.Object({ job: Uuid });
const number = Type.String({ pattern: "^[1-9][0-9]{0,9}$" });
const Headers = Type.Object({
  [documentHeaders.release]: Uuid,
  [documentHeaders.attempt]: number,
  [documentHeaders.fence]: number,
});

/** A peer that died without a word is noticed after some of these. */
const keepAliveMs = 30_000;

/**
 * GET /api/jobs/<job>/document: the document of a claimed job to the holder of the claim. Each part is
 * verified before a byte of it leaves; one that is not whole ends the connection, and never the answer.
 */
export function registerDocumentRoute(
  app: FastifyInstance,
  context: ProviderContext,
  acceptor: Acceptor,
): void {
  const { db, spool, log } = context;
  const preHandler = authenticated(acceptor, "bridge");
  app.get<{ Params: Static<typeof Params>; Headers: Static<typeof Headers> }>(
    "/api/jobs/:job/document",
    { preHandler, schema: { params: Params, headers: Headers } },
    async (request, reply) => {
      const jobId = request.params.job;
      const { headers } = request;
      const releaseId = headers[documentHeaders.release] ?? "";
      const claim = {
        jobId,
        releaseId,
        attempt: Number(headers[documentHeaders.attempt]),
        fence: Number(headers[documentHeaders.fence]),
        bridge: callerOf(request).subject,
      };
      const stored = holdsClaim(db, claim) ? findDocument(db, jobId) : undefined;
      if (stored === undefined)
        return sendRefusal(
          reply,
          "conflict",
          "This claim is over; the document is not handed out.",
        );
      const document = { jobId, number: documentNumber };
      const file = await spool.open({ ...stored, document });
      reply.hijack();
      try {
        await send(file, reply.raw, stored.format);
        log.info({ event: "document-sent", jobId, releaseId, bytes: file.length }, "handed out");
      } catch (error) {
        log.warn({ event: "document-not-sent", jobId, releaseId, err: error }, "broke off");
        reply.raw.destroy();
      } finally {
        await file.close();
      }
      return reply;
    },
  );
}

async function send(file: SealedFile, response: ServerResponse, format: string): Promise<void> {
  response.socket?.setKeepAlive(true, keepAliveMs);
  response.writeHead(200, { "content-type": format, "content-length": file.length });
  response.flushHeaders();
  // Lent pieces are taken back when the next one is asked for: only once this one has left.
  for await (const piece of file.stream({ lend: true })) await written(response, piece);
  response.end();
  if (!response.writableFinished) await once(response, "finish");
}

function written(response: ServerResponse, piece: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    const gone = (): void => reject(new Error("The bridge went away."));
    if (response.destroyed) return gone();
    response.once("close", gone);
    response.write(piece, (error) => {
      response.off("close", gone);
      if (error === null || error === undefined) resolve();
      else reject(error);
    });
  });
}

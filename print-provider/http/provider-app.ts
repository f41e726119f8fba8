import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import fastify, { type FastifyInstance } from "fastify";
import type { Logger } from "pino";
import type { TSchema } from "typebox";
import { Compile } from "typebox/compile";
import { guardEveryRoute, type SeenRoute } from "../../link/route-guards.ts";
import { sendRefusal, sessionRoutes } from "../../link/routes.ts";
import { StorageError } from "../../storage/storage-error.ts";
import { openWebRoutes } from "../web/web-routes.ts";
import { handleIpp, type IppHandlerParts, isForQueue } from "./ipp-handler.ts";
import { wantsTls } from "./upgrade-to-tls.ts";

/** Connections at a time; more than a site has workstations that print in one moment. */
const connectionsMost = 2_000;
/** Milliseconds for the body of a request to the web API. */
const bodyMs = 30_000;

/**
 * A session begins, somebody watches over the provider, a person looks what a queue's address is. Every
 * other route has a guard, or the provider does not start. Queues themselves ask by their own rules (IPP).
 */
const openRoutes = [
  ...sessionRoutes,
  "GET /api/tls",
  "GET /healthz",
  "GET /metrics",
  "GET /icons/:file",
  ...openWebRoutes,
];

export interface ProviderApp {
  readonly app: FastifyInstance;
  /** What the TLS server answers with, too. */
  readonly handler: RequestListener;
  readonly connectionsMost: number;
  /** Every route of the web API. */
  readonly routes: readonly SeenRoute[];
  /** Resolves when no IPP request is being answered any more. */
  readonly quiet: () => Promise<void>;
}

/**
 * One HTTP server for both: queues are served straight from node:http, since a document of gigabytes
 * must flow past everything; the web API goes through fastify with its schemas.
 */
export function createProviderApp(parts: IppHandlerParts, log: Logger): ProviderApp {
  const answering = new Set<Promise<void>>();
  const handler: RequestListener = (request, response) => {
    if (!isForQueue(request)) {
      if (!isWebUpload(request)) cutSlowBody(request);
      return app.routing(request, response);
    }
    const done = handleIpp(parts, request, response);
    answering.add(done);
    void done.finally(() => answering.delete(done));
  };
  const app = fastify({
    forceCloseConnections: true,
    serverFactory: () => {
      const server = createServer(
        {
          headersTimeout: 20_000,
          requestTimeout: 0,
          keepAliveTimeout: 65_000,
          shouldUpgradeCallback: wantsTls,
        },
        handler,
      );
      server.maxConnections = connectionsMost;
      return server;
    },
  });
  const routes = guardEveryRoute(app, openRoutes);
  // As they are: fastify's own validation would turn "1" into 1 and drop what it does not know.
  app.setValidatorCompiler(({ schema }) => {
    const form = Compile(schema as TSchema);
    return (value: unknown) =>
      form.Check(value) ? { value } : { error: new Error("not of the agreed form") };
  });
  app.setSerializerCompiler(() => (value) => JSON.stringify(value));
  app.setNotFoundHandler((_request, reply) => sendRefusal(reply, "not-found", "Nothing is here."));
  app.setErrorHandler((error, request, reply) => {
    const status = statusOf(error);
    if (status === 413) return sendRefusal(reply, "too-large", "The message is too large.");
    if (status !== undefined && status < 500)
      return sendRefusal(reply, "bad-request", "The message is not of the agreed form.");
    log.error({ event: "api-failed", path: request.routeOptions.url, err: error }, "a call failed");
    return error instanceof StorageError && error.trouble === "full"
      ? sendRefusal(reply, "no-space", error.message)
      : sendRefusal(reply, "internal", "Something went wrong on the print server; see its log.");
  });
  return {
    app,
    handler,
    connectionsMost,
    routes,
    quiet: async () => {
      await Promise.allSettled(answering);
    },
  };
}

/** A document that somebody drops on the page; its own route ends one that is too slow. */
function isWebUpload({ method, url, headers }: IncomingMessage): boolean {
  // A body of another kind is read before that route's guards are asked.
  const isForm = headers["content-type"]?.startsWith("multipart/form-data") === true;
  return method === "POST" && isForm && /^\/web\/[^/]+\/print(\?|$)/.test(url ?? "");
}

/** A body of the web API is small: who takes this long to send it only holds a place. */
function cutSlowBody(request: IncomingMessage): void {
  const timer = setTimeout(() => {
    if (!request.complete) request.destroy();
  }, bodyMs);
  timer.unref();
  request.once("close", () => clearTimeout(timer));
}

/** The status that fastify means an error of a request to have. */
function statusOf(error: unknown): number | undefined {
  if (!(error instanceof Error)) return undefined;
  if ("validation" in error) return 400;
  if (!("statusCode" in error)) return undefined;
  return typeof error.statusCode === "number" ? error.statusCode : undefined;
}

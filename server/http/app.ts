import fastify, { type FastifyInstance } from "fastify";
import type { Logger } from "pino";
import type { TSchema } from "typebox";
import { Compile } from "typebox/compile";
import { guardEveryRoute, type SeenRoute } from "../../link/route-guards.ts";
import { sendRefusal, sessionRoutes } from "../../link/routes.ts";
import { StorageError } from "../../storage/storage-error.ts";
import { isHostAllowed } from "./host-guard.ts";

const BODY_BYTES_AT_MOST = 1024 * 1024;

/**
 * Whom these serve is not known before: a session begins, a code is exchanged, somebody watches over the
 * server. Every other route has a guard, or the server does not start.
 */
const openRoutes = [...sessionRoutes, "POST /api/enrol", "GET /healthz", "GET /api/tls"];

/**
 * Makes the HTTP side without its routes: bodies checked against the schemas of `protocol/` as they are
 * (nothing coerced, nothing dropped), foreign host names refused, and every failure a code and a
 * sentence. `hosts` are the names by which this server may be called.
 */
export function createApp(options: { log: Logger; hosts: () => readonly string[] }): {
  app: FastifyInstance;
  routes: readonly SeenRoute[];
} {
  const { log, hosts } = options;
  const app = fastify({
    logger: false,
    bodyLimit: BODY_BYTES_AT_MOST,
    requestTimeout: 60_000,
    keepAliveTimeout: 75_000,
    forceCloseConnections: true,
    trustProxy: false,
    routerOptions: { maxParamLength: 200 },
  });
  app.setValidatorCompiler(({ schema }) => {
    const form = Compile(schema as TSchema);
    return (value: unknown) => {
      if (form.Check(value)) return { value };
      const [first] = form.Errors(value);
      return { error: new Error(`${first?.instancePath ?? ""} ${first?.message ?? ""}`.trim()) };
    };
  });
  app.setSerializerCompiler(() => (value) => JSON.stringify(value));
  app.addHook("onRequest", (request, reply, done) => {
    if (isHostAllowed(request.headers.host, hosts())) {
      done();
      return;
    }
    sendRefusal(reply, "not-allowed", "This server is not called by that name here.");
  });
  const routes = guardEveryRoute(app, openRoutes);
  app.setNotFoundHandler((_request, reply) => {
    sendRefusal(reply, "not-found", "There is nothing at this address.");
  });
  app.setErrorHandler((error, request, reply) => {
    const status = statusOf(error);
    if (status === 413) return sendRefusal(reply, "too-large", "The request is too large.");
    if (status !== undefined && status >= 400 && status < 500)
      return sendRefusal(reply, "bad-request", sentenceOf(error).slice(0, 500));
    log.error({ event: "request-failed", route: request.routeOptions.url, err: error });
    if (error instanceof StorageError && error.trouble === "full")
      return sendRefusal(reply, "no-space", error.message);
    return sendRefusal(reply, "internal", "The server could not do this. Its log says why.");
  });
  return { app, routes };
}

function statusOf(error: unknown): number | undefined {
  if (!(error instanceof Error)) return undefined;
  if ("validation" in error) return 400;
  return "statusCode" in error && typeof error.statusCode === "number"
    ? error.statusCode
    : undefined;
}

function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : "The request cannot be understood.";
}

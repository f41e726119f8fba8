import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import {
  type CredentialBody,
  NonceReply,
  SessionReply,
  SessionRequest,
} from "../protocol/credential.ts";
import { type Refusal, statusOf } from "../protocol/refusal.ts";
import type { Acceptor } from "./acceptor.ts";
import { isPrivate } from "./is-private.ts";
import { asGuard, type RouteGuard } from "./route-guards.ts";

const callers = new WeakMap<FastifyRequest, CredentialBody>();

const overTls = "Ask over TLS: with https, at the port for it.";

/** A route's own guard: from beyond this machine secrets are taken over TLS only. */
export function onlyPrivately(
  request: FastifyRequest,
  reply: FastifyReply,
  done: () => void,
): void {
  if (isPrivate(request.raw)) done();
  else sendRefusal(reply, "not-allowed", overTls);
}

/** Adds the two routes by which a bridge or provider opens a session. */
export function registerSessionRoutes(app: FastifyInstance, acceptor: Acceptor): void {
  app.post(
    "/api/session/nonce",
    { onRequest: onlyPrivately, bodyLimit: 1024, schema: { response: { 200: NonceReply } } },
    () => ({ nonce: acceptor.nonce() }),
  );
  app.post<{ Body: SessionRequest }>(
    "/api/session",
    {
      onRequest: onlyPrivately,
      bodyLimit: 16 * 1024,
      schema: { body: SessionRequest, response: { 200: SessionReply } },
    },
    (request, reply) => {
      const opened = acceptor.open(request.body);
      if (opened.kind === "refused")
        return sendRefusal(reply, "not-authenticated", opened.sentence);
      return { token: opened.token, lastsSeconds: opened.lastsSeconds };
    },
  );
}

/** A route's own guard: lets only holders of a session of this role in. `callerOf` then tells who. */
export function authenticated(acceptor: Acceptor, role: CredentialBody["role"]): RouteGuard {
  return asGuard((request, reply, done) => {
    const who = acceptor.who(request.headers.authorization);
    if (!isPrivate(request.raw)) {
      sendRefusal(reply, "not-allowed", overTls);
    } else if (!who) {
      sendRefusal(reply, "not-authenticated", "Open a session first.");
    } else if (who.role !== role) {
      sendRefusal(reply, "not-allowed", `Only a ${role} may ask for this.`);
    } else {
      callers.set(request, who);
      done();
    }
  });
}

/** The two routes that open a session: they are how a caller becomes known. */
export const sessionRoutes = ["POST /api/session/nonce", "POST /api/session"] as const;

/** Who sent a request that passed `authenticated`. */
export function callerOf(request: FastifyRequest): CredentialBody {
  const who = callers.get(request);
  if (!who) throw new Error("callerOf is for routes that are guarded by authenticated");
  return who;
}

/** Ends a request with a refusal: its HTTP status, a code for programs and a sentence for people. */
export function sendRefusal(
  reply: FastifyReply,
  error: Refusal["error"],
  sentence: string,
): FastifyReply {
  const refusal: Refusal = { error, sentence };
  return reply.code(statusOf[error]).send(refusal);
}

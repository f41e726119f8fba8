import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

/** Decides from the head of a request alone whether who asks may ask: goes on, or refuses. */
export type RouteGuard = (request: FastifyRequest, reply: FastifyReply, done: () => void) => void;

/** A route as it was registered: `GET /api/health`. */
export type SeenRoute = { method: string; url: string; isOpen: boolean };

const guards = new WeakSet<object>();

/** Says that a hook authorises: a route with one among its `preHandler`s is guarded. */
export function asGuard(guard: RouteGuard): RouteGuard {
  guards.add(guard);
  return guard;
}

/**
 * Denies by default: a route without a guard, and not among the open ones (`GET /healthz`), throws when
 * it is registered. Guards are asked before a byte of the body is read, so that nobody unknown makes the
 * role hold one. To be called before the first route. Gives what was registered, for a test to walk.
 */
export function guardEveryRoute(app: FastifyInstance, open: readonly string[]): SeenRoute[] {
  const seen: SeenRoute[] = [];
  app.addHook("onRoute", (route) => {
    const hooks = [route.preHandler ?? []].flat();
    const own = hooks.filter((hook) => guards.has(hook));
    for (const method of [route.method].flat()) {
      // Fastify answers HEAD by itself wherever there is a GET, with the hooks of that.
      const name = `${method === "HEAD" ? "GET" : method} ${route.url}`;
      const isOpen = open.includes(name);
      if (own.length === 0 && !isOpen)
        throw new Error(
          `The route ${name} asks nobody who they are. Give it a guard (link/route-guards.ts), or name it among the open ones and say why.`,
        );
      seen.push({ method, url: route.url, isOpen });
    }
    route.preHandler = hooks.filter((hook) => !guards.has(hook));
    route.onRequest = [...own, ...[route.onRequest ?? []].flat()];
  });
  return seen;
}

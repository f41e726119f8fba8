import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import fastify from "fastify";
import { WebSocketServer } from "ws";
import { guardEveryRoute, type SeenRoute } from "../../link/route-guards.ts";
import { SOCKET_PATH } from "../../protocol/kiosk.ts";
import type { MadeView } from "../view/terminal-view.ts";
import { type AllowedNames, allowedNames } from "./hosts.ts";
import { registerKioskRoutes } from "./kiosk-routes.ts";
import { type IntentMessage, type IntentResult, type Screen, serveScreen } from "./screen.ts";
import { screenLimits } from "./screen-limits.ts";

export interface GatewayOptions {
  readonly host: string;
  /** 0 for any. */
  readonly port: number;
  readonly kioskDir: string;
  readonly logoPath?: string;
  readonly terminals: () => readonly string[];
  readonly view: (terminal: string) => MadeView;
  readonly onIntent: (terminal: string, message: IntentMessage) => Promise<IntentResult>;
  /** The text of `/metrics` (Prometheus), and whether `/healthz` is well. */
  readonly metrics: () => string;
  readonly health: () => { readonly ok: boolean; readonly sentence: string };
  /** Monotonic milliseconds. */
  readonly now: () => number;
  readonly log: {
    info(fields: Record<string, unknown>, message: string): void;
    warn(fields: Record<string, unknown>, message: string): void;
  };
}

/** The page and its files know nobody; what is personal comes by the WebSocket, which `admit` guards. */
const openRoutes = [
  "GET /healthz",
  "GET /metrics",
  "GET /",
  "GET /t/:terminal",
  "GET /logo",
  "GET /*",
];

export interface Gateway {
  readonly port: number;
  readonly routes: readonly SeenRoute[];
  readonly url: string;
  /** The view of a terminal may have changed; of all of them when none is named. */
  refresh(terminal?: string): void;
  close(): Promise<void>;
}

/**
 * The kiosk's way in: its page, its WebSocket, health and metrics. Throws a sentence when the port
 * cannot be had.
 */
export async function openGateway(options: GatewayOptions): Promise<Gateway> {
  const { host, port, terminals, log } = options;
  const app = fastify({
    bodyLimit: 1024,
    requestTimeout: 10_000,
    routerOptions: { maxParamLength: 100 },
  });
  const routes = guardEveryRoute(app, openRoutes);
  let names: AllowedNames = allowedNames(host, port);
  app.addHook("onRequest", (request, reply, done) => {
    reply.headers({
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-resource-policy": "same-origin",
    });
    if (names.hosts.has((request.headers.host ?? "").toLowerCase())) return done();
    reply.code(421).type("text/plain; charset=utf-8").send("This bridge has another name.");
  });
  app.get("/healthz", (_request, reply) => {
    const { ok, sentence } = options.health();
    return reply.code(ok ? 200 : 503).send({ ok, sentence });
  });
  app.get("/metrics", (_request, reply) =>
    reply.type("text/plain; version=0.0.4; charset=utf-8").send(options.metrics()),
  );
  registerKioskRoutes(app, options);

  const screens = new Map<Screen, string>();
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: screenLimits.messageBytes,
    perMessageDeflate: false,
    clientTracking: false,
  });
  app.server.on("upgrade", (request, socket, head) => {
    const terminal = admit(request, { names, terminals: terminals(), screens });
    if (typeof terminal === "number") return refuse(socket, terminal);
    sockets.handleUpgrade(request, socket, head, (opened) => {
      const screen: Screen = serveScreen({
        socket: opened,
        view: () => options.view(terminal),
        onIntent: (message) => options.onIntent(terminal, message),
        now: options.now,
        onEnd: (why) => {
          screens.delete(screen);
          log.info({ event: "screen-gone", terminal, why }, "a screen is gone");
        },
      });
      screens.set(screen, terminal);
      log.info({ event: "screen-came", terminal }, "a screen came");
    });
  });
  try {
    await app.listen({ host, port });
  } catch (error) {
    throw portRefusal(error, host, port);
  }
  const bound = app.server.address();
  const real = typeof bound === "object" && bound !== null ? bound.port : port;
  names = allowedNames(host, real);

  return {
    port: real,
    routes,
    url: `http://${host.includes(":") ? `[${host}]` : host}:${real}`,
    refresh(terminal) {
      const there = terminals();
      for (const [screen, of] of [...screens])
        if (!there.includes(of)) screen.close();
        else if (terminal === undefined || of === terminal) screen.refresh();
    },
    async close() {
      for (const screen of [...screens.keys()]) screen.close();
      sockets.close();
      app.server.closeAllConnections();
      await app.close();
    },
  };
}

/** The terminal whose screen this is, or the HTTP status that it is refused with. */
function admit(
  request: IncomingMessage,
  gate: {
    readonly names: AllowedNames;
    readonly terminals: readonly string[];
    readonly screens: ReadonlyMap<Screen, string>;
  },
): string | number {
  const { host, origin } = request.headers;
  if (!gate.names.hosts.has((host ?? "").toLowerCase())) return 421;
  if (!gate.names.origins.has((origin ?? "").toLowerCase())) return 403;
  const path = (request.url ?? "").split("?", 1)[0] ?? "";
  if (!path.endsWith(SOCKET_PATH)) return 404;
  const page = path.slice(0, -SOCKET_PATH.length);
  const [only] = gate.terminals;
  const terminal =
    page === "" && gate.terminals.length === 1
      ? only
      : gate.terminals.find((id) => page === `/t/${id}`);
  if (terminal === undefined) return 404;
  const ofOne = [...gate.screens.values()].filter((id) => id === terminal).length;
  const full = gate.screens.size >= screenLimits.screens || ofOne >= screenLimits.screensOfOne;
  return full ? 503 : terminal;
}

function refuse(socket: Duplex, status: number): void {
  socket.on("error", () => undefined);
  socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

function portRefusal(error: unknown, host: string, port: number): Error {
  const taken = error instanceof Error && "code" in error && error.code === "EADDRINUSE";
  return new Error(
    taken
      ? `Port ${port} on ${host} is taken by another program. Stop it, or give the bridge another port.`
      : `The bridge cannot listen at ${host}:${port}: ${String(error)}.`,
    { cause: error },
  );
}

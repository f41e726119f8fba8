import type { IncomingMessage } from "node:http";
import { TLSSocket } from "node:tls";
import fastify from "fastify";
import { WebSocketServer } from "ws";
import type { TlsPair } from "../../link/certificate.ts";
import { isSameMachine } from "../../link/is-private.ts";
import { takeTlsToo } from "../../link/one-port.ts";
import { guardEveryRoute, type SeenRoute } from "../../link/route-guards.ts";
import { SOCKET_PATH } from "../../protocol/kiosk-page.ts";
import { POLL_PATH } from "../../protocol/kiosk-poll.ts";
import type { PairedScreens } from "../screens/paired-screens.ts";
import type { MadeView } from "../view/terminal-view.ts";
import {
  admitScreen,
  type Gate,
  hasRoom,
  helloIn,
  isFromOwnPage,
  refuseUpgrade,
  whoMayShow,
} from "./admit-screen.ts";
import { type AllowedNames, allowedNames } from "./hosts.ts";
import { registerKioskRoutes } from "./kiosk-routes.ts";
import { registerPairingRoutes } from "./pairing-routes.ts";
import { registerPollRoute } from "./poll-route.ts";
import { type ReaderRoutesOptions, registerReaderRoutes } from "./reader-routes.ts";
import { type IntentMessage, type IntentResult, type Screen, serveScreen } from "./screen.ts";
import { type ScreenChannel, socketChannel } from "./screen-channel.ts";
import { screenLimits } from "./screen-limits.ts";

export interface GatewayOptions {
  readonly host: string;
  /** 0 for any. */
  readonly port: number;
  /** Names by which screens on other machines reach it. */
  readonly hostNames?: readonly string[];
  /** What is shown to those that begin with TLS at the same port. */
  readonly tls?: TlsPair;
  /** The screens that may be on other machines; none when left out. */
  readonly paired?: PairedScreens;
  /** Whether a browser is on this bridge's own machine. */
  readonly isNear?: (request: IncomingMessage) => boolean;
  readonly kioskDir: string;
  readonly logoPath?: string;
  readonly terminals: () => readonly string[];
  readonly view: (terminal: string) => MadeView;
  readonly onIntent: (terminal: string, message: IntentMessage) => Promise<IntentResult>;
  readonly onCard: (terminal: string, text: string) => void;
  /** For technicians on this machine; none when left out. */
  readonly readerRoutes?: ReaderRoutesOptions;
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
  // How a screen becomes a terminal's own: the code that is typed there is all the authority.
  "GET /pairing.css",
  "POST /t/:terminal/pair",
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
    forceCloseConnections: true,
    requestTimeout: 10_000,
    routerOptions: { maxParamLength: 100 },
  });
  const routes = guardEveryRoute(app, openRoutes);
  const { hostNames = [], paired } = options;
  let names: AllowedNames = allowedNames({ host, port, hostNames });
  const near = options.isNear ?? isSameMachine;
  const mayShow = whoMayShow(paired, near);
  app.addHook("onRequest", (request, reply, done) => {
    reply.headers({
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-resource-policy": "same-origin",
    });
    const { host: asked } = request.headers;
    if (!names.isHost(asked, request.raw.socket.localAddress))
      reply.code(421).type("text/plain; charset=utf-8").send("This bridge has another name.");
    else if (!near(request.raw) && !(request.raw.socket instanceof TLSSocket))
      // What a screen shows and is asked goes over TLS beyond this machine.
      reply.redirect(`https://${asked}${request.url}`, 308);
    else done();
  });
  app.get("/healthz", (_request, reply) => {
    const { ok, sentence } = options.health();
    return reply.code(ok ? 200 : 503).send({ ok, sentence });
  });
  app.get("/metrics", (_request, reply) =>
    reply.type("text/plain; version=0.0.4; charset=utf-8").send(options.metrics()),
  );
  registerKioskRoutes(app, { ...options, mayShow });
  if (options.readerRoutes !== undefined)
    registerReaderRoutes(app, { ...options.readerRoutes, near });

  const screens = new Map<Screen, string>();
  const gate = (): Gate => ({
    names,
    terminals: terminals(),
    connected: screens.values(),
    mayShow,
  });
  const serve = (terminal: string, channel: ScreenChannel, hello?: number): void => {
    const screen: Screen = serveScreen({
      channel,
      hello,
      view: () => options.view(terminal),
      onIntent: (message) => options.onIntent(terminal, message),
      onCard: (text) => options.onCard(terminal, text),
      now: options.now,
      onEnd: (why) => {
        screens.delete(screen);
        log.info({ event: "screen-gone", terminal, why }, "a screen is gone");
      },
    });
    screens.set(screen, terminal);
    log.info({ event: "screen-came", terminal }, "a screen came");
  };
  const closeScreensOf = (terminal: string): void => {
    for (const [screen, of] of [...screens]) if (of === terminal) screen.close();
  };
  registerPollRoute(app, {
    admit: (request) => admitScreen(request, POLL_PATH, gate()),
    hasRoom: (terminal) => hasRoom(gate(), terminal),
    serve,
  });
  if (paired !== undefined)
    registerPairingRoutes(app, {
      terminals,
      screens: paired,
      isOwnOrigin: (request) => isFromOwnPage(request.raw, names),
      onPaired: closeScreensOf,
      log,
    });
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: screenLimits.messageBytes,
    perMessageDeflate: false,
    clientTracking: false,
  });
  app.server.on("upgrade", (request, socket, head) => {
    const terminal = admitScreen(request, SOCKET_PATH, gate());
    if (typeof terminal === "number") return refuseUpgrade(socket, terminal);
    if (!hasRoom(gate(), terminal)) return refuseUpgrade(socket, 503);
    sockets.handleUpgrade(request, socket, head, (opened) =>
      serve(terminal, socketChannel(opened), helloIn(request)),
    );
  });
  const secure = options.tls && takeTlsToo(app.server, options.tls);
  try {
    await app.listen({ host, port });
  } catch (error) {
    throw portRefusal(error, host, port);
  }
  const bound = app.server.address();
  const real = typeof bound === "object" && bound !== null ? bound.port : port;
  names = allowedNames({ host, port: real, hostNames });

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
      secure?.closeAllConnections();
      secure?.close();
      await app.close();
    },
  };
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

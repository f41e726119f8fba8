import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { extname, join, normalize } from "node:path";
import { type WebSocket, WebSocketServer } from "ws";
import type { TerminalView, ToBridge, ToKiosk } from "../../protocol/kiosk.ts";
import { HELLO_QUERY } from "../../protocol/kiosk-page.ts";

type Said = Extract<ToBridge, { type: "intent" }>;

/**
 * A bridge that does what the test says: real HTTP and a real WebSocket, serving the built page, with
 * no wits of its own. It answers pings, remembers the last view for whoever connects, and keeps what
 * the screen said.
 */
export type ScriptedBridge = {
  /** Address of the page of the terminal `lobby`. */
  url: string;
  /** Every intent that came, repeats included. */
  intents: Said[];
  /** What the screen's keyboard reader read. */
  cards: string[];
  hellos: number;
  /** Sends a view with the next revision, to whoever is connected and whoever will be. */
  show: (view: TerminalView) => void;
  say: (message: ToKiosk) => void;
  /** Sends a frame as it is, however wrong. */
  sayRaw: (frame: string | Uint8Array) => void;
  /** Waits for the next intent that was not yet waited for. */
  nextIntent: () => Promise<Said>;
  /** Cuts the WebSocket and refuses new ones, until `plug`. */
  unplug: () => void;
  plug: () => void;
  /** Cuts the WebSocket and begins to count its revisions anew. */
  restart: () => void;
  /** Goes deaf: no pings are answered and nothing is said, while the connections stay. */
  freeze: (isFrozen: boolean) => void;
  close: () => Promise<void>;
};

const kinds: ReadonlyMap<string, string> = new Map([
  [".html", "text/html; charset=utf-8"],
  [".js", "text/javascript"],
  [".css", "text/css"],
  [".svg", "image/svg+xml"],
  [".woff2", "font/woff2"],
]);

/** Serves the page that was built into `page`, on a free port of loopback. */
export async function scriptedBridge(page: string): Promise<ScriptedBridge> {
  const sockets = new Set<WebSocket>();
  const waiting: ((said: Said) => void)[] = [];
  const unread: Said[] = [];
  let view: TerminalView | undefined;
  let revision = 0;
  let isPlugged = true;
  let isFrozen = false;

  const http = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? "/", "http://bridge").pathname);
    const file = path.startsWith("/assets/") ? path : "index.html";
    readFile(join(page, file)).then(
      (bytes) => {
        response.setHeader("content-type", kinds.get(extname(file)) ?? "text/plain");
        response.setHeader("content-security-policy", "default-src 'self'");
        response.end(bytes);
      },
      () => response.writeHead(404).end(),
    );
  });
  const gate = new WebSocketServer({ server: http });
  const send = (socket: WebSocket, message: ToKiosk) => socket.send(JSON.stringify(message));
  const tell = (message: ToKiosk) => {
    if (!isFrozen) for (const socket of sockets) send(socket, message);
  };

  const bridge: ScriptedBridge = {
    url: "",
    intents: [],
    cards: [],
    hellos: 0,
    show: (next) => {
      view = next;
      revision += 1;
      tell({ type: "view", revision, view: next });
    },
    say: tell,
    sayRaw: (frame) => {
      for (const socket of sockets) socket.send(frame);
    },
    nextIntent: () => {
      const said = unread.shift();
      return said === undefined
        ? new Promise((resolve) => waiting.push(resolve))
        : Promise.resolve(said);
    },
    unplug: () => {
      isPlugged = false;
      for (const socket of sockets) socket.terminate();
    },
    plug: () => {
      isPlugged = true;
    },
    restart: () => {
      revision = 0;
      view = undefined;
      for (const socket of sockets) socket.terminate();
    },
    freeze: (frozen) => {
      isFrozen = frozen;
    },
    close: async () => {
      for (const socket of sockets) socket.terminate();
      await new Promise((resolve) => gate.close(resolve));
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };

  gate.on("connection", (socket, { url = "" }) => {
    if (!isPlugged) return socket.terminate();
    sockets.add(socket);
    const greeted = () => {
      bridge.hellos += 1;
      if (view !== undefined) send(socket, { type: "view", revision, view });
    };
    if (url.includes(`?${HELLO_QUERY}=`) && !isFrozen) greeted();
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => undefined);
    socket.on("message", (data) => {
      if (isFrozen) return;
      const said: ToBridge = JSON.parse(data.toString());
      if (said.type === "ping") send(socket, { type: "pong" });
      if (said.type === "hello") greeted();
      if (said.type === "card") bridge.cards.push(said.text);
      if (said.type === "intent") {
        bridge.intents.push(said);
        const waiter = waiting.shift();
        if (waiter === undefined) unread.push(said);
        else waiter(said);
      }
    });
  });
  bridge.url = await listen(http);
  return bridge;
}

async function listen(http: Server): Promise<string> {
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  const address = http.address();
  if (address === null || typeof address === "string") throw new Error("The bridge has no port.");
  return `http://127.0.0.1:${address.port}/t/lobby`;
}

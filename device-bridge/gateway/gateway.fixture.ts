import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request as httpRequest } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { WebSocket } from "ws";
import type { TerminalView, ToKiosk } from "../../protocol/kiosk.ts";
import { type Gateway, type GatewayOptions, openGateway } from "./open-gateway.ts";
import type { IntentMessage } from "./screen.ts";

const page =
  '<!doctype html><title>Guichet</title><script type="application/json" id="first-view"></script>';

/** A gateway with a small kiosk, of which a test says what it shows. */
export interface TriedGateway {
  readonly gateway: Gateway;
  shown: { view: TerminalView; key: string };
  terminals: string[];
  readonly intents: IntentMessage[];
  readonly cards: string[];
  close(): Promise<void>;
}

export const emptyView: TerminalView = {
  terminal: { id: "lobby", name: "Lobby" },
  appearance: { name: "School", languages: ["en"], currency: "EUR" },
  server: "reachable",
  reader: "ready",
  devices: [],
  identifying: false,
  refusal: null,
  session: null,
};

export async function tryGateway(
  more: Partial<Pick<GatewayOptions, "tls" | "paired" | "isNear">> = {},
): Promise<TriedGateway> {
  const outer = mkdtempSync(join(tmpdir(), "guichet-kiosk-"));
  const kioskDir = join(outer, "kiosk");
  mkdirSync(join(kioskDir, "assets"), { recursive: true });
  writeFileSync(join(kioskDir, "index.html"), page);
  writeFileSync(join(kioskDir, "assets", "main-1234.js"), "console.log(1);".repeat(100));
  writeFileSync(join(outer, "secret.txt"), "nobody's business");
  const gateway = await openGateway({
    ...more,
    host: "127.0.0.1",
    port: 0,
    kioskDir,
    terminals: () => tried.terminals,
    view: () => tried.shown,
    onCard: (terminal, text) => tried.cards.push(`${terminal} ${text}`),
    onIntent: (_terminal, message) => {
      tried.intents.push(message);
      return Promise.resolve("accepted");
    },
    metrics: () => "guichet_releases_open 0\n",
    health: () => ({ ok: true, sentence: "The bridge is well." }),
    now: () => performance.now(),
    log: { info: () => undefined, warn: () => undefined },
  });
  const tried: TriedGateway = {
    gateway,
    shown: { view: emptyView, key: "1" },
    terminals: ["lobby"],
    intents: [],
    cards: [],
    async close() {
      await gateway.close();
      rmSync(outer, { recursive: true, force: true });
    },
  };
  return tried;
}

export interface Dialled {
  socket: WebSocket;
  next: () => Promise<ToKiosk>;
  /** Resolves with the code that the bridge ends it with. */
  closed: Promise<number>;
  say: (message: unknown) => void;
}

/** Opens a WebSocket as a screen would, or as a test says. */
export function dial(
  gateway: Gateway,
  options: { path?: string; origin?: string; host?: string } = {},
): Promise<Dialled> {
  const { path = "/t/lobby/socket", origin = gateway.url, host } = options;
  const socket = new WebSocket(`ws://127.0.0.1:${gateway.port}${path}`, {
    origin,
    ...(host === undefined ? {} : { headers: { host } }),
  });
  const inbox: ToKiosk[] = [];
  const waiting: ((message: ToKiosk) => void)[] = [];
  socket.on("message", (bytes) => {
    const message: ToKiosk = JSON.parse(String(bytes));
    const hear = waiting.shift();
    if (hear === undefined) inbox.push(message);
    else hear(message);
  });
  const closed = new Promise<number>((resolve) => socket.on("close", resolve));
  return new Promise((resolve, reject) => {
    socket.on("error", reject);
    socket.on("open", () =>
      resolve({
        socket,
        closed,
        next: () => {
          const first = inbox.shift();
          return first === undefined
            ? new Promise((hear) => waiting.push(hear))
            : Promise.resolve(first);
        },
        say: (message) => socket.send(JSON.stringify(message)),
      }),
    );
  });
}

/** A request exactly as given, whatever a browser would make of it. */
export function get(
  gateway: Gateway,
  path: string,
  headers: Record<string, string> = {},
): Promise<{
  status: number;
  headers: Record<string, unknown>;
  body: string;
}> {
  return new Promise((resolve, reject) => {
    const asked = httpRequest(
      { host: "127.0.0.1", port: gateway.port, path, headers, agent: false },
      (response) => {
        let body = "";
        response.on("data", (chunk) => {
          body += chunk;
        });
        response.on("end", () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
        );
      },
    );
    asked.on("error", reject);
    asked.end();
  });
}

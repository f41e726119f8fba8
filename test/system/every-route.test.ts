import { mkdtempSync, rmSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fastify from "fastify";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startBridge } from "../../device-bridge/start-bridge.ts";
import { openCertificate } from "../../link/certificate.ts";
import { loadOrCreateKeyPair } from "../../link/keys.ts";
import { guardEveryRoute, type SeenRoute } from "../../link/route-guards.ts";
import { startProvider } from "../../print-provider/start-provider.ts";
import { startServer } from "../../server/start-server.ts";
import { closing } from "./closing.ts";

/**
 * CVE-2023-27350 and -27351: a page that should not be there any more gave a session, and a filter by
 * addresses could be walked around. Here each route has its own guard: all routes of the real roles are
 * asked by nobody in particular.
 */
type Role = { name: string; port: number; routes: readonly SeenRoute[] };
const open = closing();
const folder = mkdtempSync(join(tmpdir(), "guichet-routes-"));
const log = pino({ level: "silent" });
const roles: Role[] = [];
/** Not known, or (a screen, by where it comes from) not allowed. */
const refusals = [401, 403];

beforeAll(async () => {
  const inside = (name: string) => join(folder, name);
  const pair = await openCertificate({ folder, names: [], now: Date.now() });
  const keys = loadOrCreateKeyPair(inside("key.pem"));
  const identity = {
    credential: { body: "none", signature: "none" },
    privateKey: keys.privateKey,
    serverPublicKey: keys.publicKey,
  };
  const here = { host: "127.0.0.1", port: 0, log };
  const site = {
    appearance: { name: "A site", languages: ["en" as const], currency: "EUR" },
    policy: { idleSeconds: 60, warningSeconds: 20 },
    prices: { version: 1, standard: { grey: 1, colour: 1, twoSidedSheetDiscount: 0 }, devices: {} },
    devices: [],
    terminals: [],
    queues: [],
  };
  const server = open.add(
    await startServer({
      ...here,
      dataDir: inside("server"),
      site,
      tls: { port: 0, pair },
    }),
  );
  const joined = { ...here, serverUrl: server.url, identity };
  const provider = open.add(
    await startProvider({
      ...joined,
      id: "spool",
      dataDir: inside("provider"),
      tls: { port: 0, pair },
    }),
  );
  const bridge = open.add(
    await startBridge({
      ...joined,
      id: "corridor",
      readerPort: 0,
      dataDir: inside("bridge"),
      kioskDir: inside("kiosk"),
    }),
  );
  roles.push(
    { name: "server", ...server },
    { name: "provider", ...provider },
    { name: "bridge", ...bridge },
  );
});
afterAll(async () => {
  await open.all();
  rmSync(folder, { recursive: true, force: true });
});

test("every route but a few named ones refuses whoever does not say who they are", async () => {
  const asked: string[] = [];
  for (const { name, port, routes } of roles)
    for (const { method, url, isOpen } of routes) {
      if (isOpen || isForLoopback(url)) continue;
      for (const authorization of [undefined, "Bearer x", "Bearer undefined", "Basic OjA="]) {
        const status = await ask({ port, method, path: filled(url), authorization });
        expect(refusals, `${name}: ${method} ${url} as ${authorization}`).toContain(status);
      }
      asked.push(`${method} ${url}`);
    }
  expect(asked.length).toBeGreaterThan(20);
});

test("the routes that are open are these, and no more", () => {
  const openOf = (name: string) =>
    roles
      .find((role) => role.name === name)
      ?.routes.filter(({ method, isOpen }) => isOpen && method !== "HEAD")
      .map(({ method, url }) => `${method} ${url}`)
      .sort();
  expect(openOf("server")).toEqual([
    "GET /api/tls",
    "GET /healthz",
    "POST /api/enrol",
    "POST /api/session",
    "POST /api/session/nonce",
  ]);
  expect(openOf("provider")).toEqual([
    "GET /",
    "GET /api/tls",
    "GET /healthz",
    "GET /icons/:file",
    "GET /metrics",
    "GET /printers/:queue",
    "GET /web/:file",
    "POST /api/session",
    "POST /api/session/nonce",
  ]);
  expect(openOf("bridge")).toEqual([
    "GET /",
    "GET /*",
    "GET /healthz",
    "GET /logo",
    "GET /metrics",
    "GET /pairing.css",
    "GET /t/:terminal",
    "POST /t/:terminal/pair",
  ]);
});

test("who is not known is refused before a byte of the body is taken", async () => {
  for (const { name, port, routes } of roles)
    for (const { method, url, isOpen } of routes) {
      if (method !== "POST" || isOpen || isForLoopback(url)) continue;
      // A body of a gigabyte is announced, and never sent: the answer comes all the same.
      const status = await ask({ port, method, path: filled(url), announced: 1_000_000_000 });
      expect(refusals, `${name}: ${url}`).toContain(status);
    }
});

test("a route without a guard cannot even be registered", () => {
  const app = fastify();
  guardEveryRoute(app, ["GET /healthz"]);
  app.get("/healthz", () => "ok");
  expect(() => app.get("/setup-completed", () => "welcome, administrator")).toThrow(/GET \/setup/);
});

test("walking around a guard by the spelling of an address leads nowhere", async () => {
  const [server] = roles;
  if (server === undefined) throw new Error("no server");
  for (const path of [
    "/api/admin/people/alice/",
    "//api/admin/people/alice",
    "/api//admin/people/alice",
    "/API/admin/people/alice",
    "/healthz/../api/admin/people/alice",
    "/healthz/..;/api/admin/people/alice",
    "/healthz/%2e%2e/api/admin/people/alice",
    "/api/admin/people/alice?x=/healthz",
    "/api/admin/people/alice;/healthz",
    "/api/admin/people/alice%00/healthz",
    "/api/admin%2fpeople%2falice",
  ]) {
    const status = await ask({ port: server.port, method: "GET", path });
    expect([400, 401, 404], path).toContain(status);
  }
});

/** The web services ask for a token in the call itself, and figures name nobody: both by address. */
function isForLoopback(url: string): boolean {
  return url === "/rpc/api/xmlrpc" || url === "/metrics";
}

function filled(url: string): string {
  return url
    .replace(":login", "alice")
    .replace(/:[a-zA-Z]+/g, "aaaaaaaa-0000-4000-8000-000000000001");
}

function ask(asked: {
  port: number;
  method: string;
  path: string;
  authorization?: string | undefined;
  announced?: number;
}): Promise<number> {
  const { port, method, path, authorization, announced } = asked;
  return new Promise((resolve, reject) => {
    const call = request({
      host: "127.0.0.1",
      port,
      method,
      path,
      headers: {
        ...(authorization === undefined ? {} : { authorization }),
        ...(announced === undefined
          ? {}
          : { "content-type": "application/json", "content-length": announced }),
      },
    });
    call.on("response", (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
      call.destroy();
    });
    call.on("error", reject);
    if (announced === undefined) call.end();
    else call.flushHeaders();
  });
}

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request as httpRequest } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { PROTOCOL_VERSION, type TerminalView, type ToKiosk } from "../../protocol/kiosk.ts";
import { type Gateway, openGateway } from "./open-gateway.ts";
import type { IntentMessage, IntentResult } from "./screen.ts";
import { screenLimits } from "./screen-limits.ts";

const view: TerminalView = {
  terminal: { id: "lobby", name: "Lobby" },
  appearance: { name: "School", languages: ["en"], currency: "EUR" },
  server: "reachable",
  reader: "ready",
  devices: [],
  identifying: false,
  refusal: null,
  session: null,
};
const id = "aaaaaaaa-0000-4000-8000-000000000001";
const stay = { kind: "stay", sessionId: id } as const;
const hello = { type: "hello", protocol: PROTOCOL_VERSION };

let outer: string;
let gateway: Gateway;
let shown: { view: TerminalView; key: string };
let intents: IntentMessage[];
let terminals: string[];
let result: () => Promise<IntentResult>;

beforeEach(async () => {
  outer = mkdtempSync(join(tmpdir(), "guichet-kiosk-"));
  const folder = join(outer, "kiosk");
  mkdirSync(folder);
  mkdirSync(join(folder, "assets"));
  writeFileSync(join(folder, "index.html"), "<!doctype html><title>Guichet</title>");
  writeFileSync(join(folder, "assets", "main-1234.js"), "console.log(1);".repeat(100));
  writeFileSync(join(folder, "..", "secret.txt"), "nobody's business");
  shown = { view, key: "1" };
  intents = [];
  terminals = ["lobby"];
  result = () => Promise.resolve("accepted");
  gateway = await openGateway({
    host: "127.0.0.1",
    port: 0,
    kioskDir: folder,
    terminals: () => terminals,
    view: () => shown,
    onIntent: (_terminal, message) => {
      intents.push(message);
      return result();
    },
    metrics: () => "guichet_releases_open 0\n",
    health: () => ({ ok: true, sentence: "The bridge is well." }),
    now: () => performance.now(),
    log: { info: () => undefined, warn: () => undefined },
  });
});
afterEach(async () => {
  await gateway.close();
  rmSync(outer, { recursive: true, force: true });
});

interface Dialled {
  socket: WebSocket;
  next: () => Promise<ToKiosk>;
  /** Resolves with the code that the bridge ends it with. */
  closed: Promise<number>;
  say: (message: unknown) => void;
}

function dial(options: { path?: string; origin?: string; host?: string } = {}): Promise<Dialled> {
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
function get(
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

describe("the page", () => {
  it("is served for each terminal, and at / while there is one", async () => {
    for (const path of ["/", "/t/lobby"]) {
      const page = await get(path);
      expect([page.status, page.body]).toEqual([200, expect.stringContaining("Guichet")]);
      expect(page.headers["cache-control"]).toBe("no-cache");
      const policy = String(page.headers["content-security-policy"]);
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toContain("unsafe");
    }
    expect((await get("/t/attic")).status).toBe(404);
    terminals = ["lobby", "library"];
    expect((await get("/")).status).toBe(404);
    expect((await get("/t/library")).status).toBe(200);
  });

  it("has files that may be kept for ever, smaller where the screen takes them so", async () => {
    const file = await get("/assets/main-1234.js", { "accept-encoding": "gzip" });
    expect(file.headers).toMatchObject({
      "content-encoding": "gzip",
      "cache-control": "public, max-age=31536000, immutable",
    });
    const etag = String(file.headers.etag);
    expect((await get("/assets/main-1234.js", { "if-none-match": etag })).status).toBe(304);
  });

  it.each(["/../secret.txt", "/%2e%2e/secret.txt", "/assets/..%2f..%2fsecret.txt", "//etc/passwd"])(
    "gives nothing else of the disk: %s",
    async (path) => {
      const answer = await get(path);
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.body).not.toContain("business");
    },
  );

  it("is not served under a foreign name", async () => {
    for (const host of ["evil.example", `evil.example:${gateway.port}`, "127.0.0.1:1"])
      expect((await get("/", { host })).status).toBe(421);
    expect((await get("/", { host: `localhost:${gateway.port}` })).status).toBe(200);
  });

  it("comes with health and metrics", async () => {
    expect((await get("/healthz")).body).toContain("The bridge is well.");
    expect((await get("/metrics")).body).toContain("guichet_releases_open 0");
  });
});

describe("a screen", () => {
  it("is given the whole view when it says hello, and again when something changed", async () => {
    const screen = await dial();
    screen.say(hello);
    expect(await screen.next()).toEqual({ type: "view", revision: 1, view });
    gateway.refresh("lobby");
    shown = { view: { ...view, identifying: true }, key: "2" };
    gateway.refresh("lobby");
    expect(await screen.next()).toMatchObject({ revision: 2, view: { identifying: true } });
    screen.say({ type: "ping" });
    expect(await screen.next()).toEqual({ type: "pong" });
  });

  it("has its intents answered, each under its id", async () => {
    const screen = await dial({ path: "/socket" });
    screen.say(hello);
    await screen.next();
    screen.say({ type: "intent", id, intent: stay });
    expect(await screen.next()).toEqual({ type: "answer", id, result: "accepted" });
    expect(intents).toHaveLength(1);
  });

  it("of another build is told to load itself anew", async () => {
    const screen = await dial();
    screen.say({ type: "hello", protocol: PROTOCOL_VERSION + 1 });
    expect(await screen.next()).toEqual({ type: "reload" });
  });

  it("is only given the newest view when it was slow to take the last ones", async () => {
    const screen = await dial();
    const wide = "x".repeat(400);
    const documents = Array.from({ length: 400 }, () => ({
      jobId: id,
      title: wide,
      submittedAt: "2026-01-01T00:00:00.000Z",
      state: "ready" as const,
    }));
    const session = {
      sessionId: id,
      displayName: "",
      balance: 0,
      available: 0,
      documents,
      releases: [],
      charges: [],
      logOutInMs: 0,
      warning: false,
    };
    screen.say(hello);
    await screen.next();
    screen.socket.pause();
    for (let change = 1; change <= 2_000; change += 1) {
      shown = { view: { ...view, session: { ...session, balance: change } }, key: `s${change}` };
      gateway.refresh("lobby");
    }
    screen.socket.resume();
    let views = 0;
    let balance = 0;
    while (balance < 2_000) {
      const message = await screen.next();
      if (message.type !== "view") continue;
      views += 1;
      balance = message.view.session?.balance ?? 0;
    }
    expect(views).toBeLessThan(200);
  });
});

describe("whoever is no screen", () => {
  it.each([
    ["from a page of a foreign site", { origin: "http://evil.example" }],
    ["without an origin at all", { origin: "" }],
    ["under a foreign name", { host: "evil.example" }],
    ["at a terminal that there is not", { path: "/t/attic/socket" }],
    ["at another address", { path: "/t/lobby" }],
  ])("is not let in %s", async (_name, options) => {
    await expect(dial(options)).rejects.toThrow(/Unexpected server response|hang up/);
  });

  it.each([
    ["no JSON", "{"],
    ["what no kiosk says", JSON.stringify({ type: "open-sesame" })],
    ["a field too many", JSON.stringify({ ...hello, also: 1 })],
    ["an intent before hello", JSON.stringify({ type: "intent", id, intent: stay })],
    ["an id that is none", JSON.stringify({ type: "intent", id: "../1", intent: stay })],
  ])("is cut off for %s", async (_name, text) => {
    const screen = await dial();
    screen.socket.send(text);
    expect(await screen.closed).toBe(1008);
    expect(intents).toEqual([]);
  });

  it("is cut off for a message that is too long, for bytes, and for too many messages", async () => {
    const long = await dial();
    long.socket.send("x".repeat(screenLimits.messageBytes + 1));
    expect(await long.closed).toBe(1009);
    const binary = await dial();
    binary.socket.send(Buffer.from([1, 2, 3]));
    expect(await binary.closed).toBe(1008);
    const flood = await dial();
    flood.say(hello);
    for (let times = 0; times < 500; times += 1) flood.say({ type: "ping" });
    expect(await flood.closed).toBe(1008);
  });

  it("cannot take all the places of a terminal but its own", async () => {
    const all: Dialled[] = [];
    for (let times = 0; times < screenLimits.screensOfOne; times += 1) all.push(await dial());
    await expect(dial()).rejects.toThrow(/503/);
    terminals = ["lobby", "library"];
    const other = await dial({ path: "/t/library/socket" });
    other.say(hello);
    expect((await other.next()).type).toBe("view");
  });

  it("is let go with the terminal that it was at", async () => {
    const screen = await dial();
    screen.say(hello);
    await screen.next();
    terminals = [];
    gateway.refresh();
    expect(await screen.closed).toBe(1008);
  });
});

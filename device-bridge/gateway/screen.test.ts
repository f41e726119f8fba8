import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { PROTOCOL_VERSION } from "../../protocol/kiosk-page.ts";
import { type Dialled, dial, emptyView, type TriedGateway, tryGateway } from "./gateway.fixture.ts";
import { screenLimits } from "./screen-limits.ts";

const id = "aaaaaaaa-0000-4000-8000-000000000001";
const stay = { kind: "stay", sessionId: id } as const;
const hello = { type: "hello", protocol: PROTOCOL_VERSION };

let tried: TriedGateway;
beforeEach(async () => {
  tried = await tryGateway();
});
afterEach(() => tried.close());

describe("a screen", () => {
  it("is given the whole view when it says hello, and again when something changed", async () => {
    const screen = await dial(tried.gateway);
    screen.say(hello);
    expect(await screen.next()).toEqual({ type: "view", revision: 1, view: emptyView });
    tried.gateway.refresh("lobby");
    tried.shown = { view: { ...emptyView, identifying: true }, key: "2" };
    tried.gateway.refresh("lobby");
    expect(await screen.next()).toMatchObject({ revision: 2, view: { identifying: true } });
    screen.say({ type: "ping" });
    expect(await screen.next()).toEqual({ type: "pong" });
  });

  it("has its intents answered, each under its id", async () => {
    const screen = await dial(tried.gateway, { path: "/socket" });
    screen.say(hello);
    await screen.next();
    screen.say({ type: "intent", id, intent: stay });
    expect(await screen.next()).toEqual({ type: "answer", id, result: "accepted" });
    expect(tried.intents).toHaveLength(1);
  });

  it("of another build is told to load itself anew", async () => {
    const screen = await dial(tried.gateway);
    screen.say({ type: "hello", protocol: PROTOCOL_VERSION + 1 });
    expect(await screen.next()).toEqual({ type: "reload" });
  });

  it("is only given the newest view when it was slow to take the last ones", async () => {
    const screen = await dial(tried.gateway);
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
      tried.shown = {
        view: { ...emptyView, session: { ...session, balance: change } },
        key: `s${change}`,
      };
      tried.gateway.refresh("lobby");
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

describe("a reader at the machine of a screen", () => {
  it("is told of by its own screen, once that has said hello", async () => {
    const screen = await dial(tried.gateway);
    screen.say(hello);
    await screen.next();
    screen.say({ type: "card", text: "66cf4dc2" });
    screen.say({ type: "ping" });
    await screen.next();
    expect(tried.cards).toEqual(["lobby 66cf4dc2"]);
    const silent = await dial(tried.gateway);
    silent.say({ type: "card", text: "946ebd28" });
    await silent.closed;
    expect(tried.cards).toHaveLength(1);
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
    await expect(dial(tried.gateway, options)).rejects.toThrow(
      /Unexpected server response|hang up/,
    );
  });

  it.each([
    ["no JSON", "{"],
    ["what no kiosk says", JSON.stringify({ type: "open-sesame" })],
    ["a field too many", JSON.stringify({ ...hello, also: 1 })],
    ["an intent before hello", JSON.stringify({ type: "intent", id, intent: stay })],
    ["an id that is none", JSON.stringify({ type: "intent", id: "../1", intent: stay })],
  ])("is cut off for %s", async (_name, text) => {
    const screen = await dial(tried.gateway);
    screen.socket.send(text);
    expect(await screen.closed).toBe(1008);
    expect(tried.intents).toEqual([]);
  });

  it("is cut off for a message that is too long, for bytes, and for too many messages", async () => {
    const long = await dial(tried.gateway);
    long.socket.send("x".repeat(screenLimits.messageBytes + 1));
    expect(await long.closed).toBe(1009);
    const binary = await dial(tried.gateway);
    binary.socket.send(Buffer.from([1, 2, 3]));
    expect(await binary.closed).toBe(1008);
    const flood = await dial(tried.gateway);
    flood.say(hello);
    for (let times = 0; times < 500; times += 1) flood.say({ type: "ping" });
    expect(await flood.closed).toBe(1008);
  });

  it("is given the view at once when its address says hello, and is sent to load anew when that is of another build", async () => {
    const screen = await dial(tried.gateway, { path: `/t/lobby/socket?hello=${PROTOCOL_VERSION}` });
    expect((await screen.next()).type).toBe("view");
    const other = await dial(tried.gateway, {
      path: `/t/lobby/socket?hello=${PROTOCOL_VERSION + 1}`,
    });
    expect((await other.next()).type).toBe("reload");
    const odd = await dial(tried.gateway, { path: "/t/lobby/socket?hello=%00" });
    odd.say(hello);
    expect((await odd.next()).type).toBe("view");
  });

  it("cannot take all the places of a terminal but its own", async () => {
    const all: Dialled[] = [];
    for (let times = 0; times < screenLimits.screensOfOne; times += 1)
      all.push(await dial(tried.gateway));
    await expect(dial(tried.gateway)).rejects.toThrow(/503/);
    tried.terminals = ["lobby", "library"];
    const other = await dial(tried.gateway, { path: "/t/library/socket" });
    other.say(hello);
    expect((await other.next()).type).toBe("view");
  });

  it("is let go with the terminal that it was at", async () => {
    const screen = await dial(tried.gateway);
    screen.say(hello);
    await screen.next();
    tried.terminals = [];
    tried.gateway.refresh();
    expect(await screen.closed).toBe(1008);
  });
});

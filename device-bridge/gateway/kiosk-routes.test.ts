import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { SessionView } from "../../protocol/kiosk.ts";
import { emptyView, get, type TriedGateway, tryGateway } from "./gateway.fixture.ts";

const aliceIsHere: SessionView = {
  sessionId: "00000000-0000-4000-8000-000000000001",
  displayName: "Alice",
  balance: 100_000,
  available: 100_000,
  documents: [],
  releases: [],
  logOutInMs: 60_000,
  warning: false,
};

let tried: TriedGateway;
beforeEach(async () => {
  tried = await tryGateway();
});
afterEach(() => tried.close());

describe("the page", () => {
  it("is served for each terminal, and at / while there is one", async () => {
    for (const path of ["/", "/t/lobby"]) {
      const page = await get(tried.gateway, path);
      expect([page.status, page.body]).toEqual([200, expect.stringContaining("Guichet")]);
      expect(page.headers["cache-control"]).toBe("no-store");
      const policy = String(page.headers["content-security-policy"]);
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toContain("unsafe");
    }
    expect((await get(tried.gateway, "/t/attic")).status).toBe(404);
    tried.terminals = ["lobby", "library"];
    expect((await get(tried.gateway, "/")).status).toBe(404);
    expect((await get(tried.gateway, "/t/library")).status).toBe(200);
  });

  it("says what there is to see before the WebSocket can, to nobody's cost", async () => {
    const name = "</script><!--<script>alert(1)";
    tried.shown = { view: { ...emptyView, terminal: { id: "lobby", name } }, key: "2" };
    const page = await get(tried.gateway, "/t/lobby");
    const inside = /<script type="application\/json" id="first-view">([^<]*)<\/script>/.exec(
      page.body,
    );
    const message: unknown = JSON.parse(inside?.[1] ?? "");
    expect(message).toEqual({ type: "view", revision: 0, view: tried.shown.view });
    expect(page.body.match(/<script/g)).toHaveLength(1);
  });

  it("never holds anything of a person", async () => {
    tried.shown = { view: { ...emptyView, session: aliceIsHere }, key: "3" };
    const page = await get(tried.gateway, "/t/lobby");
    expect(page.body).not.toContain("Alice");
    expect(page.body).toContain('id="first-view"></script>');
  });

  it("has files that may be kept for ever, smaller where the screen takes them so", async () => {
    const file = await get(tried.gateway, "/assets/main-1234.js", { "accept-encoding": "gzip" });
    expect(file.headers).toMatchObject({
      "content-encoding": "gzip",
      "cache-control": "public, max-age=31536000, immutable",
    });
    const etag = String(file.headers.etag);
    expect(
      (await get(tried.gateway, "/assets/main-1234.js", { "if-none-match": etag })).status,
    ).toBe(304);
  });

  it.each(["/../secret.txt", "/%2e%2e/secret.txt", "/assets/..%2f..%2fsecret.txt", "//etc/passwd"])(
    "gives nothing else of the disk: %s",
    async (path) => {
      const answer = await get(tried.gateway, path);
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.body).not.toContain("business");
    },
  );

  it("is not served under a foreign name", async () => {
    for (const host of ["evil.example", `evil.example:${tried.gateway.port}`, "127.0.0.1:1"])
      expect((await get(tried.gateway, "/", { host })).status).toBe(421);
    expect(
      (await get(tried.gateway, "/", { host: `localhost:${tried.gateway.port}` })).status,
    ).toBe(200);
  });

  it("comes with health and metrics", async () => {
    expect((await get(tried.gateway, "/healthz")).body).toContain("The bridge is well.");
    expect((await get(tried.gateway, "/metrics")).body).toContain("guichet_releases_open 0");
  });
});

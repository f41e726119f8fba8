import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { get, type TriedGateway, tryGateway } from "./gateway.fixture.ts";

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
      expect(page.headers["cache-control"]).toBe("no-cache");
      const policy = String(page.headers["content-security-policy"]);
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toContain("unsafe");
    }
    expect((await get(tried.gateway, "/t/attic")).status).toBe(404);
    tried.terminals = ["lobby", "library"];
    expect((await get(tried.gateway, "/")).status).toBe(404);
    expect((await get(tried.gateway, "/t/library")).status).toBe(200);
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

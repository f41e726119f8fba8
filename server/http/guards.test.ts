import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fastify from "fastify";
import { describe, expect, it } from "vitest";
import { isToken, readOrMakeToken } from "../../storage/token-file.ts";
import { createFailureBound } from "../failure-bound.ts";
import { createMetrics } from "../metrics/metrics.ts";
import { fromAddresses } from "./address-guard.ts";
import { isHostAllowed } from "./host-guard.ts";

describe("the name by which a server is called", () => {
  it.each([
    ["localhost:9191", true],
    ["127.0.0.1", true],
    ["[::1]:9191", true],
    ["Guichet.library.test:9191", true],
    ["guichet.library.test.evil.test", false],
    ["127.0.0.1.evil.test:9191", false],
    ["localhost:9191:9191", false],
    [undefined, false],
    ["", false],
  ])("%s is taken: %s", (host, allowed) => {
    expect(isHostAllowed(host, ["guichet.library.test"])).toBe(allowed);
  });
});

describe("the address from which a route is asked", () => {
  const ask = async (from: string, allowed: readonly string[]): Promise<number> => {
    const app = fastify();
    app.get("/", { preHandler: fromAddresses(allowed) }, () => "in");
    const { statusCode } = await app.inject({ url: "/", remoteAddress: from });
    await app.close();
    return statusCode;
  };

  it("is loopback, or one that was allowed", async () => {
    expect(await ask("127.0.0.1", [])).toBe(200);
    expect(await ask("::1", [])).toBe(200);
    expect(await ask("::ffff:127.0.0.1", [])).toBe(200);
    expect(await ask("192.0.2.7", [])).toBe(403);
    expect(await ask("192.0.2.7", ["192.0.2.7"])).toBe(200);
    expect(await ask("::ffff:192.0.2.9", ["192.0.2.0/24"])).toBe(200);
    expect(await ask("2001:db8::5", ["2001:db8::/32"])).toBe(200);
    expect(await ask("198.51.100.1", ["192.0.2.0/24"])).toBe(403);
  });

  it("that is none is a mistake that is said at the start", () => {
    for (const wrong of ["library", "192.0.2.0/33", "192.0.2.0/x", "192.0.2"])
      expect(() => fromAddresses([wrong]), wrong).toThrow(/is not an address/);
  });
});

describe("who fails too often", () => {
  it("waits, and may try again after a while, without hindering others", () => {
    let now = 0;
    const bound = createFailureBound({ burst: 3, everyMs: 1_000, now: () => now });
    for (let n = 0; n < 3; n += 1) {
      expect(bound.mustWait("one")).toBe(false);
      bound.failed("one");
    }
    expect(bound.mustWait("one")).toBe(true);
    expect(bound.mustWait("two")).toBe(false);
    now = 1_000;
    expect(bound.mustWait("one")).toBe(false);
    bound.failed("one");
    expect(bound.mustWait("one")).toBe(true);
  });
});

describe("a token's file", () => {
  it("is made once, for its owner only, and refused when others can read it or it is damaged", () => {
    const folder = mkdtempSync(join(tmpdir(), "guichet-token-"));
    const path = join(folder, "admin-token");
    const token = readOrMakeToken(path);
    expect(readOrMakeToken(path)).toBe(token);
    expect(readFileSync(path, "utf8")).toBe(`${token}\n`);
    expect(isToken(token, token)).toBe(true);
    expect(isToken(token, `${token} `)).toBe(false);
    chmodSync(path, 0o644);
    expect(() => readOrMakeToken(path)).toThrow(/other accounts/);
    chmodSync(path, 0o600);
    writeFileSync(path, "\n");
    expect(() => readOrMakeToken(path)).toThrow(/holds no token/);
    rmSync(folder, { recursive: true });
  });
});

describe("the figures", () => {
  it("write a label with quotes and line feeds so that it stays one label", () => {
    const metrics = createMetrics(() => 0);
    metrics.count("guichet_test_total", { why: 'a "b"\nc\\' });
    expect(metrics.text([])).toContain('guichet_test_total{why="a \\"b\\"\\nc\\\\"} 1\n');
    metrics.close();
  });

  it("do not grow without end, whatever is asked for", () => {
    const metrics = createMetrics(() => 0);
    for (let n = 0; n < 2_000; n += 1) {
      metrics.count("guichet_test_total", { n: String(n) });
      metrics.timed({ route: `/${n}`, method: "GET", status: 200, seconds: 0.1 });
      metrics.heard(`bridge-${n}`);
    }
    expect(metrics.text([]).split("\n").length).toBeLessThan(500 * 16);
    metrics.close();
  });
});

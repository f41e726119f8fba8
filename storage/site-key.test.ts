import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SealBroken } from "./seal-broken.ts";
import { openSiteKey, purposeKey } from "./site-key.ts";
import { newKey, unwrapKey, wrapKey } from "./wrapped-key.ts";

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "guichet-key-"));
  path = join(folder, "keys", "site.key");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("the site key", () => {
  it("is made once, for its owner only, and is the same ever after", () => {
    const made = openSiteKey({ path, mayCreate: true });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(openSiteKey({ path, mayCreate: true }).equals(made)).toBe(true);
    expect(openSiteKey({ path, mayCreate: false }).equals(made)).toBe(true);
    expect(readdirSync(join(folder, "keys"))).toEqual(["site.key"]);
  });

  it("is never replaced silently: a lost, damaged or exposed file is said", () => {
    expect(() => openSiteKey({ path, mayCreate: false })).toThrow(/missing/);
    openSiteKey({ path, mayCreate: true });
    chmodSync(path, 0o640);
    expect(() => openSiteKey({ path, mayCreate: true })).toThrow(/other accounts/);
    chmodSync(path, 0o600);
    writeFileSync(path, "guichet-site-key-1 c2hvcnQ\n");
    expect(() => openSiteKey({ path, mayCreate: true })).toThrow(/damaged/);
  });

  it("gives each purpose a key of its own", () => {
    const site = newKey();
    expect(purposeKey(site, "spool").equals(purposeKey(site, "spool"))).toBe(true);
    expect(purposeKey(site, "spool").equals(purposeKey(site, "cards"))).toBe(false);
    expect(purposeKey(site, "spool").equals(purposeKey(newKey(), "spool"))).toBe(false);
  });
});

describe("a wrapped key", () => {
  const wrappingKey = newKey();
  const key = newKey();

  it("opens with the key and the context that it was wrapped with", () => {
    const wrapped = wrapKey({ wrappingKey, key, context: "job 7" });
    expect(unwrapKey({ wrappingKey, wrapped, context: "job 7" }).equals(key)).toBe(true);
    expect(wrapped.includes(key.export())).toBe(false);
  });

  it("opens with nothing else", () => {
    const wrapped = wrapKey({ wrappingKey, key, context: "job 7" });
    const unwrap = (options: { wrapped?: Buffer; context?: string; wrappingKey?: typeof key }) =>
      unwrapKey({ wrappingKey, wrapped, context: "job 7", ...options });
    expect(() => unwrap({ context: "job 8" })).toThrow(SealBroken);
    expect(() => unwrap({ wrappingKey: newKey() })).toThrow(SealBroken);
    expect(() => unwrap({ wrapped: wrapped.subarray(0, 60) })).toThrow(SealBroken);
    for (const [at, byte] of wrapped.entries()) {
      const changed = Buffer.from(wrapped);
      changed[at] = byte ^ 1;
      expect(() => unwrap({ wrapped: changed })).toThrow(SealBroken);
    }
  });
});

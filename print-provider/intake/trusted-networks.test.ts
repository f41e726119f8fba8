import { describe, expect, it } from "vitest";
import { loopbackNetworks, trustedNetworks } from "./trusted-networks.ts";

describe("trusted networks", () => {
  it.each([
    ["127.0.0.1", true],
    ["127.9.9.9", true],
    ["::1", true],
    ["::ffff:127.0.0.1", true],
    ["192.0.2.7", false],
    ["::ffff:192.0.2.7", false],
    ["", false],
    ["localhost", false],
  ])("of this machine hold %j: %j", (address, trusted) => {
    expect(trustedNetworks(loopbackNetworks)(address)).toBe(trusted);
  });

  it("are networks or single addresses, and nothing else", () => {
    const isTrusted = trustedNetworks(["10.1.0.0/16", "2001:db8::7"]);
    expect([isTrusted("10.1.255.1"), isTrusted("10.2.0.1")]).toEqual([true, false]);
    expect([isTrusted("2001:db8::7"), isTrusted("2001:db8::8")]).toEqual([true, false]);
    for (const wrong of ["school", "10.1.0.0/33", "10.1.0.0/-1", "10.1.0.0/8/8", "10.1.0.0/x"])
      expect(() => trustedNetworks([wrong])).toThrow("is not a network");
  });
});

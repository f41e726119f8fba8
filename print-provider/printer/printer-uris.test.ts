import { describe, expect, it } from "vitest";
import { pathOfUri, readAuthority, readPath } from "./printer-uris.ts";
import { printerUuid } from "./printer-uuid.ts";
import { upTime } from "./up-time.ts";

describe("the host that a client used", () => {
  it.each([
    ["Printing.School.example:9163", "printing.school.example:9163"],
    ["localhost", "localhost:80"],
    ["192.0.2.1:631", "192.0.2.1:631"],
    ["[2001:db8::1]:9163", "[2001:db8::1]:9163"],
    [undefined, undefined],
    ["", undefined],
    ["a b", undefined],
    ["a/b", undefined],
    ["a@b", undefined],
    ["a:0", undefined],
    ["a:70000", undefined],
    ["[::zz]", undefined],
    ["a".repeat(300), undefined],
  ])("%j goes into addresses as %j", (host, authority) => {
    expect(readAuthority(host)).toBe(authority);
  });
});

describe("the address of a request", () => {
  it.each([
    ["ipp://host:9163/printers/find-me", { kind: "queue", queue: "find-me" }],
    ["ipps://host/printers/find-me/12", { kind: "queue", queue: "find-me", jobNumber: 12 }],
    ["http://host/ipp/print", { kind: "only-queue" }],
    ["ipp://host/printers/../etc", undefined],
    ["ipp://host/printers/UPPER", undefined],
    ["ipp://host/printers/find-me/0", undefined],
    ["file:///printers/find-me", undefined],
    ["not an address", undefined],
  ])("%s is %j", (uri, target) => {
    const path = pathOfUri(uri);
    expect(path === undefined ? undefined : readPath(path)).toEqual(target);
  });
});

describe("what clients know a queue by", () => {
  it("is a UUID made from its name", () => {
    const provider = "11111111-1111-4111-8111-111111111111";
    const one = printerUuid(provider, "find-me");
    expect(one).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(printerUuid(provider, "find-me")).toBe(one);
    expect(printerUuid(provider, "direct")).not.toBe(one);
  });

  it("counts its seconds from 1 and never backwards below that", () => {
    expect(upTime(1000, 1000)).toBe(1);
    expect(upTime(1000, 61_000)).toBe(61);
    expect(upTime(1000, 0)).toBe(1);
  });
});

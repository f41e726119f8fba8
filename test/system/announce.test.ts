import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { whyNoLocalNetwork } from "../labs/local-network.ts";
import { runProgram } from "../labs/program.ts";

const left = whyNoLocalNetwork();
if (left !== undefined) console.log(`Left out: queues announced by DNS-SD, since ${left}.`);

interface Seen {
  readonly ports: { plain: number; tls: number };
  readonly services: Record<"universal" | "print" | "secure", string[]>;
  readonly attributes: Record<string, string>;
  readonly formats: string[];
}

describe.runIf(left === undefined)("a queue that is announced", () => {
  test("is found by ippfind with what it tells of itself, and the others are not", async () => {
    const program = fileURLToPath(new URL("../labs/announced-provider.ts", import.meta.url));
    const said = await runProgram("/usr/bin/unshare", ["-n", process.execPath, program]);
    const line = said.split("\n").find((one) => one.startsWith("{"));
    const { ports, services, attributes, formats } = JSON.parse(line ?? "{}") as Seen;
    expect(services.print).toEqual(services.universal);
    const [found = "", ...others] = services.universal;
    expect(others).toEqual([]);
    const [name, uri, adminUrl, uuid, pdl, urf, colour, tls] = found.split("|");
    expect(name).toBe("Find me @ School");
    expect(name).toBe(attributes["printer-dns-sd-name"]);
    expect(uri).toBe(`ipp://print-lab-find-me.local:${ports.plain}/printers/find-me`);
    expect(adminUrl).toBe(attributes["printer-more-info"]);
    expect(`urn:uuid:${uuid}`).toBe(attributes["printer-uuid"]);
    expect(pdl?.split(",")).toEqual(formats);
    expect(pdl).toContain("image/pwg-raster");
    expect(urf).toContain("SRGB24");
    expect([colour, tls]).toEqual(["T", "1.2"]);
    expect(services.secure.map((one) => one.split("|")[1])).toEqual([
      `ipps://print-lab-find-me-tls.local:${ports.tls}/printers/find-me`,
    ]);
  });
});

import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Link } from "../link/client.ts";
import { LinkUnreachable } from "../link/errors.ts";
import { ClaimFinishReply, ClaimReply, DirectJobs } from "../protocol/bridge-provider.ts";
import { makeJpeg } from "../test/documents/make-jpeg.ts";
import {
  closing,
  linkForTest,
  pdfOf,
  startProviderForTest,
  startServerForTest,
} from "./provider.fixture.ts";
import type { RunningProvider } from "./start-provider.ts";

interface Answer {
  readonly statusCode: string;
  readonly "job-attributes-tag": Record<string, unknown>;
  readonly "printer-attributes-tag": Record<string, unknown>;
}

/** The package has no types of its own; this is what is used of it. */
const ipp: {
  Printer(url: string): {
    execute(
      name: string,
      message: object,
      done: (error: Error | null, answer: Answer) => void,
    ): void;
  };
} = createRequire(import.meta.url)("ipp");

const close = closing();
let provider: RunningProvider;
const ended = new AbortController();
beforeAll(async () => {
  const server = await startServerForTest(close);
  provider = await startProviderForTest(close, server);
  const bridge = linkForTest(close, { server, provider });
  const printing = printAll(bridge);
  close.add(() => {
    ended.abort();
    return printing;
  });
});
afterAll(() => close.all());

/** A bridge whose device prints at once. */
async function printAll(bridge: Link): Promise<void> {
  while (!ended.signal.aborted) {
    try {
      const { signal } = ended;
      const { jobs } = await bridge.get("/api/direct", DirectJobs, { timeoutMs: 40_000, signal });
      for (const { jobId, owner, device } of jobs) {
        const release = { jobId, releaseId: randomUUID(), attempt: 1 };
        const claim = { ...release, device, owner };
        const claimed = await bridge.post("/api/claims", claim, ClaimReply);
        if (claimed.kind === "refused") continue;
        const finish = { ...release, fence: claimed.fence, outcome: "printed" };
        await bridge.post("/api/claims/finish", finish, ClaimFinishReply);
      }
    } catch (error) {
      if (!(error instanceof LinkUnreachable)) throw error;
    }
  }
}

describe("a client that was written by others", () => {
  const document = pdfOf(["grey", "colour"]);

  it("prints, sees its job and cancels it (ipp of the registry)", async () => {
    const printer = ipp.Printer(`http://localhost:${provider.port}/printers/find-me`);
    const execute = (name: string, message: object): Promise<Answer> =>
      new Promise((resolve, reject) => {
        printer.execute(name, message, (error, answer) =>
          error === null ? resolve(answer) : reject(error),
        );
      });
    const who = { "requesting-user-name": "alice" };
    const printed = await execute("Print-Job", {
      "operation-attributes-tag": {
        ...who,
        "job-name": "Letter",
        "document-format": "application/pdf",
      },
      "job-attributes-tag": { copies: 2 },
      data: document,
    });
    expect(printed.statusCode).toBe("successful-ok");
    const id = printed["job-attributes-tag"]["job-id"];
    const about = { "operation-attributes-tag": { ...who, "job-id": id } };
    const seen = await execute("Get-Job-Attributes", about);
    expect(seen["job-attributes-tag"]).toMatchObject({ "job-name": "Letter", copies: 2 });
    expect((await execute("Cancel-Job", about)).statusCode).toBe("successful-ok");
    const after = await execute("Get-Job-Attributes", about);
    expect(after["job-attributes-tag"]["job-state"]).toBe("canceled");
    const attributes = await execute("Get-Printer-Attributes", { "operation-attributes-tag": who });
    expect(attributes["printer-attributes-tag"]).toMatchObject({ "printer-name": "find-me" });
  });

  const suites = "/usr/share/cups/ipptool";
  const hasIpptool = existsSync("/usr/bin/ipptool") && existsSync(`${suites}/ipp-2.0.test`);
  if (!hasIpptool) console.log("Left out: the suites of ipptool, which is not installed.");

  describe.runIf(hasIpptool)("ipptool of CUPS", () => {
    const folder = mkdtempSync(join(tmpdir(), "guichet-ipptool-"));
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    it.each([
      ["1.1", 36],
      ["2.0", 37],
    ] as const)(
      "finds nothing wrong with IPP/%s on a direct queue",
      async (version, passes) => {
        const names = ["document-a4.pdf", "document-letter.pdf"];
        for (const name of names) writeFileSync(join(folder, name), document);
        // Named by the suite, and sent only to printers that take such formats.
        for (const name of ["document-a4.ps", "document-letter.ps"])
          writeFileSync(join(folder, name), "");
        const photo = makeJpeg({ paint: (x) => (x === 1 ? [200, 20, 20] : [99, 99, 99]) });
        writeFileSync(join(folder, "color.jpg"), photo);
        writeFileSync(join(folder, "gray.jpg"), makeJpeg({ paint: () => [99], components: 1 }));
        const printer = `ipp://localhost:${provider.port}/printers/direct`;
        const suite = `${suites}/ipp-${version}.test`;
        const file = join(folder, "document-letter.pdf");
        const args = ["-I", "-R", "-t", "-V", version, "-f", file, printer, suite];
        const { stdout } = await promisify(execFile)("/usr/bin/ipptool", args, { cwd: folder });
        const count = (result: string) => stdout.split(`[${result}]`).length - 1;
        expect(stdout.split("\n").filter((line) => line.includes("[FAIL]"))).toEqual([]);
        expect(count("PASS")).toBeGreaterThanOrEqual(passes);
      },
      120_000,
    );
  });
});

import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { attribute, mimeMediaType } from "../../ipp/build.ts";
import { operation } from "../../ipp/operations.ts";
import { groupOf, stringsOf } from "../../ipp/read.ts";
import { statusName } from "../../ipp/status.ts";
import { groupTag } from "../../ipp/tags.ts";
import { UploadRefused } from "../intake/upload-trouble.ts";
import {
  ask,
  closing,
  type ServerForTest,
  startProviderForTest,
  startServerForTest,
} from "../provider.fixture.ts";
import type { RunningProvider } from "../start-provider.ts";
import { findConfinement } from "./confine.ts";
import { findPostScript, type PostScriptToPdf } from "./postscript-to-pdf.ts";

const ready = existsSync("/usr/bin/gs") && (await findConfinement()) !== undefined;
if (!ready)
  console.log("Left out: PostScript, since Ghostscript is not there or cannot be kept from files.");

const tight = { durationMs: 4_000, cpuSeconds: 2, memoryBytes: 512 * 1024 ** 2, outputBytes: 1e8 };
const twoPages =
  "%!PS-Adobe-3.0\n0 setgray 72 72 99 99 rectfill showpage 1 0 0 setrgbcolor 72 72 99 99 rectfill showpage\n";
const asPostScript = attribute("document-format", mimeMediaType("application/postscript"));

// Ghostscript runs behind everything else, and starts many times here.
describe.runIf(ready)("PostScript", { timeout: 120_000 }, () => {
  const close = closing();
  let server: ServerForTest;
  let provider: RunningProvider;
  let toPdf: PostScriptToPdf | undefined;
  beforeAll(async () => {
    server = await startServerForTest(close);
    provider = await startProviderForTest(close, server, { postScript: true });
    toPdf = await findPostScript(tight);
  });
  afterAll(() => close.all());

  const print = (document: string, told = true) =>
    ask(provider, {
      code: operation.printJob,
      operation: told ? [asPostScript] : [],
      document: Buffer.from(document),
    });

  /** What comes of a document within tight limits: the PDF, or what is said about it. */
  async function made(document: string): Promise<string> {
    if (toPdf === undefined) throw new Error("It was found a moment ago.");
    const chunks: Uint8Array[] = [];
    try {
      for await (const chunk of toPdf(Readable.from([Buffer.from(document)]))) chunks.push(chunk);
    } catch (error) {
      if (error instanceof UploadRefused) return error.status;
      throw error;
    }
    return Buffer.concat(chunks).toString("latin1");
  }

  it("is offered, counted as the PDF that is made of it, and held", async () => {
    const look = await ask(provider, { code: operation.getPrinterAttributes });
    const formats = stringsOf(groupOf(look, groupTag.printer), "document-format-supported");
    expect(formats).toContain("application/postscript");
    for (const told of [true, false]) {
      server.jobs.clear();
      expect(statusName((await print(twoPages, told)).code)).toBe("successful-ok");
      await server.until((jobs) => [...jobs.values()].some(({ state }) => state === "held"));
      const [job] = server.jobs.values();
      expect(job?.particulars).toMatchObject({
        documentFormat: "application/pdf",
        pageRuns: [
          [1, "grey"],
          [1, "colour"],
        ],
      });
    }
  });

  it("is refused with a sentence where nothing can be made of it", async () => {
    const broken = await print("%!PS\nthis is no operator\n");
    expect(statusName(broken.code)).toBe("client-error-document-format-error");
    const other = await print("%PDF-1.7\n");
    expect(statusName(other.code)).toBe("client-error-document-format-error");
  });

  it("ends where it runs for ever or wants too much", async () => {
    expect(await made("%!\n{} loop\n")).toBe("client-error-document-format-error");
    const greedy = "%!\n[ { 60000 string } loop\n";
    expect(await made(greedy)).toBe("client-error-document-format-error");
  });

  it("reads none of the machine's files, also where Ghostscript itself would let it", async () => {
    const folder = mkdtempSync(join(tmpdir(), "guichet-secret-"));
    close.add(() => rmSync(folder, { recursive: true, force: true }));
    const secret = join(folder, "site.key");
    writeFileSync(secret, "very secret", { mode: 0o600 });
    const read = `%!\n(${secret}) (r) file 99 string readstring pop == showpage\n`;
    expect(await made(read)).toBe("client-error-document-format-error");
    const confine = await findConfinement();
    const [program = "", ...words] = confine?.(["/usr/bin/cat", secret], tight) ?? [];
    expect(await ended(program, words)).not.toBe(0);
  });

  it("reaches no network", async () => {
    const listener = createServer();
    await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
    close.add(() => listener.close());
    let called = false;
    listener.on("connection", () => {
      called = true;
    });
    const address = listener.address();
    const port = typeof address === "object" ? address?.port : undefined;
    const confine = await findConfinement();
    const call = ["/usr/bin/bash", "-c", `echo hello > /dev/tcp/127.0.0.1/${port}`];
    const [program = "", ...words] = confine?.(call, tight) ?? [];
    expect(await ended(program, words)).not.toBe(0);
    expect(called).toBe(false);
  });
});

function ended(program: string, words: readonly string[]): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, { stdio: "ignore", env: {} });
    child.once("error", reject);
    child.once("exit", resolve);
  });
}

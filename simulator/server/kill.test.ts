import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { operation } from "../../ipp/operations.ts";
import { groupOf, integerOf, stringOf } from "../../ipp/read.ts";
import { groupTag } from "../../ipp/tags.ts";
import type { PrintedSide } from "../printer/printed-side.ts";
import { greyPage, pdfOf, redPage } from "../render/test-pdf.ts";
import { createTestClient } from "./test-client.ts";

const folder = mkdtempSync(join(tmpdir(), "guichet-kill-"));
afterAll(() => rmSync(folder, { recursive: true }));

const program = fileURLToPath(new URL("./simulator-process.ts", import.meta.url));
const kills = process.env.GUICHET_SOAK === "1" ? 100 : 5;

async function startProcess(): Promise<{ readonly child: ChildProcess; readonly url: string }> {
  const child = fork(program, [folder, "60000"], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const [url] = await once(child, "message");
  return { child, url: String(url) };
}

async function paperAt(url: string): Promise<readonly PrintedSide[]> {
  const response = await fetch(`${url}/paper`);
  return (await response.json()) as PrintedSide[];
}

test(
  "SIGKILL loses no side that anyone was told of, and paper and counter agree",
  async () => {
    const document = pdfOf(Array.from({ length: 200 }, (_, i) => (i % 3 ? greyPage : redPage)));
    let seen: readonly PrintedSide[] = [];
    const jobUuids = new Set<string>();
    for (let round = 0; round < kills; round += 1) {
      const { child, url } = await startProcess();
      const client = createTestClient(url);
      const after = await paperAt(url);
      expect(after.slice(0, seen.length)).toEqual(seen);
      const printer = groupOf(await client.send(operation.getPrinterAttributes), groupTag.printer);
      expect(integerOf(printer, "printer-impressions-completed")).toBe(after.length);
      expect(after.map(({ impression }) => impression)).toEqual(after.map((_, index) => index + 1));

      const made = groupOf(await client.print(document), groupTag.job);
      expect(integerOf(made, "job-id")).toBe(1);
      jobUuids.add(stringOf(made, "job-uuid") ?? "");
      const wanted = after.length + 5 + ((round * 37) % 90);
      do seen = await paperAt(url);
      while (seen.length < wanted);
      child.kill("SIGKILL");
      await once(child, "exit");
    }
    expect(jobUuids.size).toBe(kills);
  },
  kills * 10_000,
);

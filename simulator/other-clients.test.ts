import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, expect, test } from "vitest";
import { greyPage, pdfOf, redPage } from "./render/test-pdf.ts";
import { until } from "./server/test-client.ts";
import { createTestSimulators } from "./test-simulators.ts";

type OtherAnswer = Record<string, Record<string, unknown> | undefined>;

/** A client that we did not write, and that has no types. */
const other: {
  Printer: new (
    uri: string,
  ) => {
    execute(
      operation: string,
      message: object,
      done: (error: Error | null, answer: OtherAnswer) => void,
    ): void;
  };
} = createRequire(import.meta.url)("ipp");

const { start, closeAll } = createTestSimulators();
afterEach(closeAll);

const threePages = pdfOf([greyPage, redPage, greyPage]);

test("a client that we did not write prints and asks for the job", async () => {
  const { simulator } = await start();
  const printer = new other.Printer(simulator.printerUri);
  const execute = (name: string, message: object) =>
    new Promise<OtherAnswer>((resolve, reject) => {
      printer.execute(name, message, (error, answer) =>
        error === null ? resolve(answer) : reject(error),
      );
    });
  const made = await execute("Print-Job", {
    "operation-attributes-tag": {
      "requesting-user-name": "bob",
      "job-name": "by another client",
      "document-format": "application/pdf",
    },
    "job-attributes-tag": { copies: 2 },
    data: threePages,
  });
  expect(made.statusCode).toBe("successful-ok");
  await until(() => simulator.paper().length === 6);
  const job = await execute("Get-Job-Attributes", {
    "operation-attributes-tag": { "job-id": made["job-attributes-tag"]?.["job-id"] },
  });
  expect(job["job-attributes-tag"]).toMatchObject({
    "job-state": "completed",
    "job-name": "by another client",
    "job-impressions-completed": 6,
  });
  expect(simulator.paper()[5]).toMatchObject({ user: "bob", copy: 2, page: 3 });
});

test.runIf(existsSync("/usr/bin/ipptool"))("ipptool's checks of a printer pass", async () => {
  const { simulator } = await start();
  const folder = mkdtempSync(join(tmpdir(), "guichet-ipptool-"));
  const file = join(folder, "document.pdf");
  writeFileSync(file, threePages);
  const checks = ["get-printer-attributes", "print-job", "create-job", "validate-job", "get-jobs"];
  for (const check of checks) {
    const { stdout } = await promisify(execFile)("ipptool", [
      "-t",
      "-f",
      file,
      simulator.printerUri,
      `${check}.test`,
    ]);
    expect(stdout).toContain("[PASS]");
    expect(stdout).not.toContain("[FAIL]");
  }
  await until(() => simulator.paper().length === 6);
  for (const name of ["document-a4.pdf", "document-letter.pdf"]) {
    writeFileSync(join(folder, name), threePages);
  }
  const suite = ["-I", "-R", "-V", "2.0", "-t", "-f", "document-a4.pdf", simulator.printerUri];
  const { stdout } = await promisify(execFile)("ipptool", [...suite, "ipp-2.0.test"], {
    cwd: folder,
  });
  expect(stdout.match(/\[PASS\]/g)?.length).toBeGreaterThanOrEqual(30);
  expect(stdout.split("\n").filter((line) => line.includes("[FAIL]"))).toEqual([]);
  rmSync(folder, { recursive: true });
});

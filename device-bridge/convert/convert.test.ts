import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Converter, passageOf, throughConverters } from "./converter.ts";
import { runConverter } from "./run-converter.ts";
import { type ConversionLimits, conversionLimits } from "./sandbox.ts";

const raster: Converter = { from: "application/pdf", to: "image/pwg-raster", command: ["/bin/x"] };

describe("a document's way to a device", () => {
  it.each([
    ["as it is where the device takes it", ["application/pdf", "image/urf"], "as-it-is"],
    ["as it is where the device does not tell", undefined, "as-it-is"],
    ["as it is where the device looks for itself", ["application/octet-stream"], "as-it-is"],
    ["through a converter", ["application/octet-stream", "image/pwg-raster"], "through"],
    ["none where no converter leads there", ["image/urf"], "none"],
  ] as const)("is %s", (_, formats, kind) => {
    const told = formats === undefined ? {} : { formats: [...formats] };
    expect(passageOf("application/pdf", told, [raster]).kind).toBe(kind);
  });

  it("lets a person see beforehand what converters make possible", () => {
    expect(throughConverters({ formats: ["image/pwg-raster"] }, [raster]).formats).toEqual([
      "image/pwg-raster",
      "application/pdf",
    ]);
    expect(throughConverters({ formats: ["image/urf"] }, [raster]).formats).toEqual(["image/urf"]);
  });
});

const canRun = existsSync("/usr/bin/prlimit");
if (!canRun) console.log("Left out: running converters, since prlimit is not there.");

describe.runIf(canRun)("a converter", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "guichet-convert-"));
    writeFileSync(join(folder, "in"), "a document");
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const run = (
    command: readonly string[],
    limits: Partial<ConversionLimits> = {},
    signal = new AbortController().signal,
  ) =>
    runConverter({
      converter: { ...raster, command },
      folder,
      input: join(folder, "in"),
      output: join(folder, "out"),
      limits: { ...conversionLimits, ...limits },
      signal,
    });
  const shell = (script: string) => ["/bin/sh", "-c", script, "sh", "{in}", "{out}"];
  const made = () => readFileSync(join(folder, "out"), "utf8");

  it("makes one file of another, its arguments as they were written", async () => {
    await run(["/bin/cp", "{in}", "{out}"]);
    expect(made()).toBe("a document");
    const touched = join(folder, "touched");
    await expect(run(["/bin/cp", `{in}; touch ${touched}`, "{out}"])).rejects.toThrow(
      /No such file/,
    );
    expect(existsSync(touched)).toBe(false);
  });

  it("knows nothing of the bridge's environment, and has no network", async () => {
    await run(shell('env > "$2"; cat /proc/net/dev >> "$2"'));
    const variables = made()
      .split("\n")
      .filter((line) => /^[A-Z]\w*=/.test(line));
    expect(variables.map((line) => line.split("=")[0]).toSorted()).toEqual(
      expect.arrayContaining(["HOME", "TMPDIR"]),
    );
    expect(made()).not.toMatch(/^(PATH|NODE_|GUICHET_)[A-Z_]*=.*node/m);
  });

  it("that fails, or makes nothing, is told with what it said", async () => {
    await expect(run(shell("echo no such font >&2; exit 3"))).rejects.toThrow(/3\. no such font/);
    await expect(run(["/bin/true"])).rejects.toThrow(/wrote nothing/);
    await expect(run(["/no/such/program"])).rejects.toThrow(/no\/such\/program/);
  });

  it("that takes too long, or writes or needs too much, is ended", async () => {
    await expect(run(shell("sleep 60"), { durationMs: 300 })).rejects.toThrow(/too long/);
    await expect(
      run(shell('head -c 9000000 /dev/zero > "$2"'), { outputBytes: 1_000_000 }),
    ).rejects.toThrow(/ended/);
    await expect(
      run(shell("while :; do :; done"), { cpuSeconds: 1, durationMs: 100_000 }),
    ).rejects.toThrow(/ended by SIG/);
    const much = { memoryBytes: 30_000_000 };
    await expect(run(shell('x=$(head -c 99000000 /dev/zero | tr "\\0" a)'), much)).rejects.toThrow(
      /ended|nothing/,
    );
    // It runs behind everything else: a second of the processor comes late on a busy machine.
  }, 120_000);

  it("takes along what it started, and stops when the bridge does", async () => {
    const bridge = new AbortController();
    const script = '(sleep 50 & echo $! > "$2.pid"; wait)';
    const running = run(shell(script), {}, bridge.signal);
    const child = join(folder, "out.pid");
    while (!existsSync(child) || readFileSync(child, "utf8") === "")
      await new Promise((resolve) => setImmediate(resolve));
    bridge.abort();
    await expect(running).rejects.toThrow(/stopped/);
    const pid = Number(readFileSync(child, "utf8"));
    while (isRunning(pid)) await new Promise((resolve) => setImmediate(resolve));
  });
});

function isRunning(pid: number): boolean {
  try {
    // A process that has ended and that nobody asks after any more is still listed.
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}

import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { KeyStroke } from "../wedge/codec.ts";
import { openInputDevice } from "./input-device.ts";

// A pipe has keys to read, and cannot be grabbed: what the kernel's own test finds out is left out here.
let folder = "";
let path = "";
let keyboard = 0;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "guichet-keys-"));
  path = join(folder, "event0");
  execFileSync("mkfifo", [path]);
  // For reading, too, so that opening waits for nobody.
  keyboard = openSync(path, "r+");
});
afterEach(() => {
  closeSync(keyboard);
  rmSync(folder, { recursive: true });
});

function press(code: number): void {
  const event = Buffer.alloc(48);
  for (const [from, value] of [
    [0, 1],
    [24, 0],
  ] as const) {
    event.writeUInt16LE(1, from + 16);
    event.writeUInt16LE(code, from + 18);
    event.writeInt32LE(value, from + 20);
  }
  writeSync(keyboard, event);
}

/** Whether a process is there that has this file as its standard input. */
const isRunning = (pid: number) =>
  existsSync(`/proc/${pid}`) && !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));

test("the keys of an input device come, once each", async () => {
  const wire = await openInputDevice({ path, shared: true });
  const strokes: KeyStroke[] = [];
  const four = new Promise<void>((resolve) => {
    wire.listen({
      onKeys(some) {
        strokes.push(...some);
        if (strokes.length === 4) resolve();
      },
      onClose: () => undefined,
    });
  });
  press(7);
  press(28);
  await four;
  expect(strokes.map(({ key, down }) => `${key} ${down ? "down" : "up"}`)).toEqual([
    "Digit6 down",
    "Digit6 up",
    "Enter down",
    "Enter up",
  ]);
  expect(wire.grabbed).toBe(false);
  await wire.close();
});

test("what cannot be kept from others is not opened, and the sentence tells what to do", async () => {
  await expect(openInputDevice({ path })).rejects.toMatchObject({
    kind: "forbidden",
    message: `The keys of ${path} cannot be kept from other programs: the system refused. Allow by "shared: true" that they reach others, too, where nobody can do anything by them.`,
  });
});

test("without perl the sentence asks for it", async () => {
  const opening = openInputDevice({ path, shared: true, perl: "/nowhere/perl" });
  await expect(opening).rejects.toMatchObject({
    kind: "forbidden",
    message: `The keys of ${path} cannot be read without perl, which is not there. Install it.`,
  });
});

test("what is not there is gone, and not forbidden", async () => {
  const opening = openInputDevice({ path: join(folder, "event9") });
  await expect(opening).rejects.toMatchObject({ kind: "gone" });
});

test("when the program is killed, nobody is left who keeps the keyboard", async () => {
  const script = `
    import { openInputDevice } from ${JSON.stringify(join(import.meta.dirname, "input-device.ts"))};
    import { readFileSync } from "node:fs";
    const wire = await openInputDevice({ path: ${JSON.stringify(path)}, shared: true });
    process.stdout.write(readFileSync("/proc/self/task/" + process.pid + "/children"));
    setInterval(() => wire, 1000);`;
  const program: ChildProcess = spawn(process.execPath, ["--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const heard: unknown[] = program.stdout === null ? [] : await once(program.stdout, "data");
  const children = String(heard[0]).trim().split(/\s+/).map(Number);
  expect(children.map((pid) => readFileSync(`/proc/${pid}/comm`, "utf8"))).toEqual(["perl\n"]);
  program.kill("SIGKILL");
  await expect.poll(() => children.some(isRunning), { timeout: 5_000 }).toBe(false);
});

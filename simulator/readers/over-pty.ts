import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import type { MakeReader, WiredReader } from "./virtual-reader.ts";

export interface PtyReader<Reader extends WiredReader> {
  readonly reader: Reader;
  /** Of the serial port that the host opens. */
  readonly path: string;
  /** Pulls the plug: the port hangs up at once, whatever was on its way. */
  unplug(): Promise<void>;
}

/**
 * Node cannot make a pseudo-terminal by itself. `script` can, is in every Debian from the first minute
 * (package bsdutils, essential), and passes each byte on as it is, so nothing is installed for it.
 */
const maker = "/usr/bin/script";
const setUp = "stty raw -echo && tty && exec sleep infinity";
const namedMs = 10_000;

/** Whether there can be serial lines that are none. */
export function hasPtys(): boolean {
  return process.platform === "linux" && existsSync(maker);
}

/** Plugs a virtual reader into a serial port of this machine, made for it. Throws a sentence. */
export async function plugIntoPty<Reader extends WiredReader>(
  make: MakeReader<Reader>,
): Promise<PtyReader<Reader>> {
  if (!hasPtys()) throw new Error(`A virtual serial port needs ${maker}, which is not there.`);
  const child = spawn(maker, ["-qfc", setUp, "/dev/null"], { stdio: ["pipe", "pipe", "ignore"] });
  const gone = new Promise<void>((resolve) => child.once("close", () => resolve()));
  child.stdin.on("error", () => undefined);
  child.on("error", () => undefined);
  const path = await new Promise<string>((resolve, reject) => {
    let said = "";
    const late = setTimeout(() => reject(new Error(`${maker} made no serial port.`)), namedMs);
    const named = (bytes: Buffer) => {
      said += bytes.toString("latin1");
      const name = /^(\/dev\/\S+)\r?\n/.exec(said)?.[1];
      if (name === undefined) return;
      clearTimeout(late);
      child.stdout.off("data", named);
      resolve(name);
    };
    child.stdout.on("data", named);
    void gone.then(() => reject(new Error(`${maker} made no serial port.`)));
  });
  const reader = make((bytes) => child.stdin.write(bytes));
  child.stdout.on("data", (bytes: Buffer) => reader.hear(bytes));
  return {
    reader,
    path,
    async unplug() {
      reader.close();
      child.kill("SIGKILL");
      await gone;
    },
  };
}

import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { pipeline } from "node:stream/promises";
import { UploadRefused } from "../intake/upload-trouble.ts";
import { findConfinement, type RunLimits } from "./confine.ts";

/**
 * Makes a PDF of a PostScript document, so that what is counted is what is printed. Throws
 * UploadRefused, on the way, where none can be made of it.
 */
export type PostScriptToPdf = (
  source: AsyncIterable<Uint8Array>,
) => AsyncGenerator<Uint8Array, void, undefined>;

const ghostscript = "/usr/bin/gs";

/** Shorter than a client, and our own watch over idle connections, wait for an answer. */
const usualLimits: RunLimits = {
  durationMs: 45_000,
  cpuSeconds: 40,
  memoryBytes: 1024 ** 3,
  outputBytes: 2 * 1024 ** 3,
};

/** Runs at the same time, the others wait: each may take a whole processor. */
const runsMost = 2;

/**
 * How PostScript is taken on this machine: by Ghostscript, a program of its own, only where it can be
 * kept from every file and from the network, since a PostScript document is a program, too. Undefined
 * where that cannot be; then such documents are refused.
 */
export async function findPostScript(
  limits: RunLimits = usualLimits,
): Promise<PostScriptToPdf | undefined> {
  if (!existsSync(ghostscript)) return undefined;
  const confine = await findConfinement();
  if (confine === undefined) return undefined;
  const command = confine(
    [
      ...[ghostscript, "-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-sstdout=%stderr"],
      ...["-sDEVICE=pdfwrite", "-dAutoRotatePages=/None", "-sOutputFile=%stdout", "-"],
    ],
    limits,
  );
  const places = Array.from({ length: runsMost }, () => Promise.resolve());
  return async function* toPdf(source) {
    const place = places.shift() ?? Promise.resolve();
    const done = Promise.withResolvers<void>();
    places.push(done.promise);
    try {
      await place;
      yield* run(command, source, limits.durationMs);
    } finally {
      done.resolve();
    }
  };
}

async function* run(
  [program = "", ...words]: readonly string[],
  source: AsyncIterable<Uint8Array>,
  durationMs: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  const child = spawn(program, words, {
    cwd: "/",
    env: { TMPDIR: "/tmp" },
    detached: true,
    stdio: ["pipe", "pipe", "ignore"],
  });
  const ended = new Promise<boolean>((resolve) => {
    child.once("error", () => resolve(false));
    child.once("exit", (code) => resolve(code === 0));
  });
  // A program that has seen enough closes its input: not the sender's fault.
  const fed = pipeline(source, child.stdin).then(
    () => undefined,
    (error: unknown) => (isClosedInput(error) ? undefined : error),
  );
  const timer = setTimeout(() => killGroup(child.pid), durationMs);
  try {
    let bytes = 0;
    for await (const chunk of child.stdout) {
      bytes += chunk.length;
      yield chunk;
    }
    const trouble = await fed;
    if (trouble !== undefined) throw trouble;
    if (!(await ended) || bytes === 0) throw unreadable();
  } finally {
    clearTimeout(timer);
    killGroup(child.pid);
  }
}

function isClosedInput(error: unknown): boolean {
  return (
    error instanceof Error &&
    "code" in error &&
    (error.code === "EPIPE" || error.code === "ERR_STREAM_PREMATURE_CLOSE")
  );
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // Nothing of it is left.
  }
}

function unreadable(): UploadRefused {
  return new UploadRefused(
    "client-error-document-format-error",
    { cause: "document-format-error", because: "damaged" },
    "This PostScript document could not be read, or took too long. Save it as a PDF and print that.",
  );
}

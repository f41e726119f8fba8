import { type ChildProcess, spawn } from "node:child_process";
import { close, open } from "node:fs";
import type { Readable, Writable } from "node:stream";
import { promisify } from "node:util";
import { readInputEvents } from "../wedge/input-events.ts";
import type { KeyWire, KeyWireEvents } from "./key-wire.ts";
import { ReaderTrouble, troubleOf } from "./trouble.ts";

/**
 * Node has no `ioctl`, and waits for a character device only in one of its four threads for files, from
 * which nothing calls it back. So a child does both: it gets the open device as its standard input, and
 * since the grab belongs to the open file and not to a process, it can grab it there. It then passes on
 * what it reads. Perl is on every Debian, Ubuntu and Raspberry Pi OS; its ioctl passes numbers as they are.
 *
 * 0x400445A0 is EVIOCSCLOCKID: times of a clock that does not jump (1, CLOCK_MONOTONIC). 0x40044590 is
 * EVIOCGRAB (linux/input.h). Both are the same on all architectures that Node runs on.
 * Descriptor 3 ends when the program that wanted the keys does, even if it was killed: then so does the
 * child, and the keyboard is everybody's again.
 */
const relay = `
  my $clock = pack("i", 1);
  ioctl(STDIN, 0x400445A0, $clock);
  if ($ARGV[0] eq "grab" && !ioctl(STDIN, 0x40044590, 1)) { exit($! == 16 ? 16 : 13) }
  open(my $owner, "<&=", 3) or exit(1);
  syswrite(STDOUT, "+");
  while (1) {
    my $ready = "";
    vec($ready, 0, 1) = 1;
    vec($ready, fileno($owner), 1) = 1;
    next if select($ready, undef, undef, undef) < 0;
    exit(0) if vec($ready, fileno($owner), 1);
    my $length = sysread(STDIN, my $events, 24 * 64);
    exit(19) if !$length;
    syswrite(STDOUT, $events);
  }`;
/** By which the child says why it ended. */
const statuses = { busy: 16 } as const;
/** Until the child has grabbed the device. */
const startMs = 5_000;

const openFile = promisify(open);
const closeFile = promisify(close);

interface Relay {
  readonly process: ChildProcess;
  /** What the child reads. */
  readonly keys: Readable;
  /** Ends with us, and the child with it. */
  readonly owner: Writable;
}

/**
 * Opens a keyboard of Linux (`/dev/input/…`) for this program alone. Throws ReaderTrouble: `busy` when
 * another program has grabbed it, `forbidden` when it may not be opened, or not be kept from others.
 */
export async function openInputDevice(options: {
  readonly path: string;
  /** Others read its keys, too. Only where nobody could do anything by them. */
  readonly shared?: boolean;
  readonly perl?: string;
}): Promise<KeyWire> {
  const { path, shared = false, perl = "perl" } = options;
  const file = await openFile(path, "r").catch((error: unknown) => {
    throw troubleOf(error, path);
  });
  try {
    const child = startRelay({ perl, file, shared });
    await started(child, { path, shared });
    return wireOfRelay(child, { path, grabbed: !shared });
  } finally {
    // The child has its own.
    await closeFile(file);
  }
}

function startRelay(options: {
  readonly perl: string;
  readonly file: number;
  readonly shared: boolean;
}): Relay {
  const { perl, file, shared } = options;
  const child = spawn(perl, ["-e", relay, shared ? "share" : "grab"], {
    stdio: [file, "pipe", "ignore", "pipe"],
  });
  const [, keys, , owner] = child.stdio;
  if (!keys || !owner || !("write" in owner)) throw new Error("A pipe to the child is missing.");
  owner.on("error", () => undefined);
  return { process: child, keys, owner };
}

/** Resolves once the child has said that it reads; the byte that says so is taken away. */
async function started(
  { process: child, keys, owner }: Relay,
  { path, shared }: { readonly path: string; readonly shared: boolean },
): Promise<void> {
  const timer = setTimeout(() => child.kill("SIGKILL"), startMs);
  try {
    await new Promise<void>((resolve, reject) => {
      child.once("error", () =>
        reject(
          forbidden(
            `The keys of ${path} cannot be read without perl, which is not there. Install it.`,
          ),
        ),
      );
      child.once("close", (status) => {
        if (status === statuses.busy)
          reject(
            new ReaderTrouble(
              "busy",
              `Another program keeps the keys of ${path} to itself. Stop it; it is tried again.`,
            ),
          );
        else
          reject(
            forbidden(
              shared
                ? `The keys of ${path} cannot be read: perl ended with ${status}.`
                : `The keys of ${path} cannot be kept from other programs: the system refused. Allow by "shared: true" that they reach others, too, where nobody can do anything by them.`,
            ),
          );
      });
      keys.once("readable", () => {
        const first: unknown = keys.read(1);
        if (first !== null) resolve();
      });
    });
    child.removeAllListeners("close");
  } catch (error) {
    owner.destroy();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

const forbidden = (sentence: string) => new ReaderTrouble("forbidden", sentence);

function wireOfRelay(
  { process: child, keys, owner }: Relay,
  { path, grabbed }: { readonly path: string; readonly grabbed: boolean },
): KeyWire {
  let rest: Uint8Array = new Uint8Array();
  let listener: KeyWireEvents | undefined;
  let trouble: ReaderTrouble | undefined;
  let closing = false;
  const ended = new Promise<void>((resolve) => {
    child.once("close", () => {
      owner.destroy();
      resolve();
      if (closing) return;
      trouble = new ReaderTrouble("gone", `The reader at ${path} was unplugged.`);
      listener?.onClose(trouble);
    });
  });
  child.on("error", () => undefined);

  return {
    carries: "keys",
    address: path,
    grabbed,
    listen(events) {
      const first = listener === undefined;
      listener = events;
      if (first)
        keys.on("data", (bytes: Uint8Array) => {
          if (closing) return;
          const read = readInputEvents(Buffer.concat([rest, bytes]));
          rest = read.rest;
          if (read.strokes.length > 0) listener?.onKeys(read.strokes);
        });
      if (trouble !== undefined) events.onClose(trouble);
    },
    close() {
      closing = true;
      owner.destroy();
      keys.resume();
      return ended;
    },
  };
}

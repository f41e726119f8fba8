import {
  closeSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { countSide, newCounter } from "../printer/printed-side.ts";
import type { PaperTray } from "./paper-tray.ts";
import { readTrayRecord, sidesLine, startLine, type TrayRecord } from "./tray-record.ts";

/**
 * A tray in `folder/paper.jsonl`: sides and the counter after them are one line, on the disk before
 * anyone is told of either, so that a killed program loses no printed side and counts none twice.
 * Throws what the file system throws, and an Error when the file is not such a record.
 */
export function durableTray(folder: string, newUuid: string): PaperTray {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, "paper.jsonl");
  let record = readTrayRecord(readIfThere(path));
  let changes = 0;
  if (record === undefined) {
    record = { uuid: newUuid, counter: newCounter, sides: [], bytes: 0 };
    record = { ...record, bytes: replaceFile({ folder, path, record }) };
  }
  const { uuid } = record;
  let sides = [...record.sides];
  let { counter, bytes } = record;
  let file = openSync(path, "r+");
  // A line that was being written when the program was killed tells of sides nobody was told of.
  ftruncateSync(file, bytes);
  fsyncSync(file);

  return {
    uuid,
    sides: () => sides,
    counter: () => counter,
    revision: () => changes,
    put(more) {
      const after = more.reduce(countSide, counter);
      const line = sidesLine(more, after);
      for (let done = 0; done < line.length; ) {
        done += writeSync(file, line, done, line.length - done, bytes + done);
      }
      fsyncSync(file);
      bytes += line.length;
      sides.push(...more);
      counter = after;
      changes += 1;
    },
    empty() {
      closeSync(file);
      bytes = replaceFile({ folder, path, record: { uuid, counter, sides: [], bytes: 0 } });
      file = openSync(path, "r+");
      sides = [];
      changes += 1;
    },
    close: () => closeSync(file),
  };
}

/** Puts a fresh record in the place of the old one, in one step. Gives its length. */
function replaceFile(options: {
  readonly folder: string;
  readonly path: string;
  readonly record: TrayRecord;
}): number {
  const { folder, path, record } = options;
  const line = startLine(record);
  const file = openSync(`${path}.new`, "w", 0o600);
  writeSync(file, line);
  fsyncSync(file);
  closeSync(file);
  renameSync(`${path}.new`, path);
  const directory = openSync(folder, "r");
  fsyncSync(directory);
  closeSync(directory);
  return line.length;
}

function readIfThere(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT")
      return Buffer.alloc(0);
    throw error;
  }
}

import { closeSync, fstatSync, openSync, renameSync, writeSync } from "node:fs";
import { join } from "node:path";

export type LogFile = { write: (bytes: Buffer) => void; close: () => void };

const BYTES_AT_MOST = 20 * 1024 * 1024;

/**
 * The log of one role: JSON lines, at most two files of 20 MiB, so that a site left alone for years
 * does not fill its disk with what it says. A log that cannot be written stops nothing.
 */
export function openLogFile(folder: string, role: string): LogFile {
  const path = join(folder, `${role}.jsonl`);
  let file = openSync(path, "a", 0o600);
  let size = fstatSync(file).size;
  return {
    write(bytes) {
      try {
        if (size + bytes.length > BYTES_AT_MOST) {
          closeSync(file);
          renameSync(path, `${path}.1`);
          file = openSync(path, "a", 0o600);
          size = 0;
        }
        size += writeSync(file, bytes);
      } catch {
        // A full disk is told by the roles themselves, on their screens and in their health.
      }
    },
    close: () => closeSync(file),
  };
}

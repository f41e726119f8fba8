import { statfsSync } from "node:fs";
import { storageErrorFrom } from "./storage-error.ts";

export interface FreeSpace {
  /** Bytes that this account may still write. */
  freeBytes: number;
  totalBytes: number;
}

export type SpaceDecision = { kind: "enough" } | { kind: "low"; sentence: string };

/** Reads how much room the disk of `folder` has. Throws StorageError when the folder is not there. */
export function readFreeSpace(folder: string): FreeSpace {
  try {
    const { bavail, blocks, bsize } = statfsSync(folder);
    return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
  } catch (error) {
    throw storageErrorFrom(error, folder);
  }
}

/**
 * Decides whether `wantedBytes` may still be stored so that `reserveBytes` stay free afterwards. The
 * reserve is what lets a full disk be emptied again: SQLite needs room even to delete.
 */
export function decideSpace(options: {
  space: FreeSpace;
  wantedBytes: number;
  reserveBytes: number;
}): SpaceDecision {
  const { space, wantedBytes, reserveBytes } = options;
  if (space.freeBytes - wantedBytes >= reserveBytes) return { kind: "enough" };
  return {
    kind: "low",
    sentence: `Only ${megabytes(space.freeBytes)} MB are free on the disk, and ${megabytes(reserveBytes)} MB are kept in reserve; ${megabytes(wantedBytes)} MB more cannot be taken. Free some space.`,
  };
}

function megabytes(bytes: number): string {
  return Math.ceil(bytes / 1_000_000).toString();
}

import { closeSync, fsync, fsyncSync, openSync } from "node:fs";
import { platform } from "node:process";
import { promisify } from "node:util";

const fsyncLater = promisify(fsync);

/** Makes the names in a folder durable: a new or renamed file can vanish at a power cut before this. */
export function syncFolder(folder: string): void {
  if (platform === "win32") return; // NTFS journals names, and folders cannot be opened there
  const handle = openSync(folder, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** The same as {@link syncFolder}; only the waiting for the disk is off the main thread. */
export async function syncFolderLater(folder: string): Promise<void> {
  if (platform === "win32") return;
  const handle = openSync(folder, "r");
  try {
    await fsyncLater(handle);
  } finally {
    closeSync(handle);
  }
}

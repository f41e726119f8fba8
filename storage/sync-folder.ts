import { closeSync, fsyncSync, openSync } from "node:fs";
import { open } from "node:fs/promises";
import { platform } from "node:process";

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

/** The same as {@link syncFolder}, off the main thread. */
export async function syncFolderLater(folder: string): Promise<void> {
  if (platform === "win32") return;
  await using handle = await open(folder, "r");
  await handle.sync();
}

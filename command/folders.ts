import { accessSync, constants, existsSync, mkdirSync } from "node:fs";
import { join, resolve } from "node:path";

/** A mistake of whoever started the command: shown as one sentence, without a stack. */
export class UserError extends Error {
  override readonly name = "UserError";
}

export type Folders = {
  root: string;
  server: string;
  provider: string;
  bridge: string;
  simulator: string;
  logs: string;
};

/** Where everything that must last lives: one folder, with one inside it for each role. */
export function foldersIn(dataDir: string): Folders {
  const root = resolve(dataDir);
  const inside = (name: string) => join(root, name);
  return {
    root,
    server: inside("server"),
    provider: inside("provider"),
    bridge: inside("bridge"),
    simulator: inside("simulator"),
    logs: inside("logs"),
  };
}

/** Makes a folder that only its owner may read. Throws `UserError` if it cannot be written. */
export function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    accessSync(path, constants.W_OK);
  } catch (error) {
    throw new UserError(
      `The folder ${path} cannot be written (${(error as NodeJS.ErrnoException).code}). Give it to the user that runs Guichet, or name another one in GUICHET_DATA.`,
    );
  }
}

/** Where a backup is unpacked, until it is whole. */
export const restoringFolder = (root: string): string => join(root, ".restoring");

/** Throws `UserError` where a restore was cut off: half of a site must not begin to print. */
export function refuseHalfRestored(root: string): void {
  if (existsSync(restoringFolder(root)))
    throw new UserError(
      `A restore into ${root} was cut off. Remove what is in this folder and run "npx guichet restore" again.`,
    );
}

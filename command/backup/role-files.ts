import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { copyUnusedDatabase } from "../../storage/copy-database.ts";
import type { Folders } from "../folders.ts";
import { askForSnapshot, isOfControl } from "./control.ts";

/**
 * The order in which roles are copied. What a later one knows of an earlier one is at least as new: a
 * provider never holds a job for printing whose release the bridge's copy has as printed, and the server
 * has heard all that the bridge's copy says it was told.
 */
export const rolesInOrder = ["bridge", "provider", "server"] as const;
export type KeptRole = (typeof rolesInOrder)[number];

export type RoleFile = { name: string; path: string };

/** Roles whose data is in these folders. */
export function rolesIn(folders: Folders): KeptRole[] {
  return rolesInOrder.filter((role) => databasesIn(folders[role]).length > 0);
}

/**
 * Copies what a role keeps, as it is at one moment, and hands the list of files to `use`; what was
 * copied for it is removed afterwards. A running role is asked for its copy, a stopped one is read.
 */
export async function withRoleFiles<T>(
  role: KeptRole,
  folder: string,
  use: (files: RoleFile[], wasRunning: boolean) => T,
): Promise<T> {
  const asked = await askForSnapshot(folder);
  const snapshot = asked ?? mkdtempSync(join(folder, "snapshot-"));
  try {
    if (asked === undefined)
      for (const name of databasesIn(folder))
        await copyUnusedDatabase(join(folder, name), snapshot);
    const named = (root: string, path: string): RoleFile => ({
      name: `${role}/${relative(root, path).split(sep).join("/")}`,
      path,
    });
    const copied = filesIn(snapshot).map((path) => named(snapshot, path));
    const has = new Set(copied.map(({ name }) => name));
    const plain = filesIn(folder)
      .map((path) => named(folder, path))
      .filter(({ name }) => mustLast(name, asked !== undefined) && !has.has(name));
    return use([...copied, ...plain], asked !== undefined);
  } finally {
    rmSync(snapshot, { recursive: true, force: true });
  }
}

/**
 * A credential is not kept: who is put back is enrolled anew, so that the machine it was on before is
 * shut out should it still run. A running provider's documents come from its copy.
 */
function mustLast(name: string, isRunning: boolean): boolean {
  const [, first = "", ...rest] = name.split("/");
  if (isOfControl(first)) return false;
  if (first === "identity.json" || first === "identity-key.pem") return false;
  if (isRunning && first === "spool") return false;
  if (rest.length === 0 && /\.db(-wal|-shm|-journal)?$/.test(first)) return false;
  return !/\.(part|new)$/.test(name);
}

function databasesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith(".db"));
  } catch {
    return [];
  }
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

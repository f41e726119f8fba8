import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";

/** A module of a kernel, ready to be put into it. */
export interface KernelModule {
  readonly name: string;
  readonly bytes: Buffer;
}

/**
 * The modules with these names and all that they need, each after what it needs. What the kernel has
 * built in is left out, since it has no file. Throws when a module is packed in a way that is not known.
 */
export function modulesInOrder(
  kernelFolder: string,
  names: readonly string[],
): readonly KernelModule[] {
  const files = new Map<string, string>();
  for (const entry of readdirSync(kernelFolder, { recursive: true, withFileTypes: true })) {
    const [, name] = /^(.+)\.ko(\.[a-z]+)?$/.exec(entry.name) ?? [];
    if (name !== undefined) files.set(canonical(name), join(entry.parentPath, entry.name));
  }
  const ordered = new Map<string, KernelModule>();
  const add = (name: string) => {
    const path = files.get(canonical(name));
    if (path === undefined || ordered.has(canonical(name))) return;
    if (!path.endsWith(".ko")) throw new Error(`${basename(path)} is packed; unpack it first.`);
    const bytes = readFileSync(path);
    for (const needed of neededBy(bytes)) add(needed);
    ordered.set(canonical(name), { name, bytes });
  };
  for (const name of names) add(name);
  return [...ordered.values()];
}

/** A module says in its section `.modinfo` which others it stands on. */
function neededBy(bytes: Buffer): string[] {
  const mark = Buffer.from("\0depends=");
  const from = bytes.indexOf(mark);
  if (from === -1) return [];
  const start = from + mark.length;
  const listed = bytes.toString("latin1", start, bytes.indexOf(0, start));
  return listed.split(",").filter((name) => name !== "");
}

/** Files have hyphens where dependencies have underscores, or the other way round. */
const canonical = (name: string) => name.replaceAll("-", "_");

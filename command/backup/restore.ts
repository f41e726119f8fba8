import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { SealBroken } from "../../storage/seal-broken.ts";
import { syncFolder } from "../../storage/sync-folder.ts";
import type { Context } from "../context.ts";
import { makeFolder, restoringFolder, UserError } from "../folders.ts";
import { WrongCall } from "../wrong-call.ts";
import { type Unlock, unlockKey } from "./envelope.ts";
import { markRestored } from "./mark-restored.ts";
import { readArchive, readHead } from "./read-archive.ts";
import { type KeptRole, rolesInOrder } from "./role-files.ts";
import { unlockFrom } from "./secrets.ts";

/**
 * `guichet restore`: puts a backup back into an empty data folder. Each role begins a new life there: it
 * is enrolled anew, and what happened after the backup is asked of the others, or of people; see
 * docs/architecture.md. Nothing is in its place before all of it was verified.
 */
export async function restore(
  context: Context,
  args: string[],
  env: NodeJS.ProcessEnv,
): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      "passphrase-file": { type: "string" },
      key: { type: "string" },
      only: { type: "string" },
    },
  });
  const [path] = positionals;
  const only = values.only === undefined ? undefined : roleOf(values.only);
  if (path === undefined) throw new WrongCall();
  const { root } = context.folders;
  const { envelope, head } = readHead(path);
  makeFolder(root);
  for (const role of only === undefined ? rolesInOrder : [only]) refuseFull(join(root, role), role);
  const key = keyOf(
    envelope,
    await unlockFrom({
      passphraseFile: values["passphrase-file"],
      privateKeyFile: values.key,
      env,
    }),
  );

  const staging = restoringFolder(root);
  if (existsSync(staging))
    throw new UserError(`A restore into ${root} was cut off. Remove what is in this folder first.`);
  mkdirSync(staging, { mode: 0o700 });
  try {
    unpack({ path, key, head, staging, only });
    const roles = rolesInOrder.filter((role) => existsSync(join(staging, role)));
    if (roles.length === 0) throw new UserError(`This backup holds no ${only ?? "role"}.`);
    for (const role of roles) markRestored(role, join(staging, role));
    putInPlace(staging, root);
    console.log(advice(root, roles));
    return 0;
  } catch (error) {
    rmSync(staging, { recursive: true, force: true });
    throw error;
  }
}

function roleOf(name: string): KeptRole {
  const role = rolesInOrder.find((one) => one === name);
  if (role === undefined) throw new UserError(`--only is one of ${rolesInOrder.join(", ")}.`);
  return role;
}

function refuseFull(folder: string, role: string): void {
  if (existsSync(folder) && readdirSync(folder).length > 0)
    throw new UserError(
      `${folder} is not empty: a ${role} has its data there already. Restore into an empty GUICHET_DATA, or move this folder away.`,
    );
}

function keyOf(envelope: unknown, unlock: Unlock) {
  try {
    return unlockKey(envelope, unlock);
  } catch (error) {
    if (error instanceof SealBroken)
      throw new UserError("This does not open the backup: it was locked with another.");
    throw new UserError(error instanceof Error ? error.message : String(error));
  }
}

function unpack(options: {
  path: string;
  key: ReturnType<typeof keyOf>;
  head: Buffer;
  staging: string;
  only: KeptRole | undefined;
}): void {
  const { staging, only } = options;
  let file: number | undefined;
  const isWanted = (name: string) =>
    only === undefined || name.startsWith(`${only}/`) || name.startsWith("configuration/");
  readArchive(options, (name, piece) => {
    if (!isWanted(name)) return;
    const to = join(staging, name);
    if (file === undefined) {
      mkdirSync(dirname(to), { recursive: true, mode: 0o700 });
      file = openSync(to, "wx", 0o600);
    }
    if (piece !== undefined) {
      writeSync(file, piece);
      return;
    }
    fsyncSync(file);
    closeSync(file);
    file = undefined;
  });
}

/** Each folder in one step; until the last one is there, no role starts (see `refuseHalfRestored`). */
function putInPlace(staging: string, root: string): void {
  for (const name of readdirSync(staging)) {
    const to = join(root, name);
    if (existsSync(to) && readdirSync(to).length === 0) rmdirSync(to);
    if (!existsSync(to)) renameSync(join(staging, name), to);
  }
  syncFolder(root);
  rmSync(staging, { recursive: true, force: true });
  syncFolder(root);
}

function advice(root: string, roles: readonly KeptRole[]): string {
  const enrolled = roles.filter((role) => role !== "server");
  const lines = [`Restored into ${root}: ${roles.join(", ")}.`];
  if (existsSync(join(root, "configuration", "guichet.yaml")))
    lines.push(
      `The configuration is ${join(root, "configuration", "guichet.yaml")}: name it in GUICHET_CONFIG.`,
    );
  if (enrolled.length > 0)
    lines.push(
      `"npx guichet start" enrols what runs on one machine by itself. Else make a code on the server for each:`,
      ...enrolled.map(
        (role) => `  npx guichet enrol ${role} <name>   then   npx guichet ${role} --enrol <code>`,
      ),
    );
  lines.push(
    "Documents of the backup may have been printed since: the screen says so beside each, and Print all leaves them out.",
    "Releases that were under way are uncertain and unpaid: npx guichet uncertain",
  );
  return lines.join("\n");
}

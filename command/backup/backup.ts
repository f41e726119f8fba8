import { statSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import type { Context } from "../context.ts";
import { UserError } from "../folders.ts";
import { WrongCall } from "../wrong-call.ts";
import { lockKey } from "./envelope.ts";
import { isFileName } from "./read-archive.ts";
import { rolesIn, withRoleFiles } from "./role-files.ts";
import { lockFrom } from "./secrets.ts";
import { type ArchiveWriter, writeArchive } from "./write-archive.ts";

/**
 * `guichet backup`: all that must last of the roles on this machine, keys and configuration included, in
 * one locked file. Nothing has to be stopped. It has its name once it is whole, and overwrites nothing.
 */
export async function backup(
  context: Context,
  args: string[],
  env: NodeJS.ProcessEnv,
): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { "passphrase-file": { type: "string" }, to: { type: "string" } },
  });
  const [where] = positionals;
  if (where === undefined) throw new WrongCall();
  const { folders } = context;
  const roles = rolesIn(folders);
  if (roles.length === 0)
    throw new UserError(
      `There is nothing to back up in ${folders.root}. Set GUICHET_DATA as for the roles.`,
    );
  const path = targetOf(where);
  const lock = await lockFrom({
    passphraseFile: values["passphrase-file"],
    publicKeyFile: values.to,
    env,
  });
  const archive = writeArchive({ path, ...lockKey(lock) });
  try {
    addConfiguration(archive, { path: env.GUICHET_CONFIG, logo: context.settings.logoPath });
    for (const role of roles) {
      const said = await withRoleFiles(role, folders[role], (files, wasRunning) => {
        for (const { name, path: from } of files) {
          if (isFileName(name)) archive.add(name, from);
          else console.error(`Left out, since its name is not one of Guichet's: ${from}`);
        }
        return `  ${role.padEnd(9)} ${files.length} files, ${wasRunning ? "while it runs" : "it does not run"}`;
      });
      console.log(said);
    }
    const { files, bytes } = archive.finish();
    console.log(
      `${path}\n${files} files, ${(bytes / 1e6).toFixed(1)} MB. Keep what opens it somewhere else.`,
    );
    return 0;
  } finally {
    archive.abort();
  }
}

/** A folder is given a file named by the moment, so that a timer may write one every night. */
function targetOf(where: string): string {
  const path = resolve(where);
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isDirectory()) {
    const moment = new Date().toISOString().replace(/[:.]/g, "-").slice(0, 19);
    return join(path, `guichet-${moment}.backup`);
  }
  if (found !== undefined) throw new UserError(`${path} is there already, and is not overwritten.`);
  return path;
}

function addConfiguration(
  archive: ArchiveWriter,
  of: { path: string | undefined; logo: string | undefined },
): void {
  if (!of.path) return;
  archive.add("configuration/guichet.yaml", of.path);
  if (of.logo === undefined) return;
  const name = `configuration/${basename(of.logo)}`;
  if (isFileName(name) && statSync(of.logo, { throwIfNoEntry: false })?.isFile())
    archive.add(name, of.logo);
}

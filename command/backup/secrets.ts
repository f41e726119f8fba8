import { createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { Writable } from "node:stream";
import { UserError } from "../folders.ts";
import type { Lock, Unlock } from "./envelope.ts";

const passphraseLeast = 12;

/** How a new backup is locked: as the options say, else by a passphrase that is typed twice. */
export async function lockFrom(options: {
  passphraseFile: string | undefined;
  publicKeyFile: string | undefined;
  env: NodeJS.ProcessEnv;
}): Promise<Lock> {
  const { publicKeyFile } = options;
  if (publicKeyFile !== undefined) return { by: "public-key", key: keyIn(publicKeyFile, "public") };
  const given = passphraseIn(options);
  const passphrase = given ?? (await typed("Passphrase of the backup: "));
  if (passphrase.length < passphraseLeast)
    throw new UserError(
      `The passphrase is shorter than ${passphraseLeast} characters. A backup holds every key of the site: take some words that nobody guesses.`,
    );
  if (given === undefined && (await typed("The same again: ")) !== passphrase)
    throw new UserError("The two are not the same.");
  return { by: "passphrase", passphrase };
}

/** How a backup is opened. */
export async function unlockFrom(options: {
  passphraseFile: string | undefined;
  privateKeyFile: string | undefined;
  env: NodeJS.ProcessEnv;
}): Promise<Unlock> {
  const { privateKeyFile } = options;
  if (privateKeyFile !== undefined)
    return { by: "private-key", key: keyIn(privateKeyFile, "private") };
  const passphrase = passphraseIn(options) ?? (await typed("Passphrase of the backup: "));
  return { by: "passphrase", passphrase };
}

function passphraseIn(options: {
  passphraseFile: string | undefined;
  env: NodeJS.ProcessEnv;
}): string | undefined {
  const { passphraseFile, env } = options;
  if (passphraseFile === undefined) return env.GUICHET_BACKUP_PASSPHRASE || undefined;
  return textOf(passphraseFile).replace(/\r?\n$/, "");
}

/** A key from a file of PEM: one that fits, since a backup that cannot be opened is none. */
function keyIn(path: string, which: "public" | "private"): KeyObject {
  const pem = textOf(path);
  // OpenSSL makes the public key of a private one by itself, which has no business at the server.
  const isThatKind = pem.includes("PRIVATE KEY") === (which === "private");
  const key = isThatKind ? readKey(pem, which) : undefined;
  if (key?.asymmetricKeyType === "x25519") return key;
  throw new UserError(
    `${path} is not the ${which} key of a pair of X25519 in PEM; docs/deploy.md tells under "Backup" how to make the two.`,
  );
}

function readKey(pem: string, which: "public" | "private"): KeyObject | undefined {
  try {
    return which === "public" ? createPublicKey(pem) : createPrivateKey(pem);
  } catch {
    // OpenSSL says in its own words what is no key.
    return undefined;
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new UserError(`${path} cannot be read (${(error as NodeJS.ErrnoException).code}).`);
  }
}

/** Asks at the terminal, without showing what is typed. */
function typed(question: string): Promise<string> {
  if (!process.stdin.isTTY)
    throw new UserError(
      "Say how the backup is locked: --passphrase-file <file>, or GUICHET_BACKUP_PASSPHRASE.",
    );
  process.stderr.write(question);
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  return new Promise((resolve) => {
    lines.once("line", (line) => {
      lines.close();
      process.stderr.write("\n");
      resolve(line);
    });
    lines.once("close", () => resolve(""));
  });
}

import { createSecretKey, hkdfSync, type KeyObject, randomBytes } from "node:crypto";
import {
  closeSync,
  fchmodSync,
  fstatSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readSync,
  rmSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import { platform } from "node:process";
import { StorageError, storageErrorFrom } from "./storage-error.ts";
import { syncFolder } from "./sync-folder.ts";

const label = "guichet-site-key-1 ";

/**
 * Reads the site key: 32 random bytes in a file of its own, outside the database, so that a copy of
 * the one without the other gives nothing away. Where `mayCreate` holds (the database is new) a missing
 * file is made; else its loss is said, since a new key would silently make every sealed thing useless.
 * Throws StorageError with a sentence; also when others than the owner may read the file.
 */
export function openSiteKey(options: { path: string; mayCreate: boolean }): KeyObject {
  const { path, mayCreate } = options;
  try {
    return read(path);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT"))
      throw storageErrorFrom(error, path);
    if (!mayCreate)
      throw new StorageError(
        "missing",
        `The site key ${path} is missing, and what was sealed with it cannot be read without it. Put the file back from its copy.`,
        error,
      );
  }
  try {
    create(path);
    return read(path);
  } catch (error) {
    throw storageErrorFrom(error, path);
  }
}

/** A key for one purpose, made from the site key (HKDF-SHA-256): none can be told from another. */
export function purposeKey(siteKey: KeyObject, purpose: string): KeyObject {
  return createSecretKey(
    Buffer.from(hkdfSync("sha256", siteKey, "", `guichet purpose ${purpose}`, 32)),
  );
}

function create(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const temporary = `${path}.${randomBytes(6).toString("hex")}`;
  const file = openSync(temporary, "wx", 0o600);
  try {
    fchmodSync(file, 0o600);
    writeSync(file, `${label}${randomBytes(32).toString("base64url")}\n`);
    fsyncSync(file);
    // A link is refused when another process was first; a rename would replace its key.
    linkSync(temporary, path);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  } finally {
    closeSync(file);
    rmSync(temporary, { force: true });
  }
  syncFolder(dirname(path));
}

function read(path: string): KeyObject {
  const file = openSync(path, "r");
  try {
    if (platform !== "win32" && (fstatSync(file).mode & 0o077) !== 0)
      throw new StorageError(
        "exposed",
        `The site key ${path} can be read by other accounts of this machine. Take their rights away (chmod 600) and consider it known to them.`,
      );
    const text = Buffer.alloc(200);
    const line = text.toString("latin1", 0, readSync(file, text)).trimEnd();
    const key = Buffer.from(line.slice(label.length), "base64url");
    if (!line.startsWith(label) || key.length !== 32)
      throw new StorageError(
        "damaged",
        `The site key ${path} is damaged. Put the file back from its copy.`,
      );
    return createSecretKey(key);
  } finally {
    closeSync(file);
  }
}

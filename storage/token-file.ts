import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import {
  closeSync,
  fstatSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import { platform } from "node:process";
import { syncFolder } from "./sync-folder.ts";

/**
 * Reads a token from its file, or makes one (256 random bits, a file readable by its owner only).
 * Throws a sentence when others may read the file, or when it holds no token.
 */
export function readOrMakeToken(path: string): string {
  try {
    return read(path);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
  }
  const token = randomBytes(32).toString("base64url");
  // Written beside and renamed: a kill leaves no half a token behind.
  const file = openSync(`${path}.new`, "w", 0o600);
  try {
    writeSync(file, `${token}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(`${path}.new`, path);
  syncFolder(dirname(path));
  return token;
}

/** Whether a token that somebody sent is the right one, without telling by time how much of it is. */
export function isToken(token: string, sent: string): boolean {
  const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(token), digest(sent));
}

function read(path: string): string {
  const file = openSync(path, "r");
  try {
    if (platform !== "win32" && (fstatSync(file).mode & 0o077) !== 0)
      throw new Error(
        `The token ${path} can be read by other accounts of this machine. Remove the file, so that a new one is made.`,
      );
    const token = readFileSync(file, "utf8").trim();
    if (!/^[\w-]{20,200}$/.test(token))
      throw new Error(`${path} holds no token. Remove the file, so that a new one is made.`);
    return token;
  } finally {
    closeSync(file);
  }
}

import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { gzipSync } from "node:zlib";

export interface KioskFile {
  readonly bytes: Buffer;
  readonly type: string;
  /** Only where it is smaller. */
  readonly gzip: Buffer | undefined;
  readonly etag: string;
  /** Its name changes with its content. */
  readonly hashed: boolean;
}

const types = new Map([
  [".html", "text/html; charset=utf-8"],
  [".js", "text/javascript; charset=utf-8"],
  [".css", "text/css; charset=utf-8"],
  [".json", "application/json; charset=utf-8"],
  [".svg", "image/svg+xml"],
  [".png", "image/png"],
  [".jpg", "image/jpeg"],
  [".webp", "image/webp"],
  [".ico", "image/x-icon"],
  [".woff2", "font/woff2"],
  [".mp3", "audio/mpeg"],
  [".wav", "audio/wav"],
  [".ogg", "audio/ogg"],
]);
const compressible = /^(text\/|application\/json|image\/svg)/;
const mostFiles = 500;
const mostBytes = 8 * 1024 * 1024;

/**
 * The built kiosk, read once into memory by the addresses that it is served under. What is not among
 * them does not exist, so no address can name anything else on the disk. Undefined when there is no
 * built kiosk in the folder.
 */
export function loadKioskFiles(folder: string): ReadonlyMap<string, KioskFile> | undefined {
  const files = new Map<string, KioskFile>();
  for (const path of filesIn(folder)) {
    const file = loadFile(path);
    if (file !== undefined) files.set(`/${relative(folder, path).split(sep).join("/")}`, file);
    if (files.size >= mostFiles) break;
  }
  return files.has("/index.html") ? files : undefined;
}

/** One file, or undefined when it is not of a kind that is served, or not there. */
export function loadFile(path: string): KioskFile | undefined {
  const type = types.get(/\.[a-z0-9]+$/.exec(path.toLowerCase())?.[0] ?? "");
  if (type === undefined) return undefined;
  try {
    if (statSync(path).size > mostBytes) return undefined;
    const bytes = readFileSync(path);
    const zipped = compressible.test(type) ? gzipSync(bytes, { level: 9 }) : undefined;
    return {
      bytes,
      type,
      gzip: zipped !== undefined && zipped.length < bytes.length ? zipped : undefined,
      etag: `"${createHash("sha256").update(bytes).digest("base64url").slice(0, 22)}"`,
      hashed: /[\\/]assets[\\/]/.test(path),
    };
  } catch {
    return undefined;
  }
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
  } catch {
    return [];
  }
}

import { readdir, readFile } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { extname, join } from "node:path";

/** The page's files by their path, read once: nothing else of the disk can be asked for. */
export type PageFiles = ReadonlyMap<string, { readonly type: string; readonly bytes: Buffer }>;

const types = new Map([
  [".html", "text/html; charset=utf-8"],
  [".css", "text/css; charset=utf-8"],
  [".js", "text/javascript; charset=utf-8"],
  [".svg", "image/svg+xml"],
]);

/** Reads the files of the page's folder; `index.html` is `/`. */
export async function readPageFiles(folder: string): Promise<PageFiles> {
  const files = new Map<string, { readonly type: string; readonly bytes: Buffer }>();
  for (const name of await readdir(folder)) {
    const type = types.get(extname(name));
    if (type === undefined) continue;
    files.set(name === "index.html" ? "/" : `/${name}`, {
      type,
      bytes: await readFile(join(folder, name)),
    });
  }
  return files;
}

export function sendPageFile(files: PageFiles, path: string, response: ServerResponse): void {
  const file = files.get(path);
  response.writeHead(file === undefined ? 404 : 200, {
    "content-type": file?.type ?? "text/plain; charset=utf-8",
    "cache-control": "no-cache",
    "content-security-policy":
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
  });
  response.end(file?.bytes ?? "There is nothing at this address.\n");
}

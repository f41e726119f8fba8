import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const config = fileURLToPath(new URL("../vite.config.ts", import.meta.url));
const vite = fileURLToPath(new URL("../../node_modules/vite/bin/vite.js", import.meta.url));

/**
 * Builds the page from the sources as they are now, into a folder of its own: in a process of its own,
 * exactly as a person builds it. A warning, which that person would have to read, is a failure.
 */
export async function builtPage(): Promise<{ folder: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), "guichet-kiosk-"));
  const args = [vite, "build", "--config", config, "--outDir", folder, "--logLevel", "warn"];
  const { stdout, stderr } = await run(process.execPath, args);
  if (stdout + stderr !== "") throw new Error(`The build is not silent: ${stdout}${stderr}`);
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

// What a checkout needs before it can run: its dependencies, its runtime, and what is built of them. What
// is installed is checked by npm's own record of it, what is built by a stamp (a hash of what it was made
// from), so that a second start does no work.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { arch, platform, versions } from "node:process";
import { fileURLToPath } from "node:url";
import { folder } from "./libraries/packed.mjs";

export const root = dirname(fileURLToPath(import.meta.url));
const RUNTIME_MAJOR = 24;

/**
 * Installs the dependencies that package-lock.json names, unless they are there already, and packs them.
 * Those that only tests need may be missing where nobody asks for `tools`.
 */
export function prepare({ tools = false } = {}) {
  install(tools);
  packLibraries();
}

function install(tools) {
  if (isInstalled(tools)) return;
  console.log("Installing what Guichet needs (once) …");
  withLock("install", () => {
    if (isInstalled(tools)) return;
    run(
      platform === "win32" ? "npm.cmd" : "npm",
      ["ci", "--no-audit", "--no-fund", "--loglevel=error"],
      "The dependencies could not be installed. Is the npm registry in reach, and this folder writable?",
    );
  });
}

/** Whether npm installed, by the record that it keeps from version 7 on, what package-lock.json names. */
function isInstalled(tools) {
  const wanted = packagesIn("package-lock.json");
  const there = packagesIn(join("node_modules", ".package-lock.json"));
  const mayLack = ({ dev, optional, devOptional }) => optional || devOptional || (dev && !tools);
  return (
    "" in wanted &&
    Object.entries(wanted).every(([at, it]) => at === "" || at in there || mayLack(it)) &&
    Object.entries(there).every(([at, { version }]) => wanted[at]?.version === version)
  );
}

/** By the folder in which each is, with its version; none where npm wrote no such file to its end. */
function packagesIn(file) {
  try {
    return JSON.parse(read(join(root, file)) ?? "{}").packages ?? {};
  } catch {
    return {};
  }
}

/** Builds the kiosk's page into dist/kiosk, unless it was built from these very sources. */
export function buildKiosk() {
  build({
    doing: "Building the kiosk's screen",
    complaint: "The kiosk's screen could not be built.",
    config: "kiosk/vite.config.ts",
    // All that it imports: see test/house/imports.test.ts.
    sources: ["kiosk", "protocol", "pricing", "look", "card-readers/wedge"],
    into: join(root, "dist", "kiosk"),
  });
}

/** Packs the libraries that every role loads, see `libraries/packed.mjs`. */
export function packLibraries() {
  build({
    doing: "Packing the libraries",
    complaint: "The libraries could not be packed.",
    config: "libraries/vite.config.ts",
    sources: ["libraries"],
    into: fileURLToPath(folder),
  });
}

function build({ doing, complaint, config, sources, into }) {
  const wanted = hashOf([...sources, "package-lock.json"]);
  const stamp = join(into, ".stamp");
  if (read(stamp) === wanted) return;
  console.log(`${doing} (once) …`);
  withLock("build", () => {
    if (read(stamp) === wanted) return;
    const vite = join(root, "node_modules", "vite", "bin", "vite.js");
    run(runtime(), [vite, "build", "--config", config, "--logLevel", "warn"], complaint);
    writeFileSync(stamp, wanted);
  });
}

/** The Node that runs Guichet: this one if it is new enough, else the one among the dependencies. */
export function runtime() {
  if (Number(versions.node.split(".")[0]) >= RUNTIME_MAJOR) return process.execPath;
  const shipped = join(
    root,
    "node_modules",
    `node-${platform === "win32" ? "win" : platform}-${arch}`,
    "bin",
    platform === "win32" ? "node.exe" : "node",
  );
  if (existsSync(shipped)) return shipped;
  throw new Error(
    `Guichet needs Node ${RUNTIME_MAJOR} or newer on this kind of machine (${platform} ${arch}); this is Node ${versions.node}. Install a newer Node and start again.`,
  );
}

function run(program, args, complaint) {
  const result = spawnSync(program, args, {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
    shell: platform === "win32",
  });
  if (result.status !== 0) throw new Error(complaint);
}

/** Two starts at the same time must not write the same files; the second one waits for the first. */
function withLock(name, work) {
  const lock = join(root, `.${name}.lock`);
  const deadline = Date.now() + 300_000;
  for (;;) {
    try {
      mkdirSync(lock);
      break;
    } catch (error) {
      if (error.code !== "EEXIST")
        throw new Error(`This folder is not writable: ${root}`, { cause: error });
      const age = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
      if (age > 600_000 || Date.now() > deadline) rmSync(lock, { recursive: true, force: true });
      else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
    }
  }
  try {
    work();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

function hashOf(places) {
  const hash = createHash("sha256");
  const add = (path) => {
    const full = join(root, path);
    if (!existsSync(full)) return;
    if (statSync(full).isDirectory())
      for (const name of readdirSync(full).sort()) add(join(path, name));
    else hash.update(path).update("\0").update(readFileSync(full));
  };
  places.forEach(add);
  return hash.digest("hex");
}

function read(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

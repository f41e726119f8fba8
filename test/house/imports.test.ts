import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

/**
 * The import rule of docs/architecture.md. `leaves` may be used by every room that needs them; what a
 * room may use beyond its own files stands here and nowhere else.
 */
const leaves = ["ipp", "escl", "pricing", "storage", "protocol", "link"];
const mayImport: Record<string, string[]> = {
  ipp: [],
  escl: [],
  protocol: [],
  pricing: ["protocol"],
  storage: [],
  link: ["protocol"],
  "card-readers": [],
  libraries: [],
  // What a rule for card numbers does to everybody is reckoned where everybody is known.
  server: [...leaves, "card-readers"],
  "print-provider": leaves,
  "device-bridge": [...leaves, "card-readers"],
  simulator: ["ipp", "card-readers"],
  kiosk: ["protocol", "pricing"],
  console: ["protocol", "pricing"],
  command: [...leaves, "server", "print-provider", "device-bridge", "card-readers", "simulator"],
};

/** Pure files of another room that a room may use beyond that. */
const mayImportOf: Record<string, RegExp> = {
  // The page reads keyboards by the same rules as the bridge does.
  kiosk: /^card-readers\/wedge\/(codec|key-codes)\.ts$/,
};

/** Rooms that run in a browser, or that a browser shares: nothing of Node may be in them. */
const withoutNode = ["kiosk", "console", "pricing", "protocol"];

/** Files that decide, by their names: no clock, timer, network, disk or chance of their own. */
const decides = /(^|\/)(decide-[a-z-]+|[a-z-]+-machine|[a-z-]+-codec|[a-z-]+\.machine)\.ts$/;
const impure =
  /\b(Date\.now|new Date\(\)|performance\.now|Math\.random|setTimeout|setInterval|setImmediate|randomUUID|randomBytes|fetch)\b\s*\(?|node:(fs|net|http|https|timers|dgram|tls|child_process|worker_threads)/;

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const skipped = new Set(["node_modules", "dist", "data", "docs", ".git"]);

type File = { path: string; room: string; text: string; imports: string[] };

const files: File[] = walk(root).map((full) => {
  const path = relative(root, full).split(sep).join("/");
  const text = readFileSync(full, "utf8");
  return { path, room: path.split("/")[0] ?? "", text, imports: importsOf(text) };
});
const isTest = ({ path }: File) =>
  /\.test\.tsx?$|(^|\/)test\//.test(path) || path.endsWith("config.ts");
const product = files.filter((file) => !isTest(file));

test("every room imports only what it may", () => {
  const wrong = product.flatMap((file) =>
    file.imports
      .filter((name) => name.startsWith("."))
      .map((name) =>
        relative(root, resolve(root, dirname(file.path), name))
          .split(sep)
          .join("/"),
      )
      .filter((path) => mayImportOf[file.room]?.test(path) !== true)
      .map((path) => path.split("/")[0] ?? "")
      .filter((room) => room in mayImport && room !== file.room)
      .filter((room) => file.room in mayImport && !mayImport[file.room]?.includes(room))
      .map((room) => `${file.path} imports ${room}`),
  );
  expect(wrong).toEqual([]);
});

test("every folder with code is a room that the rule knows", () => {
  const rooms = new Set(files.filter(({ path }) => path.includes("/")).map(({ room }) => room));
  expect([...rooms].filter((room) => !(room in mayImport) && room !== "test")).toEqual([]);
});

test("what a browser runs imports nothing of Node", () => {
  const wrong = product.filter(
    ({ room, imports }) =>
      withoutNode.includes(room) && imports.some((name) => name.startsWith("node:")),
  );
  expect(wrong.map(({ path }) => path)).toEqual([]);
});

test("files that decide touch no clock, timer, network, disk or chance", () => {
  const wrong = product.filter(
    ({ path, text }) => decides.test(path) && impure.test(withoutComments(text)),
  );
  expect(wrong.map(({ path }) => path)).toEqual([]);
  expect(product.filter(({ path }) => decides.test(path)).length).toBeGreaterThan(5);
});

test("only the command reads the environment or ends the process", () => {
  const wrong = product.filter(
    ({ path, room, text }) =>
      room !== "command" &&
      path !== "guichet.ts" &&
      /process\.(env|exit)\b/.test(withoutComments(text)),
  );
  expect(wrong.map(({ path }) => path)).toEqual([]);
});

test("no file is longer than 300 lines, and none only passes others on", () => {
  expect(files.filter(({ text }) => text.split("\n").length > 301).map(({ path }) => path)).toEqual(
    [],
  );
  const barrels = product.filter(({ text }) => /^\s*export\s+(\*|\{[^}]*\})\s+from\s/m.test(text));
  expect(barrels.map(({ path }) => path)).toEqual([]);
});

test("nothing imports in a circle", () => {
  const graph = new Map(
    product.map((file) => [
      file.path,
      runtimeImportsOf(file.text)
        .filter((name) => name.startsWith("."))
        .map((name) =>
          relative(root, resolve(root, dirname(file.path), name))
            .split(sep)
            .join("/"),
        ),
    ]),
  );
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (path: string, trail: string[]): void => {
    if (trail.includes(path)) circles.push([...trail.slice(trail.indexOf(path)), path].join(" → "));
    if (done.has(path) || trail.includes(path)) return;
    for (const next of graph.get(path) ?? []) visit(next, [...trail, path]);
    done.add(path);
  };
  for (const path of graph.keys()) visit(path, []);
  expect(circles).toEqual([]);
});

function walk(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (skipped.has(entry.name)) return [];
    const full = join(folder, entry.name);
    if (entry.isDirectory()) return walk(full);
    return /\.tsx?$/.test(entry.name) ? [full] : [];
  });
}

function importsOf(text: string): string[] {
  return [...text.matchAll(/(?:from\s*|import\s*\(\s*|^import\s*)["']([^"']+)["']/gm)].map(
    (match) => match[1] ?? "",
  );
}

/** Imports that exist when the program runs: types alone make no circle. */
function runtimeImportsOf(text: string): string[] {
  return importsOf(
    text
      .replace(/^(import|export) type [^;]*;/gm, "")
      .replace(/import\s*\(\s*["'][^"']+["']\s*\)/g, ""),
  );
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/\/\/.*$/gm, "");
}

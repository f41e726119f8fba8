// `npm test`, `npm run soak` and `npm run bench`: sets up what they need and runs them. The last line
// of a test run is `N passed, N failed`, over everything that was checked.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { argv, env, exit } from "node:process";
import { buildKiosk, prepare, root, runtime } from "../setup.mjs";
import { installPeers } from "./peers.mjs";

const [mode = "test", ...rest] = ["soak", "bench"].includes(argv[2])
  ? argv.slice(2)
  : ["test", ...argv.slice(2)];

prepare({ tools: true });
installPeers();
buildKiosk();

const node = runtime();
const bin = (path) => join(root, "node_modules", ...path.split("/"));
const environment = {
  ...env,
  PATH: [dirname(node), bin(".bin"), env.PATH].join(delimiter),
  NODE_COMPILE_CACHE: env.NODE_COMPILE_CACHE ?? bin(".cache/compile"),
  ...(mode === "soak" ? { GUICHET_SOAK: "1" } : {}),
};

function run(program, args) {
  return (
    spawnSync(program, args, {
      cwd: root,
      stdio: ["ignore", "inherit", "inherit"],
      env: environment,
    }).status ?? 1
  );
}

if (mode === "bench") exit(run(node, [join(root, "test", "bench", "bench.ts"), ...rest]));

let passed = 0;
let failed = 0;
const count = (name, status) => {
  console.log(`${status === 0 ? "✓" : "✗"} ${name}`);
  if (status === 0) passed += 1;
  else failed += 1;
};

if (rest.length === 0 && mode === "test") {
  count("style (biome)", run(node, [bin("@biomejs/biome/bin/biome"), "check", "."]));
  count("types (tsc)", run(node, [bin("typescript/bin/tsc")]));
}

// Whole systems of many processes come after the unit tests, which keep the cores busy by themselves.
const folder = mkdtempSync(join(tmpdir(), "guichet-tests-"));
for (const project of ["unit", "system"]) {
  const report = join(folder, `${project}.json`);
  const status = run(node, [
    bin("vitest/vitest.mjs"),
    "run",
    "--project",
    project,
    "--passWithNoTests",
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
    ...rest,
  ]);
  const result = JSON.parse(readFileSync(report, "utf8"));
  passed += result.numPassedTests;
  failed += result.numFailedTests;
  // A file that could not even be loaded has no test to count, and is a failure all the same.
  if (status !== 0 && result.numFailedTests === 0)
    failed += Math.max(1, result.numFailedTestSuites);
}
rmSync(folder, { recursive: true, force: true });

console.log(`\n${passed} passed, ${failed} failed`);
exit(failed === 0 && passed > 0 ? 0 : 1);

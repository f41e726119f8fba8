#!/usr/bin/env node
// The launcher: runs on any Node from 20, sets up what is missing, and hands over to guichet.ts on
// the runtime that the project ships as a dependency. Plain JavaScript, since an older Node reads no
// TypeScript; Node's own modules only, since nothing may be installed yet.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { argv, env, exit } from "node:process";
import { fileURLToPath } from "node:url";
import { nodeFlags } from "./node-flags.mjs";
import { buildKiosk, prepare, root, runtime } from "./setup.mjs";

const args = argv.slice(2);
const command = args[0] ?? "help";

try {
  prepare();
  if (command === "start" || command === "bridge") buildKiosk();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  exit(1);
}

const child = spawn(
  runtime(),
  [...nodeFlags(command), fileURLToPath(new URL("./guichet.ts", import.meta.url)), ...args],
  {
    stdio: "inherit",
    env: {
      ...env,
      NODE_COMPILE_CACHE: env.NODE_COMPILE_CACHE ?? join(root, "node_modules", ".cache", "compile"),
    },
  },
);
// A terminal's Ctrl-C reaches the child by itself (same process group); a service manager's SIGTERM
// reaches only the launcher, so both are passed on and the child decides when it is done.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
child.on("error", (error) => {
  console.error(`Guichet could not start its runtime: ${error.message}`);
  exit(1);
});
child.on("exit", (code, signal) =>
  exit(code ?? (signal === "SIGINT" || signal === "SIGTERM" ? 0 : 1)),
);

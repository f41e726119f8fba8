import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { stringify } from "yaml";
import { freePorts } from "./free-ports.ts";
import { waitFor } from "./wait-for.ts";

const program = fileURLToPath(new URL("../../guichet.ts", import.meta.url));
let folder: string;
let ports: number[];
const started: ChildProcess[] = [];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "guichet-start-"));
  ports = await freePorts(7);
});
afterEach(async () => {
  for (const child of started.splice(0)) await ended(child, () => child.kill("SIGKILL"));
  rmSync(folder, { recursive: true, force: true });
});

/** `guichet start` with a configuration of free ports, and what it says. */
function start(env: NodeJS.ProcessEnv = {}) {
  const [server, provider, bridge, readerPort, simulator, serverTls, providerTls] = ports;
  const file = join(folder, "guichet.yaml");
  writeFileSync(
    file,
    stringify({
      server: { port: server, tlsPort: serverTls },
      provider: { port: provider, tlsPort: providerTls },
      bridge: { port: bridge, readerPort },
      simulator: { port: simulator },
    }),
  );
  const child = spawn(process.execPath, [program, "start"], {
    env: { ...process.env, GUICHET_CONFIG: file, GUICHET_DATA: join(folder, "data"), ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  started.push(child);
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (bytes: Buffer) => {
      said += bytes.toString();
    });
  return { child, said: () => said };
}

function ended(child: ChildProcess, doIt: () => void = () => undefined): Promise<number | null> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve(child.exitCode);
    child.once("exit", (code) => resolve(code));
    doIt();
  });
}

/** Processes of this site, by the folder that they were told to keep everything in. */
async function processesOfSite(): Promise<number[]> {
  const { readdir } = await import("node:fs/promises");
  const pids = (await readdir("/proc")).map(Number).filter((pid) => pid > 0 && pid !== process.pid);
  return pids.filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/environ`, "utf8").includes(
        `GUICHET_DATA=${join(folder, "data")}`,
      );
    } catch {
      return false;
    }
  });
}

test("start runs a whole site, a role that dies is started again, and Ctrl-C ends all of it", async () => {
  const { child, said } = start();
  await waitFor("the welcome", () => said().includes("Ctrl-C ends all of it"), 60_000);
  const health = () =>
    fetch(`http://127.0.0.1:${ports[1]}/healthz`).then((response) => response.ok);
  expect(await health()).toBe(true);
  const provider = (await processesOfSite()).find((pid) =>
    readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("guichet.ts\0provider"),
  );
  if (provider === undefined) throw new Error("There is no provider among the processes");
  process.kill(provider, "SIGKILL");
  await waitFor("word of the death", () =>
    said().includes("The provider ended (SIGKILL); it is started again."),
  );
  await waitFor("the provider again", health);

  expect(await ended(child, () => child.kill("SIGINT"))).toBe(0);
  expect(await processesOfSite()).toEqual([]);
});

test("a taken port is one clear sentence, and nothing is left running", async () => {
  const squatter = createServer().listen(ports[1], "127.0.0.1");
  await new Promise((resolve) => squatter.once("listening", resolve));
  const { child, said } = start();
  expect(await ended(child)).toBe(2);
  squatter.close();
  expect(said()).toMatch(new RegExp(`^[^\\n]*${ports[1]}[^\\n]*another program[^\\n]*\\n$`));
  expect(await processesOfSite()).toEqual([]);
});

test("a data folder that cannot be written, and a wrong key, are one sentence each", async () => {
  const file = join(folder, "a-file");
  writeFileSync(file, "");
  const unwritable = start({ GUICHET_DATA: join(file, "data") });
  expect(await ended(unwritable.child)).toBe(2);
  expect(unwritable.said()).toMatch(/^The folder .*a-file.* cannot be written .*GUICHET_DATA\.\n$/);

  const wrong = join(folder, "wrong.yaml");
  writeFileSync(wrong, "site:\n  nmae: Library\n");
  const misspelt = start({ GUICHET_CONFIG: wrong });
  expect(await ended(misspelt.child)).toBe(2);
  expect(misspelt.said()).toMatch(/^.*wrong\.yaml, line 2: "site\.nmae" is not a key .*\n$/);
});

import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { type Static, type TSchema, Type } from "typebox";
import { Value } from "typebox/value";
import { quietAndSandboxless } from "../browser.ts";
import { connectDebugger, type Told } from "./debugger-wire.ts";

/** A page of Chromium at the other end of its debugging protocol, and nothing between. */
export type BarePage = {
  send: (method: string, params?: Told) => Promise<Told>;
  /** Evaluates in the page, waits for the promise that comes of it, and gives what it resolves with. */
  ask: <S extends TSchema>(schema: S, expression: string) => Promise<Static<S>>;
  on: (event: string, hear: (told: Told) => void) => void;
  close: () => Promise<void>;
};

const Answer = Type.Object({ result: Type.Object({ value: Type.Unknown() }) });
const Target = Type.Object({ targetId: Type.String() });
const Session = Type.Object({ sessionId: Type.String() });
const startMs = 20_000;

/**
 * Chromium with nobody in its pages. A library that drives a browser puts a script of its own into each
 * page (a third of a megabyte, compiled on the very thread that is measured) and a second world for it
 * to run in: on a slowed processor that takes as long as much of what the kiosk does.
 */
export async function launchBareBrowser(size: { width: number; height: number }): Promise<{
  newPage: () => Promise<BarePage>;
  close: () => Promise<void>;
}> {
  const profile = mkdtempSync(join(tmpdir(), "guichet-chromium-"));
  const browser = spawn(
    process.env.GUICHET_CHROMIUM ?? "/usr/bin/chromium",
    [
      ...quietAndSandboxless,
      "--headless",
      "--remote-debugging-port=0",
      `--user-data-dir=${profile}`,
      `--window-size=${size.width},${size.height}`,
      "--lang=en-GB",
      "about:blank",
    ],
    { stdio: "ignore" },
  );
  const end = async () => {
    await ended(browser);
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };
  try {
    const wire = await connectDebugger(await addressOf(profile));
    return {
      newPage: async () => {
        const made = await wire.send("Target.createTarget", { url: "about:blank" });
        const { targetId } = Value.Parse(Target, made);
        const attached = await wire.send("Target.attachToTarget", { targetId, flatten: true });
        const { sessionId } = Value.Parse(Session, attached);
        return {
          send: (method, params) => wire.send(method, params, sessionId),
          ask: async (schema, expression) => {
            const how = { expression, awaitPromise: true, returnByValue: true };
            const answer = await wire.send("Runtime.evaluate", how, sessionId);
            return Value.Parse(schema, Value.Parse(Answer, answer).result.value);
          },
          on: (event, hear) => wire.on(event, hear, sessionId),
          close: async () => {
            await wire.send("Target.closeTarget", { targetId });
          },
        };
      },
      close: async () => {
        wire.close();
        await end();
      },
    };
  } catch (error) {
    await end();
    throw error;
  }
}

/** Chromium writes where it listens into its profile. */
async function addressOf(profile: string): Promise<string> {
  for (const from = performance.now(); performance.now() - from < startMs; await pause(50)) {
    const [port, path] = linesOf(join(profile, "DevToolsActivePort"));
    if (port !== undefined && path !== undefined) return `ws://127.0.0.1:${port}${path}`;
  }
  throw new Error(`Chromium did not start within ${startMs / 1000} s.`);
}

function linesOf(path: string): string[] {
  try {
    return readFileSync(path, "utf8").trim().split("\n");
  } catch {
    return [];
  }
}

async function ended(browser: ChildProcess): Promise<void> {
  if (browser.exitCode !== null || browser.signalCode !== null) return;
  const gone = new Promise((resolve) => browser.once("exit", resolve));
  browser.kill();
  await gone;
}

import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import pino, { type Logger } from "pino";
import { type Settings, settingsOf } from "./configuration/defaults.ts";
import { loadConfiguration } from "./configuration/load.ts";
import { type Folders, foldersIn } from "./folders.ts";

/** What every command is given: the settings, the folders and the environment it was started in. */
export type Context = {
  settings: Settings;
  folders: Folders;
  /** The built kiosk, made by the launcher. */
  kioskDir: string;
  version: string;
  logger: (role: string) => Logger;
};

/**
 * Reads what the environment names: `GUICHET_CONFIG` (a file) and `GUICHET_DATA` (a folder, `data`
 * beside the program if it is not set).
 */
export function contextFrom(env: NodeJS.ProcessEnv): Context {
  const path = env.GUICHET_CONFIG || undefined;
  const settings = settingsOf(loadConfiguration(path), path);
  const here = (name: string) => fileURLToPath(new URL(`../${name}`, import.meta.url));
  const { version } = createRequire(import.meta.url)("../package.json") as { version: string };
  return {
    settings,
    folders: foldersIn(env.GUICHET_DATA || here("data")),
    kioskDir: here("dist/kiosk"),
    version,
    logger: (role) =>
      pino(
        {
          level: settings.logLevel,
          base: { role },
          timestamp: pino.stdTimeFunctions.isoTime,
          // Defence in depth: no event carries these, and if one did, its value would not be written.
          redact: {
            paths: ["cardNumber", "pin", "title", "*.cardNumber", "*.pin", "*.title"],
            censor: "…",
          },
        },
        // Written beside the work: a person waits for paper, and not for a line about it. What is
        // left when the process ends is written then; a kill may cost the lines of its last moment.
        pino.destination({ dest: 1, sync: false }),
      ),
  };
}

import { randomBytes } from "node:crypto";
import { closeSync, mkdirSync, openSync, readdirSync, rmSync } from "node:fs";
import { createServer, request, type Server } from "node:http";
import { join } from "node:path";
import { platform } from "node:process";
import type { Logger } from "pino";
import { StorageError } from "../../storage/storage-error.ts";

const socketName = "control.sock";
const snapshotPrefix = "snapshot-";
/** Longer paths do not fit into the address of a Unix socket (sun_path, 108 bytes with its end). */
const pathMost = 104;

export type Control = { close: () => Promise<void> };

/** Whether a name in a role's folder belongs to this, and not to what must last. */
export function isOfControl(name: string): boolean {
  return name === socketName || name.startsWith(snapshotPrefix);
}

/**
 * Opens the way by which `guichet backup` asks a running role for a copy of its database: a socket in the
 * role's own folder, so that who may read the folder may ask, and nobody else. Nothing else is answered.
 */
export async function openControl(options: {
  folder: string;
  snapshot: (folder: string) => Promise<void>;
  log: Logger;
}): Promise<Control | undefined> {
  const { folder, snapshot, log } = options;
  // Windows has no sockets in folders: there a backup is made while Guichet is stopped.
  if (platform === "win32") return undefined;
  sweep(folder);
  const server = createServer((asked, reply) => {
    asked.resume();
    const answer = (status: number, body: object): void => {
      reply.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    };
    if (asked.method !== "POST" || asked.url !== "/snapshot") return answer(404, {});
    takeSnapshot(folder, snapshot).then(
      (name) => {
        log.info({ event: "snapshot" }, "copied for a backup");
        answer(200, { name });
      },
      (error: unknown) => {
        log.error({ event: "snapshot-failed", err: error }, "no backup");
        const known = error instanceof StorageError;
        answer(500, { sentence: known ? error.message : "The role's log says why." });
      },
    );
  });
  await withSocketPath(folder, (path) => listen(server, path));
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/**
 * Asks the role that runs on this folder for a copy of its databases; gives the folder that holds it, to
 * be removed by the caller, or undefined where no role runs there. Throws the role's own sentence.
 */
export async function askForSnapshot(folder: string): Promise<string | undefined> {
  if (platform === "win32") return undefined;
  const found = await withSocketPath(folder, ask).catch((error: unknown) => {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOENT" || code === "ECONNREFUSED") return undefined;
    throw error;
  });
  if (found === undefined) return undefined;
  const { name, sentence } = JSON.parse(found) as { name?: string; sentence?: string };
  if (name === undefined || !isOfControl(name)) throw new Error(sentence ?? "No copy was made.");
  return join(folder, name);
}

async function takeSnapshot(
  folder: string,
  snapshot: (folder: string) => Promise<void>,
): Promise<string> {
  const name = `${snapshotPrefix}${randomBytes(6).toString("hex")}`;
  const into = join(folder, name);
  mkdirSync(into, { mode: 0o700 });
  try {
    await snapshot(into);
    return name;
  } catch (error) {
    rmSync(into, { recursive: true, force: true });
    throw error;
  }
}

/** A backup that was cut off leaves its copy, and a kill the socket. */
function sweep(folder: string): void {
  for (const name of readdirSync(folder).filter(isOfControl))
    rmSync(join(folder, name), { recursive: true, force: true });
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(path, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

function ask(socketPath: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const call = request({ socketPath, path: "/snapshot", method: "POST" }, (reply) => {
      let text = "";
      reply.setEncoding("utf8");
      reply.on("data", (piece: string) => {
        text += piece;
      });
      reply.on("end", () => resolve(text));
      reply.on("error", reject);
    });
    call.on("error", reject);
    call.end();
  });
}

/** Gives a path of the folder's socket that is short enough, for as long as `use` needs it. */
async function withSocketPath<T>(folder: string, use: (path: string) => Promise<T>): Promise<T> {
  const path = join(folder, socketName);
  if (Buffer.byteLength(path) <= pathMost || platform !== "linux") return use(path);
  const handle = openSync(folder, "r");
  try {
    return await use(`/proc/self/fd/${handle}/${socketName}`);
  } finally {
    closeSync(handle);
  }
}

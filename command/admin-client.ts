import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Static, TSchema } from "typebox";
import { Compile } from "typebox/compile";
import { Refusal } from "../protocol/refusal.ts";
import { UserError } from "./folders.ts";

export type AdminClient = {
  get: <S extends TSchema>(path: string, reply: S) => Promise<Static<S>>;
  post: <S extends TSchema>(
    path: string,
    body: unknown,
    reply: S,
    options?: { timeoutMs?: number },
  ) => Promise<Static<S>>;
};

const refusal = Compile(Refusal);

/**
 * Speaks to the running server with the administrator's token from the server's data folder. Throws
 * `UserError` with the server's own sentence for a no, and with what to do where nobody answers.
 */
export function adminClient(options: { url: string; serverFolder: string }): AdminClient {
  const call = async <S extends TSchema>(
    method: "GET" | "POST",
    path: string,
    body: unknown,
    schema: S,
    timeoutMs = 15_000,
  ) => {
    const response = await fetch(new URL(path, options.url), {
      method,
      headers: {
        authorization: `Bearer ${tokenIn(options.serverFolder)}`,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(timeoutMs),
    }).catch((error: unknown) => {
      throw new UserError(
        `Guichet's server does not answer at ${options.url}. Is it running (npm start), and is this its configuration?`,
        { cause: error },
      );
    });
    const value: unknown = await response.json().catch(() => undefined);
    if (!response.ok)
      throw new UserError(
        refusal.Check(value) ? value.sentence : `The server answered ${response.status}.`,
      );
    if (!Compile(schema).Check(value))
      throw new UserError(
        "The server's answer is not understood: are server and command of the same version?",
      );
    return value as Static<S>;
  };
  return {
    get: (path, reply) => call("GET", path, undefined, reply),
    post: (path, body, reply, options) => call("POST", path, body, reply, options?.timeoutMs),
  };
}

function tokenIn(serverFolder: string): string {
  const path = join(serverFolder, "admin-token");
  try {
    return readFileSync(path, "utf8").trim();
  } catch {
    throw new UserError(
      `There is no administrator's token at ${path}. Start the server once, run this on its machine, and set GUICHET_DATA as for the server.`,
    );
  }
}

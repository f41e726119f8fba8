import { flushCompileCache } from "node:module";
import { openControl } from "./backup/control.ts";
import type { Context } from "./context.ts";
import { refuseHalfRestored, UserError } from "./folders.ts";
import { type Role, startRole } from "./roles.ts";

/**
 * `guichet server|provider|bridge|simulator`: one role in this process, until it is told to stop.
 * Where a supervisor started it, it is told over the channel when the role listens.
 */
export async function runRole(
  role: Role,
  context: Context,
  enrolCode: string | undefined,
): Promise<number> {
  refuseHalfRestored(context.folders.root);
  const running = await startRole(role, context, enrolCode).catch((error: unknown) => {
    throw asUserError(role, error);
  });
  const { snapshot } = running;
  const control =
    snapshot === undefined
      ? undefined
      : await openControl({
          folder: context.folders[role],
          snapshot,
          log: context.logger(role),
        }).catch((error: unknown) => {
          throw asUserError(role, error);
        });
  process.send?.({ kind: "ready", url: running.url });
  context.logger(role).info({ event: "listening", url: running.url }, "listening");
  keepCompiledCode();
  await stopped();
  await control?.close();
  await running.close();
  return 0;
}

/**
 * Writes down what was compiled, which else only an orderly end does: a role that was killed would be
 * slow to start again, and hold the compiler of TypeScript besides. Later once more and again, with what
 * was loaded when the site's configuration came and when it was first needed.
 */
function keepCompiledCode(): void {
  flushCompileCache();
  for (const afterMs of [5_000, 60_000]) setTimeout(flushCompileCache, afterMs).unref();
}

/** Resolves at the first signal to stop, or when the supervisor that started this process is gone. */
function stopped(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
      process.once(signal, () => resolve());
    if (process.send) process.once("disconnect", () => resolve());
  });
}

/**
 * What a role throws while it starts is a sentence for whoever starts it (a taken port, a folder in
 * use, a lost key), but for the errors that only a mistake of ours throws.
 */
function asUserError(role: Role, error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof TypeError) return error;
  if (error instanceof RangeError || error instanceof ReferenceError) return error;
  const { code, address, port } = error as { code?: string; address?: string; port?: number };
  if (code === "EADDRINUSE")
    return new UserError(
      `The ${role} cannot listen on ${address}:${port}: another program does. Stop that one, or give the ${role} another port in the configuration.`,
      { cause: error },
    );
  if (code === "EACCES" && port !== undefined)
    return new UserError(
      `The ${role} may not listen on port ${port}: ports below 1024 need a privilege.`,
      { cause: error },
    );
  if (code === "EADDRNOTAVAIL")
    return new UserError(
      `The ${role} cannot listen on ${address}: this machine has no such address.`,
      { cause: error },
    );
  return new UserError(error.message, { cause: error });
}

import { EnrolmentCodeReply } from "../protocol/admin.ts";
import { adminClient } from "./admin-client.ts";
import type { Context } from "./context.ts";
import { makeFolder, UserError } from "./folders.ts";
import { isEnrolled } from "./identity.ts";
import type { Role } from "./roles.ts";
import { type Supervised, supervise } from "./supervisor.ts";
import { welcome } from "./welcome.ts";

/**
 * `guichet start`: a whole site on this machine. A bridge or provider that has no identity yet waits for
 * the server and is given a one-time code.
 */
export async function start(context: Context, env: NodeJS.ProcessEnv): Promise<number> {
  const { settings, folders } = context;
  makeFolder(folders.root);
  makeFolder(folders.logs);
  const begun = performance.now();
  const running: Supervised[] = [];
  let stopping = false;
  const run = (role: Role, args: string[] = []) => {
    if (stopping) throw new UserError(`The ${role} was not started: everything is being stopped.`);
    const supervised = supervise({
      role,
      args,
      env,
      logFolder: folders.logs,
      tell: (sentence) => console.error(sentence),
    });
    running.push(supervised);
    return supervised.ready.catch((error: Error) => {
      throw new UserError(error.message);
    });
  };
  const stopped = new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
      process.once(signal, () => resolve());
  });

  const stop = async () => {
    stopping = true;
    // The bridge first: it gives up what it has in hand while the others still answer.
    for (const supervised of running.toReversed()) await supervised.stop();
  };

  const bringUp = async () => {
    const simulator = settings.simulator ? run("simulator") : undefined;
    const server = run("server");
    const admin = adminClient({ url: settings.server.localUrl, serverFolder: folders.server });
    // Whoever is enrolled needs no server to start; on the first start it needs a code from it.
    const enrolled = async (role: "provider" | "bridge", subject: string) => {
      if (isEnrolled(folders[role])) return run(role);
      await server;
      const body = { role, subject };
      const { code } = await admin.post("/api/admin/enrolment-codes", body, EnrolmentCodeReply);
      return run(role, ["--enrol", code]);
    };
    await Promise.all([
      server,
      enrolled("provider", settings.provider.id),
      enrolled("bridge", settings.bridge.id),
      simulator,
    ]);
    console.log(welcome(context, performance.now() - begun));
  };

  try {
    await Promise.race([bringUp(), stopped]);
  } catch (error) {
    await stop();
    throw error;
  }
  await stopped;
  console.log("\nStopping …");
  await stop();
  return 0;
}

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Context } from "./context.ts";
import { UserError } from "./folders.ts";

/**
 * `guichet token`: the secret that scripts give as the first parameter of each XML-RPC method; with
 * `--health` the key that monitoring scripts send as `Authorization`.
 */
export function token(context: Context, args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { health: { type: "boolean" } } });
  const name = values.health === true ? "health-key" : "web-services-token";
  const path = join(context.folders.server, name);
  try {
    console.log(readFileSync(path, "utf8").trim());
  } catch {
    throw new UserError(
      `There is no token at ${path} yet: it is made when the server starts for the first time.`,
    );
  }
  return Promise.resolve(0);
}

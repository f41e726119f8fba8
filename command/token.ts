import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Context } from "./context.ts";
import { UserError } from "./folders.ts";

/** `guichet token`: the secret that scripts give as the first parameter of each XML-RPC method. */
export function token(context: Context): Promise<number> {
  const path = join(context.folders.server, "web-services-token");
  try {
    console.log(readFileSync(path, "utf8").trim());
  } catch {
    throw new UserError(
      `There is no token at ${path} yet: it is made when the server starts for the first time.`,
    );
  }
  return Promise.resolve(0);
}

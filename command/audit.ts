import { parseArgs } from "node:util";
import { AuditReply } from "../protocol/admin-audit.ts";
import { adminClient } from "./admin-client.ts";
import type { Context } from "./context.ts";

/**
 * `guichet audit`: who read or changed what about whom, and the head of the chain. Exit code 1 where the
 * chain does not hold together.
 */
export async function audit(context: Context, args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: { about: { type: "string" }, last: { type: "string" } },
  });
  const admin = adminClient({
    url: context.settings.server.localUrl,
    serverFolder: context.folders.server,
  });
  const query = new URLSearchParams({
    ...(values.about === undefined ? {} : { login: values.about }),
    ...(values.last === undefined ? {} : { last: values.last }),
  });
  const { entries, head, brokenAt, shown } = await admin.get(
    `/api/admin/audit?${query}`,
    AuditReply,
  );
  for (const { entry, at, who, what, about } of shown.toReversed())
    console.log(`${entry}  ${at}  ${who}  ${what}${about === undefined ? "" : `  ${about}`}`);
  console.log(`${entries} entries, head ${head}`);
  if (brokenAt === undefined) return 0;
  console.log(`NOT sound: entry ${brokenAt} was changed, or one before it was taken away.`);
  return 1;
}

import type { Link } from "../../link/client.ts";
import { JobsPushReply } from "../../protocol/provider-server.ts";
import type { Database } from "../../storage/open-database.ts";
import type { Changes } from "../changes.ts";
import { nextPush, serverHas } from "./job-pushes.ts";
import { type KeepTrying, keepTrying } from "./keep-trying.ts";

/** Keeps the server's list of jobs as new as it can be, until the signal. Never throws. */
export function pushJobs(
  parts: { db: Database; link: Link; changes: Changes; onReached: () => void } & KeepTrying,
): Promise<void> {
  const { db, link, changes, signal, onReached } = parts;
  return keepTrying(async () => {
    const push = nextPush(db);
    if (push === undefined) return changes.next(signal);
    const { revision } = await link.post("/api/provider/jobs", push, JobsPushReply, { signal });
    onReached();
    serverHas(db, revision);
    // Without this a server that takes nothing would be asked in a circle.
    if (revision === push.after) throw new Error("The server did not take the changes of jobs.");
  }, parts);
}

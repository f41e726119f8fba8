import { setTimeout as wait } from "node:timers/promises";
import type { Link } from "../../link/client.ts";
import { JobsPushReply } from "../../protocol/provider-server.ts";
import type { Database } from "../../storage/open-database.ts";
import type { Changes } from "../changes.ts";
import { readRevisions, rememberServerHas } from "../database/provider-row.ts";
import { nextPush, tellAllAfter } from "./job-pushes.ts";
import { type KeepTrying, keepTrying } from "./keep-trying.ts";

/**
 * Changes within this time are told together: the server commits each push. And a claim is not told
 * while the bridge that made it asks that same server for the money, and a person waits for both.
 */
const gatherMs = 50;

/** Keeps the server's list of jobs as new as it can be, until the signal. Never throws. */
export async function pushJobs(
  parts: {
    db: Database;
    link: Link;
    changes: Changes;
    onReached: () => void;
    /** Told which revision the server has, each time that it says so. */
    onServerHas: (revision: number) => void;
  } & KeepTrying,
): Promise<void> {
  const { db, link, changes, signal, onReached, onServerHas } = parts;
  const { serverHas: kept } = readRevisions(db);
  let serverHas = kept;
  const pause = () => wait(gatherMs, undefined, { signal }).catch(() => undefined);
  await keepTrying(async () => {
    const push = nextPush(db, serverHas);
    if (push === undefined) {
      await changes.next(signal);
      return await pause();
    }
    const { revision } = await link.post("/api/provider/jobs", push, JobsPushReply, { signal });
    onReached();
    onServerHas(revision);
    serverHas = revision;
    if (revision > readRevisions(db).newest) tellAllAfter(db, revision);
    // Without this a server that takes nothing would be asked in a circle.
    if (revision === push.after) throw new Error("The server did not take the changes of jobs.");
    await pause();
  }, parts);
  // One that is out of date at the next start, after a kill, only costs a question.
  if (serverHas !== kept) rememberServerHas(db, serverHas);
}

import { type Cups, startCups, whyNoCupsd } from "../labs/cupsd.ts";
import { runProgram } from "../labs/program.ts";
import { startSite, type TestSite } from "../system/test-site.ts";
import { LeftOut } from "./measure.ts";

/** Guichet and CUPS side by side, each with a queue that holds what it takes. */
export type Rivals = {
  site: TestSite;
  /** As Debian ships it: the document is not made durable when it is taken. */
  cups: Cups;
  /** The same with SyncOnClose Yes, cups-files.conf(5). */
  syncingCups: Cups;
  close: () => Promise<void>;
};

export const CUPS_QUEUE = "held";
export const OUR_QUEUE = "find-me";

export async function startRivals(): Promise<Rivals> {
  const why = whyNoCupsd();
  if (why !== undefined) throw new LeftOut(why);
  const opened: { close: () => Promise<void> }[] = [];
  const close = async () => {
    for (const it of opened.splice(0).toReversed()) await it.close();
  };
  try {
    const site = await startSite();
    opened.push(site);
    const cups = await startCups();
    opened.push(cups);
    const syncingCups = await startCups([], ["SyncOnClose Yes"]);
    opened.push(syncingCups);
    for (const one of [cups, syncingCups]) await addHoldingQueue(one);
    return { site, cups, syncingCups, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function addHoldingQueue(cups: Cups): Promise<void> {
  await cups.addQueue(CUPS_QUEUE, "file:/dev/null", "raw");
  await runProgram("/usr/sbin/lpadmin", [
    ...["-h", `127.0.0.1:${cups.port}`, "-p", CUPS_QUEUE],
    ...["-o", "job-hold-until-default=indefinite"],
  ]);
}

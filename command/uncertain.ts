import { parseArgs } from "node:util";
import { decimalOf } from "../pricing/money.ts";
import { type UncertainRelease, UncertainReleases } from "../protocol/admin.ts";
import { adminClient } from "./admin-client.ts";
import type { Context } from "./context.ts";
import { UserError } from "./folders.ts";

const WHY: Record<string, string> = {
  "device-forgot": "the device no longer knows the job",
  "device-restarted": "the device restarted while it printed",
  "no-counters": "the device counts nothing",
  "counters-disagree": "the device's counters disagree",
  "device-gone": "the device could not be asked any more",
  restored: "the bridge was put back from a backup, which does not know what came out",
};

/**
 * `guichet uncertain`: releases of which nobody can know what came out. They are unpaid, and the
 * document is kept, until a person who looked at the paper decides.
 */
export async function uncertain(context: Context, args: string[]): Promise<number> {
  const admin = adminClient({
    url: context.settings.server.localUrl,
    serverFolder: context.folders.server,
  });
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { sides: { type: "string" } },
  });
  const [release, decision] = positionals;
  if (release === undefined) {
    const { releases } = await admin.get("/api/admin/uncertain", UncertainReleases);
    if (releases.length === 0) console.log("No release is uncertain.");
    for (const one of releases)
      console.log(describe(one, context.settings.site.appearance.currency));
    return 0;
  }
  if (decision !== "printed" && decision !== "not-printed")
    throw new UserError(
      'Say what you found: "guichet uncertain <release> printed" or "… not-printed".',
    );
  const impressions = values.sides === undefined ? undefined : Number(values.sides);
  if (impressions !== undefined && (!Number.isInteger(impressions) || impressions < 0))
    throw new UserError(`"--sides ${values.sides}" is not a number of printed sides.`);
  const { releases } = await admin.get("/api/admin/uncertain", UncertainReleases);
  const waiting = releases.find(({ releaseId }) => releaseId === release);
  await admin.post(
    `/api/admin/uncertain/${encodeURIComponent(release)}`,
    { decision, ...(impressions === undefined ? {} : { impressions }) },
    UncertainReleases,
  );
  const person = waiting?.person ?? "The person";
  console.log(
    decision === "printed"
      ? `Decided: printed. ${person} is charged as soon as the bridge has carried it out.`
      : `Decided: not printed. ${person} pays nothing and finds the document in the list again.`,
  );
  return 0;
}

function describe(one: UncertainRelease, currency: string): string {
  return [
    `${one.releaseId}  since ${one.since}`,
    `  ${one.person} at ${one.device} (${one.bridge}): ${WHY[one.why] ?? one.why}`,
    `  at least ${one.atLeast} of ${one.wanted} sides came out; all of it would cost ${decimalOf(one.price)} ${currency}`,
    one.decision === null
      ? `  decide: npx guichet uncertain ${one.releaseId} printed|not-printed`
      : `  decided "${one.decision}", waiting for the bridge`,
  ].join("\n");
}

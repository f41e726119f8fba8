import type { Link } from "../../link/client.ts";
import { type EndedReleases, EndedReleasesReply } from "../../protocol/after-restore.ts";
import type { Database } from "../../storage/open-database.ts";
import { statement } from "../../storage/statement.ts";
import type { Journal } from "../journal/journal.ts";
import type { Release } from "../release/release.ts";

const releasesAtOnce = 200;

/**
 * Tells a provider that was enrolled anew how every release of its jobs ended that this journal knows: it
 * may have been put back from an older copy, and would hold for printing what was printed since. Throws
 * where it does not answer; done once for each key of a provider.
 */
export async function tellEnds(options: {
  readonly db: Database;
  readonly journal: Journal;
  readonly provider: { readonly id: string; readonly publicKey: string };
  readonly link: Link;
}): Promise<number> {
  const { db, journal, provider, link } = options;
  const { id, publicKey } = provider;
  const known = statement<{ id: string }, { publicKey: string }>(
    db,
    "SELECT public_key AS publicKey FROM provider_key WHERE provider = :id",
  ).get({ id });
  if (known?.publicKey === publicKey) return 0;
  let taken = 0;
  if (known !== undefined) {
    const ends = journal.releasesOf(id).flatMap(endOf);
    for (let from = 0; from < ends.length; from += releasesAtOnce) {
      const releases = ends.slice(from, from + releasesAtOnce);
      taken += (await link.post("/api/claims/ended", { releases }, EndedReleasesReply)).taken;
    }
  }
  statement<{ id: string; publicKey: string }>(
    db,
    `INSERT INTO provider_key (provider, public_key) VALUES (:id, :publicKey)
     ON CONFLICT (provider) DO UPDATE SET public_key = :publicKey`,
  ).run({ id, publicKey });
  return taken;
}

/** How a release ended for its job; nothing while it is under way, or where it never had the job. */
function endOf({ jobId, releaseId, device, phase }: Release): EndedReleases["releases"] {
  if (phase.kind === "undecided") return [{ jobId, releaseId, device, outcome: "uncertain" }];
  if (phase.kind === "finishing") return [{ jobId, releaseId, device, ...phase.finish }];
  if (phase.kind !== "closed") return [];
  const { outcome } = phase;
  switch (outcome.kind) {
    case "printed":
      return [{ jobId, releaseId, device, outcome: "printed" }];
    case "partly-printed": {
      const partlyPrinted = { printed: outcome.impressions, wanted: outcome.wanted };
      return [{ jobId, releaseId, device, outcome: "given-back", partlyPrinted }];
    }
    case "not-printed":
    case "uncertain":
      return [{ jobId, releaseId, device, outcome: "given-back" }];
  }
}

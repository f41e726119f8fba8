import type { JournalResult } from "../ledger/apply-journal.ts";
import type { ServerParts } from "../server-parts.ts";

/** Writes one line, and counts one, for each fact that was new; what moved no money stands out. */
export function logJournal(
  parts: Pick<ServerParts, "log" | "metrics">,
  said: { bridge: string; epoch: number; result: JournalResult },
): void {
  const { bridge, epoch, result } = said;
  for (const { seq, fact, effect } of result.effects) {
    const { kind } = fact;
    const about = kind === "reading" ? { device: fact.device } : { releaseId: fact.releaseId };
    const line = { event: "journal", kind, ...about, bridge, epoch, seq, did: effect.did };
    if (effect.did === "trouble") {
      parts.metrics.count("guichet_journal_troubles_total", { why: effect.why });
      parts.log.error({ ...line, why: effect.why }, "A journal's fact moved no money; look at it.");
    } else {
      parts.log.info(line);
      if (effect.did === "applied" && kind !== "reading")
        parts.metrics.count("guichet_releases_total", { end: kind });
    }
  }
}

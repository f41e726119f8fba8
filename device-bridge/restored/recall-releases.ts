import type { Link } from "../../link/client.ts";
import {
  type KnownReservation,
  MyClaims,
  ReservationsReply,
} from "../../protocol/after-restore.ts";
import { ClaimFinishReply } from "../../protocol/bridge-provider.ts";
import { IdentifyReply } from "../../protocol/bridge-server.ts";
import type { PriceRule } from "../../protocol/site.ts";
import type { Database } from "../../storage/open-database.ts";
import { type NoParameters, statement } from "../../storage/statement.ts";
import { transaction } from "../../storage/transaction.ts";
import type { Journal } from "../journal/journal.ts";
import type { Outbox } from "../journal/outbox.ts";
import type { Release } from "../release/release.ts";
import { decideRecall, type ForgottenClaim } from "./decide-recall.ts";

export interface RecallOptions {
  readonly db: Database;
  readonly journal: Journal;
  readonly outbox: Outbox;
  readonly server: Link;
  /** Every provider of the site. */
  readonly providers: () => readonly { readonly id: string; readonly link: Link }[];
  readonly prices: (device: string) => { readonly version: number; readonly rule: PriceRule };
  readonly now: () => number;
  /** A release was found again, and is in the journal. */
  readonly onFound: (release: Release) => void;
  readonly log: { info(fields: Record<string, unknown>, message: string): void };
}

/** Whether this journal was put back from a copy, and has not yet asked what it forgot. */
export function isRecallWanted(db: Database): boolean {
  return (
    statement<NoParameters, { one: number }>(db, "SELECT one FROM restored").get({}) !== undefined
  );
}

/**
 * Asks providers and server for releases that this journal forgot, since it was put back from an older
 * copy, and ends each: as the server heard it, or as uncertain. Throws where one of them does not answer;
 * to be tried again then. Trying again does nothing twice.
 */
export async function recallReleases(options: RecallOptions): Promise<void> {
  const { db, journal, outbox, server, log } = options;
  const row = statement<NoParameters, { at_least: string }>(
    db,
    "SELECT at_least FROM restored",
  ).get({});
  if (row === undefined) return;
  const atLeast = new Map<string, number>(Object.entries(JSON.parse(row.at_least)));
  const claims: ForgottenClaim[] = [];
  for (const { id, link } of options.providers()) {
    const mine = await link.get("/api/claims/mine", MyClaims);
    for (const claim of mine.claims)
      if (!journal.knowsRelease(claim.releaseId)) claims.push({ ...claim, provider: id });
  }
  const { reservations } = await server.post(
    "/api/bridge/reservations",
    { releaseIds: claims.map(({ releaseId }) => releaseId) },
    ReservationsReply,
  );
  const known = new Map(reservations.map((one) => [one.releaseId, one]));
  for (const claim of claims) await recallOne(options, { claim, known, atLeast });
  const claimed = new Set(claims.map(({ releaseId }) => releaseId));
  transaction(db, () => {
    for (const { releaseId, personId, state } of reservations) {
      if (state !== "pending" || claimed.has(releaseId) || journal.knowsRelease(releaseId))
        continue;
      // Its claim ended, and its money is still set aside: nothing tells what came out, so nobody pays.
      outbox.append([{ kind: "void", releaseId, personId }]);
    }
    statement(db, "DELETE FROM restored").run({});
  });
  log.info({ event: "recalled", claims: claims.length }, "asked what this journal had forgotten");
}

async function recallOne(
  options: RecallOptions,
  found: {
    readonly claim: ForgottenClaim;
    readonly known: ReadonlyMap<string, KnownReservation>;
    readonly atLeast: ReadonlyMap<string, number>;
  },
): Promise<void> {
  const { journal, log, now, prices, server } = options;
  const { claim } = found;
  const { releaseId, jobId, fence, provider } = claim;
  const reservation = found.known.get(releaseId);
  const told =
    reservation?.legs.length === undefined || reservation.legs.length === 0
      ? await server.post("/api/bridge/person-by-login", { login: claim.owner }, IdentifyReply)
      : undefined;
  const recalled = decideRecall({
    claim,
    reservation,
    person: told?.kind === "known" ? told.person : undefined,
    prices: prices(claim.device),
    atLeast: found.atLeast.get(releaseId) ?? 0,
    now: now(),
  });
  log.info(
    { event: "recall", releaseId, jobId, provider, did: recalled.kind },
    "a release of before",
  );
  switch (recalled.kind) {
    case "uncertain":
      journal.storeFound(recalled.release, recalled.facts);
      options.onFound(recalled.release);
      return;
    case "finish": {
      const link = options.providers().find(({ id }) => id === provider)?.link;
      const finish = { jobId, releaseId, attempt: 1, fence, ...recalled.finish };
      await link?.post("/api/claims/finish", finish, ClaimFinishReply);
      return;
    }
    case "left":
      return;
  }
}

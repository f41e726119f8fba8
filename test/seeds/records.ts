import type { PrintedSide } from "../../simulator/printer/printed-side.ts";
import type { Town } from "./town.ts";

/** A side of paper, and the device that it came out of. */
export type Paper = PrintedSide & { readonly device: string };

export interface UncertainRecord {
  readonly releaseId: string;
  readonly atLeast: number;
  readonly wanted: number;
  readonly decision: "printed" | "not-printed" | null;
  readonly impressions: number | null;
  readonly closedAt: number | null;
}

export interface Records {
  readonly paper: readonly Paper[];
  /** What persons paid, by release. */
  readonly charges: ReadonlyMap<string, number>;
  readonly uncertain: readonly UncertainRecord[];
  /** What a settlement rested on, by release. */
  readonly evidence: ReadonlyMap<string, string>;
  /** Releases that a person shall look at, since counters disagreed. */
  readonly reviewed: ReadonlySet<string>;
  readonly balances: ReadonlyMap<string, number>;
  /** What could not be charged to anybody. */
  readonly suspense: number;
}

/** Reads the books and the paper trays as they lie there, past all of the program's own reading. */
export function readRecords({ server, devices }: Town): Records {
  const { db } = server;
  const charges = db
    .prepare<[], { releaseId: string; charged: number }>(
      `SELECT release_id AS releaseId, -sum(amount) AS charged FROM entry
       JOIN transfer USING (transfer) JOIN account USING (account)
       WHERE account.kind = 'person' AND release_id IS NOT NULL GROUP BY release_id`,
    )
    .all();
  const uncertain = db
    .prepare<[], UncertainRecord>(
      `SELECT release_id AS releaseId, at_least AS atLeast, wanted, decision, impressions,
         closed_at AS closedAt FROM uncertain ORDER BY release_id`,
    )
    .all();
  const accounts = db
    .prepare<[], { account: string; kind: string; balance: number }>(
      "SELECT account, kind, balance FROM account",
    )
    .all();
  const reviewed = db
    .prepare<[], { releaseId: string }>("SELECT release_id AS releaseId FROM review")
    .all();
  return {
    reviewed: new Set(reviewed.map(({ releaseId }) => releaseId)),
    paper: [...devices.values()].flatMap(({ id, paper }) =>
      paper().map((side) => ({ ...side, device: id })),
    ),
    charges: new Map(charges.map(({ releaseId, charged }) => [releaseId, charged])),
    uncertain,
    evidence: server.evidence,
    balances: new Map(accounts.map(({ account, balance }) => [account, balance])),
    suspense: accounts
      .filter(({ kind }) => kind === "suspense")
      .reduce((sum, { balance }) => sum + Math.abs(balance), 0),
  };
}

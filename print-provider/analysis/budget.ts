/** What one analysis may use up, so that a hostile document ends. */
export interface BudgetLimits {
  /** Objects parsed, operators read, entries walked: each counts one. */
  operationsMax: number;
  /** Bytes that come out of decompression, and bytes that are searched through. */
  bytesMax: number;
  durationMsMax: number;
}

export interface Budget {
  /** Counts work; throws {@link BudgetSpent} when there was too much of it. */
  operations(count: number): void;
  bytes(count: number): void;
}

/** The document asks for more work than any honest one. */
export class BudgetSpent extends Error {
  override readonly name = "BudgetSpent";
}

/** `nowMs` is a clock that never goes back; it is looked at every few thousand operations. */
export function startBudget(limits: BudgetLimits, nowMs: () => number): Budget {
  const deadlineMs = nowMs() + limits.durationMsMax;
  let operationsLeft = limits.operationsMax;
  let bytesLeft = limits.bytesMax;
  let untilClock = 0;

  const lookAtClock = (work: number): void => {
    untilClock -= work;
    if (untilClock > 0) return;
    untilClock = 20_000;
    if (nowMs() > deadlineMs) throw new BudgetSpent("The time for one document is over.");
  };
  return {
    operations: (count) => {
      operationsLeft -= count;
      if (operationsLeft < 0) throw new BudgetSpent("The document has too many parts.");
      lookAtClock(count);
    },
    bytes: (count) => {
      bytesLeft -= count;
      if (bytesLeft < 0) throw new BudgetSpent("The document unpacks to too much.");
      lookAtClock(count / 64);
    },
  };
}

import type { Database } from "../../storage/open-database.ts";
import { transaction } from "../../storage/transaction.ts";

/** Changes of the database that are committed together. */
export interface Batch {
  /**
   * Runs `work`, which is synchronous, with what else comes in this moment in one transaction;
   * resolves with what it gave once that is on the disk. Work that throws is undone alone.
   */
  run<T>(work: () => T): Promise<T>;
  /** The same for what nobody waits for: it goes with the next commit, or in a moment without one. */
  runLater<T>(work: () => T): Promise<T>;
}

const laterMs = 20;

interface Piece {
  /** Does the work; gives what to call when it is on the disk. Throws what the work throws. */
  readonly work: () => () => void;
  readonly fail: (error: unknown) => void;
}

/**
 * Makes a batch. Each commit waits for the disk, so clients that print at the same time share one
 * rather than stand in line.
 */
export function createBatch(db: Database): Batch {
  let pieces: Piece[] = [];
  let soon = false;
  let later: NodeJS.Timeout | undefined;

  const flush = (): void => {
    const now = pieces;
    pieces = [];
    soon = false;
    clearTimeout(later);
    later = undefined;
    try {
      const settled = transaction(db, () =>
        now.map(now.length === 1 ? ({ work }) => work() : shielded),
      );
      for (const settle of settled) settle();
    } catch (error) {
      // The commit itself failed, or its only piece: nothing of any piece is kept.
      for (const { fail } of now) fail(error);
    }
  };
  /** Its failure is its own where others are in the same commit. */
  const shielded = ({ work, fail }: Piece): (() => void) => {
    try {
      return transaction(db, () => ({ settle: work() })).settle;
    } catch (error) {
      return () => fail(error);
    }
  };
  const put = <T>(work: () => T): Promise<T> =>
    new Promise((resolve, reject) => {
      pieces.push({
        work: () => {
          const result = work();
          return () => resolve(result);
        },
        fail: reject,
      });
    });
  return {
    run: (work) => {
      if (!soon) setImmediate(flush);
      soon = true;
      return put(work);
    },
    runLater: (work) => {
      if (!soon) later ??= setTimeout(flush, laterMs);
      return put(work);
    },
  };
}

import { randomUUID } from "node:crypto";
import type { InstallOutcome } from "../../protocol/reader-key.ts";

/**
 * Installations of readers' keys. In memory: while one is under way a bridge speaks to a reader by the
 * public default key, which nothing but a person's order of this moment may bring about.
 */
export interface Installs {
  begin(reader: string): void;
  /** The id of the one that is under way, if any. */
  underWay(reader: string): string | undefined;
  /** What became of the one that is under way. */
  done(reader: string, outcome: InstallOutcome): void;
  shown(reader: string): "under-way" | InstallOutcome | null;
}

const longestMs = 2 * 60_000;
const late: InstallOutcome = {
  kind: "failed",
  sentence: "The bridge told nothing of it within two minutes. Is it running?",
};

/** `monotonic`: milliseconds. */
export function createInstalls(monotonic: () => number): Installs {
  const installs = new Map<
    string,
    { readonly id: string; readonly begunAt: number; outcome: InstallOutcome | undefined }
  >();
  const isOver = ({ begunAt }: { readonly begunAt: number }) => monotonic() - begunAt > longestMs;
  return {
    begin: (reader) =>
      void installs.set(reader, { id: randomUUID(), begunAt: monotonic(), outcome: undefined }),
    underWay(reader) {
      const one = installs.get(reader);
      return one === undefined || one.outcome !== undefined || isOver(one) ? undefined : one.id;
    },
    done(reader, outcome) {
      const one = installs.get(reader);
      if (one !== undefined) one.outcome = outcome;
    },
    shown(reader) {
      const one = installs.get(reader);
      if (one === undefined) return null;
      return one.outcome ?? (isOver(one) ? late : "under-way");
    },
  };
}

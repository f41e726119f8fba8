import type { ReaderState } from "../reader.ts";
import type { TroubleKind } from "../transport/trouble.ts";

/**
 * The life of one reader.
 *
 *   absent ──► opening ──► ready ──┐   lost: closed, and opened again after a while
 *      ▲          │                │   gone → absent; busy, forbidden, silent, foreign → degraded
 *      └── waiting◄────────────────┘   plugged in again → opened at once
 */
export interface Life {
  readonly state: ReaderState;
  readonly phase: "waiting" | "opening" | "open" | "ended";
  /** Waits since it was last ready for good. */
  readonly waits: number;
  /** When it became ready, if it is. */
  readonly readyAt: number;
}

export type LifeEvent =
  /** It was plugged in, or its owner begins: no use to wait. */
  | { readonly kind: "appeared" }
  | { readonly kind: "waited" }
  | { readonly kind: "opened" }
  /** It could not be opened; or it was open, and cannot be used any more. */
  | { readonly kind: "failed"; readonly trouble: TroubleKind }
  | { readonly kind: "ended" };

export type LifeEffect =
  | { readonly kind: "open" }
  /** Ends what is open, or the try to open it. */
  | { readonly kind: "close" }
  | { readonly kind: "wait"; readonly ms: number };

export const unborn: Life = { state: "absent", phase: "waiting", waits: 0, readyAt: 0 };

const waitsMs = [500, 1_000, 2_000, 5_000] as const;
const longestMs = 10_000;
/** What worked for so long is trusted to come back as quickly as something new. */
export const trustedMs = 30_000;

/** How long to wait before the next try, after so many waits. */
export function waitAfter(waits: number): number {
  return waitsMs[waits] ?? longestMs;
}

/** What to do next. `random` is from 0 up to 1: readers that were cut off together come back apart. */
export function decideLife(
  life: Life,
  event: LifeEvent,
  { at, random }: { readonly at: number; readonly random: number },
): { readonly life: Life; readonly effects: readonly LifeEffect[] } {
  const stay = { life, effects: [] };
  if (life.phase === "ended") return stay;
  switch (event.kind) {
    case "appeared":
      if (life.phase !== "waiting") return stay;
      return { life: { ...life, state: "opening", phase: "opening" }, effects: [{ kind: "open" }] };
    case "waited":
      if (life.phase !== "waiting") return stay;
      // As it was before: nobody wants to hear of every try at a reader that is not there.
      return { life: { ...life, phase: "opening" }, effects: [{ kind: "open" }] };
    case "opened":
      if (life.phase !== "opening") return stay;
      return { life: { ...life, state: "ready", phase: "open", readyAt: at }, effects: [] };
    case "failed": {
      if (life.phase === "waiting") return stay;
      const trusted = life.phase === "open" && at - life.readyAt >= trustedMs;
      const waits = trusted ? 0 : life.waits;
      const ms = Math.round(waitAfter(waits) * (0.8 + 0.4 * random));
      return {
        life: {
          state: event.trouble === "gone" ? "absent" : "degraded",
          phase: "waiting",
          waits: waits + 1,
          readyAt: 0,
        },
        effects: [{ kind: "close" }, { kind: "wait", ms }],
      };
    }
    case "ended":
      return { life: { ...life, state: "absent", phase: "ended" }, effects: [{ kind: "close" }] };
  }
}

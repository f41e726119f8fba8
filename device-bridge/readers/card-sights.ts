import { randomBytes } from "node:crypto";

/** Who may see whole card numbers at this bridge at the moment. */
export interface CardSights {
  /** Lets somebody see them for some minutes; gives the key to show. */
  open(minutes: number): string;
  isOpen(key: string | undefined): boolean;
}

const most = 16;

/** `now`: monotonic milliseconds. Nothing outlives the process. */
export function createCardSights({ now }: { readonly now: () => number }): CardSights {
  const until = new Map<string, number>();
  return {
    open(minutes) {
      for (const [key, end] of until) if (end <= now() || until.size >= most) until.delete(key);
      const key = randomBytes(24).toString("base64url");
      until.set(key, now() + minutes * 60_000);
      return key;
    },
    isOpen: (key) => key !== undefined && (until.get(key) ?? 0) > now(),
  };
}

/** Which card lies on a reader that has to be asked. */
export interface Presence {
  readonly number: string | undefined;
  /** When it was last seen; milliseconds. */
  readonly seenAt: number;
}

export const nobody: Presence = { number: undefined, seenAt: 0 };

/** Some chips are not seen every time. Elatec's own program waits as long. */
const awayMs = 2_000;

/**
 * What one look at the field means: a card is told once, however long it lies there; another one at
 * once; and that it is gone when it was not seen for two seconds.
 */
export function decidePresence(
  presence: Presence,
  seen: string | undefined,
  at: number,
): { readonly presence: Presence; readonly tell: "card" | "removed" | undefined } {
  if (seen !== undefined)
    return {
      presence: { number: seen, seenAt: at },
      tell: seen === presence.number ? undefined : "card",
    };
  if (presence.number === undefined || at - presence.seenAt < awayMs)
    return { presence, tell: undefined };
  return { presence: nobody, tell: "removed" };
}

import type { ReaderEntry } from "./pcscd-codec.ts";

/** What happened between two looks at the service's table of readers. */
export type CardChange =
  | { readonly kind: "put"; readonly reader: string; readonly atr: Uint8Array }
  | { readonly kind: "taken"; readonly reader: string };

/**
 * Cards that were put to a reader or taken away. One that lay there before the first look is not told:
 * whoever forgot it is gone. A quick swap shows by the count of events alone.
 */
export function decideCards(
  before: readonly ReaderEntry[],
  after: readonly ReaderEntry[],
): CardChange[] {
  return after.flatMap(({ name: reader, present, events, atr }): CardChange[] => {
    const was = before.find(({ name }) => name === reader);
    if (was === undefined) return [];
    if (present && (!was.present || was.events !== events)) return [{ kind: "put", reader, atr }];
    return !present && was.present ? [{ kind: "taken", reader }] : [];
  });
}

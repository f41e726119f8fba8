import { emptyPipeline, type Pipeline, readPipeline } from "../../card-readers/numbers/pipeline.ts";
import type { Site, Terminal } from "../../protocol/site.ts";

/** How a terminal makes card numbers; or the sentence for why it cannot. */
export type CardNumbers =
  | { readonly kind: "pipeline"; readonly pipeline: Pipeline }
  | { readonly kind: "refused"; readonly sentence: string };

/**
 * The pipelines of terminals: their own, or the site's. One that this program does not know (the site
 * was configured by a newer one) makes no numbers at all: a number made otherwise may be somebody else's.
 */
export function cardNumbersOf(
  site: Pick<Site, "policy">,
  terminals: readonly Terminal[],
): ReadonlyMap<string, CardNumbers> {
  const read = new Map<string, CardNumbers>();
  const known = (text: string): CardNumbers => {
    const before = read.get(text);
    if (before !== undefined) return before;
    const told = readPipeline(text);
    read.set(text, told);
    return told;
  };
  return new Map(
    terminals.map(({ id, cardNumbers = site.policy.cardNumbers ?? "" }) => [
      id,
      known(cardNumbers),
    ]),
  );
}

/** Before the site is known. */
export const plainNumbers: CardNumbers = { kind: "pipeline", pipeline: emptyPipeline };

import { readPipeline } from "../../card-readers/numbers/pipeline.ts";
import { ConfigurationError } from "./load.ts";

/**
 * The steps from what readers say to card numbers, in their plainest form. An empty text at a terminal
 * is none, whatever the site says. Throws `ConfigurationError` with the step that is wrong.
 */
export function cardNumbersOf(
  { cardNumbers }: { readonly cardNumbers?: string },
  where: string,
): { cardNumbers?: string } {
  if (cardNumbers === undefined) return {};
  const read = readPipeline(cardNumbers);
  if (read.kind === "refused")
    throw new ConfigurationError(`"${where}.cardNumbers" cannot be used. ${read.sentence}`);
  return { cardNumbers: read.pipeline.text };
}

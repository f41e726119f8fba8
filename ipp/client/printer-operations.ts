import { attribute, keyword, keywords, text } from "../build.ts";
import { operation } from "../operations.ts";
import { groupOf } from "../read.ts";
import { groupTag } from "../tags.ts";
import type { IppClient } from "./client.ts";
import { mapOutcome, type Outcome } from "./outcome.ts";
import {
  describePrinter,
  descriptionAttributes,
  type PrinterDescription,
} from "./printer-description.ts";

export interface GetPrinterAttributesOptions {
  readonly signal?: AbortSignal | undefined;
}

/** Asks the device what it is and how it does, RFC 8011 §4.2.5. Throws as `IppClient.call`. */
export async function getPrinterAttributes(
  client: IppClient,
  { signal }: GetPrinterAttributesOptions = {},
): Promise<Outcome<PrinterDescription>> {
  const attributes = [attribute("requested-attributes", ...keywords(...descriptionAttributes))];
  const call = { operation: operation.getPrinterAttributes, attributes, signal };
  return mapOutcome(await client.call(call), (answer) =>
    describePrinter(groupOf(answer, groupTag.printer)),
  );
}

export interface IdentifyPrinterOptions {
  /** `display`, `flash`, `sound` or `speak`; the device chooses when none is given. */
  readonly actions?: readonly string[];
  /** Shown or spoken, where the device can. */
  readonly message?: string;
  readonly signal?: AbortSignal | undefined;
}

/** Lets the device show which one it is, PWG 5100.13 §4.1. Throws as `IppClient.call`. */
export async function identifyPrinter(
  client: IppClient,
  { actions = [], message, signal }: IdentifyPrinterOptions = {},
): Promise<Outcome<undefined>> {
  const attributes = [];
  if (actions.length > 0) attributes.push(attribute("identify-actions", ...actions.map(keyword)));
  if (message !== undefined) attributes.push(attribute("message", text(message)));
  const call = { operation: operation.identifyPrinter, attributes, signal };
  return mapOutcome(await client.call(call), () => undefined);
}

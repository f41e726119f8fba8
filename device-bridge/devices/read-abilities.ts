import { attribute, keywords } from "../../ipp/build.ts";
import type { IppClient } from "../../ipp/client/client.ts";
import { mapOutcome, type Outcome } from "../../ipp/client/outcome.ts";
import type { IppGroup } from "../../ipp/message.ts";
import { operation } from "../../ipp/operations.ts";
import {
  attributeOf,
  booleanOf,
  groupOf,
  integersOf,
  rangesOf,
  stringsOf,
} from "../../ipp/read.ts";
import { groupTag } from "../../ipp/tags.ts";
import type { DeviceAbilities, PrintScaling } from "../../protocol/handling.ts";

const asked = [
  "finishings-supported",
  "media-supported",
  "media-ready",
  "media-default",
  "media-source-supported",
  "media-type-supported",
  "output-bin-supported",
  "output-bin-default",
  "print-quality-supported",
  "orientation-requested-supported",
  "print-scaling-supported",
  "job-sheets-supported",
  "sides-supported",
  "color-supported",
  "print-color-mode-supported",
  "document-format-supported",
  "page-ranges-supported",
  "number-up-supported",
] as const;
type Asked = (typeof asked)[number];

/** What can be told on: protocol/handling.ts bounds it so. */
const keyword = /^[a-z][a-z0-9._-]{0,126}$/;
/** PWG 5100.13 §6.2.3: ways to print without colour. */
const greys: ReadonlySet<string> = new Set(["monochrome", "process-monochrome", "auto-monochrome"]);
/** Those that queues take. */
const numbersUp = [1, 2, 4, 6, 9, 16];
const scalings: readonly PrintScaling[] = ["auto", "auto-fit", "fill", "fit", "none"];

/** Asks a device what it can do with a job's paper, RFC 8011 §4.2.5. Throws as `IppClient.call`. */
export async function askAbilities(
  client: IppClient,
  signal: AbortSignal,
): Promise<Outcome<DeviceAbilities>> {
  const attributes = [attribute("requested-attributes", ...keywords(...asked))];
  const call = { operation: operation.getPrinterAttributes, attributes, signal };
  return mapOutcome(await client.call(call), (answer) =>
    readAbilities(groupOf(answer, groupTag.printer)),
  );
}

/** Reads them out of an answer. Names that are no keywords, such as "Tray 1", cannot be asked for. */
export function readAbilities(printer: IppGroup | undefined): DeviceAbilities {
  const strings = (name: Asked, most: number): string[] | undefined =>
    attributeOf(printer, name) === undefined
      ? undefined
      : stringsOf(printer, name)
          .filter((value) => keyword.test(value))
          .slice(0, most);
  const numbers = (name: Asked, most: number): number[] | undefined =>
    attributeOf(printer, name) === undefined ? undefined : integersOf(printer, name).slice(0, most);
  const told = {
    finishings: numbers("finishings-supported", 128),
    media: strings("media-supported", 256),
    mediaReady: strings("media-ready", 64),
    mediaDefault: strings("media-default", 1)?.[0],
    mediaSources: strings("media-source-supported", 64),
    mediaTypes: strings("media-type-supported", 128),
    outputBins: strings("output-bin-supported", 64),
    outputBinDefault: strings("output-bin-default", 1)?.[0],
    printQualities: numbers("print-quality-supported", 8),
    orientations: numbers("orientation-requested-supported", 8),
    printScalings: strings("print-scaling-supported", 8)?.flatMap(
      (value) => scalings.find((scaling) => scaling === value) ?? [],
    ),
    jobSheets: strings("job-sheets-supported", 16),
    sides: strings("sides-supported", 8),
    colour: booleanOf(printer, "color-supported"),
    grey: strings("print-color-mode-supported", 32)?.some((mode) => greys.has(mode)),
    formats: attributeOf(printer, "document-format-supported")
      ? stringsOf(printer, "document-format-supported")
          .filter((format) => format.length <= 127)
          .slice(0, 64)
      : undefined,
    pageRanges: booleanOf(printer, "page-ranges-supported"),
    numberUps: attributeOf(printer, "number-up-supported")
      ? numbersUp.filter((count) =>
          rangesOf(printer, "number-up-supported").some(
            ({ lower, upper }) => lower <= count && count <= upper,
          ),
        )
      : undefined,
  };
  return withoutUntold(told);
}

/** Left out rather than undefined, since it goes over a wire. */
function withoutUntold(
  told: { [K in keyof DeviceAbilities]-?: DeviceAbilities[K] | undefined },
): DeviceAbilities {
  return Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined));
}

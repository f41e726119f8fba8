import {
  attribute,
  boolean,
  collection,
  dotsPerInch,
  enumeration,
  integer,
  keyword,
  keywords,
  range,
} from "../../ipp/build.ts";
import { finishingName } from "../../ipp/finishings.ts";
import type { IppAttribute, IppValue } from "../../ipp/message.ts";
import { capabilities } from "../ticket/capabilities.ts";
import type { QueueAbilities } from "../ticket/queue-abilities.ts";
import { mediaAttributes } from "./media-attributes.ts";

/** What a client may ask for and what happens if it does not: the group `job-template`. */
export function templateAttributes(abilities: QueueAbilities): IppAttribute[] {
  const { jobHoldUntil, multipleDocumentHandling, printColorModes } = capabilities;
  return [
    attribute("copies-default", integer(1)),
    attribute("copies-supported", range(1, capabilities.copiesMost)),
    ...finishingAttributes(abilities),
    ...choice("job-hold-until", jobHoldUntil.map(keyword)),
    ...choice("job-sheets", abilities.jobSheets.map(keyword)),
    ...mediaAttributes(abilities),
    ...choice("multiple-document-handling", multipleDocumentHandling.map(keyword)),
    ...choice("number-up", abilities.numberUps.map(integer)),
    ...choice("orientation-requested", abilities.orientations.map(enumeration)),
    ...choice("output-bin", abilities.outputBins.map(keyword)),
    attribute("page-ranges-supported", boolean(abilities.pageRanges)),
    ...choice("print-color-mode", printColorModes.map(keyword)),
    ...choice("print-content-optimize", [keyword(capabilities.printContentOptimize)]),
    ...choice("print-quality", abilities.printQualities.map(enumeration)),
    ...choice("print-rendering-intent", [keyword(capabilities.printRenderingIntent)]),
    ...choice("print-scaling", abilities.printScalings.map(keyword)),
    ...choice(
      "printer-resolution",
      capabilities.resolutionsDpi.map((dpi) => dotsPerInch(dpi)),
    ),
    ...choice("sides", abilities.sides.map(keyword)),
  ];
}

/** `finishings` twice: some clients know only the numbers, some only the collections (PWG 5100.1). */
function finishingAttributes({ finishings }: QueueAbilities): IppAttribute[] {
  const names = finishings.flatMap((value) => finishingName(value) ?? []);
  const templates = names.map((name) =>
    collection([attribute("finishing-template", keyword(name))]),
  );
  const [none] = templates;
  if (none === undefined) throw new Error("The finishings do not begin with none.");
  return [
    ...choice("finishings", finishings.map(enumeration)),
    attribute("finishings-ready", ...finishings.map(enumeration)),
    attribute("finishings-col-default", none),
    attribute("finishings-col-database", ...templates),
    attribute("finishings-col-ready", ...templates),
    attribute("finishings-col-supported", keyword("finishing-template")),
    attribute("finishing-template-supported", ...keywords(...names)),
  ];
}

/** The values that can be had, and the first of them as the default. */
function choice(name: string, values: readonly IppValue[]): IppAttribute[] {
  const [first] = values;
  if (first === undefined) throw new Error(`There is no value for ${name}.`);
  return [attribute(`${name}-default`, first), attribute(`${name}-supported`, ...values)];
}

import {
  attribute,
  dotsPerInch,
  enumeration,
  integer,
  keyword,
  keywords,
  range,
} from "../../ipp/build.ts";
import type { IppAttribute } from "../../ipp/message.ts";
import { capabilities } from "../ticket/capabilities.ts";
import { mediaAttributes } from "./media-attributes.ts";

/** What a client may ask for and what happens if it does not: the group `job-template`. */
export function templateAttributes(): IppAttribute[] {
  const { finishings, orientation, outputBin, printQuality, resolutionDpi } = capabilities;
  return [
    attribute("copies-default", integer(1)),
    attribute("copies-supported", range(1, capabilities.copiesMost)),
    attribute("finishings-default", enumeration(finishings)),
    attribute("finishings-supported", enumeration(finishings)),
    attribute("job-hold-until-default", keyword("no-hold")),
    attribute("job-hold-until-supported", ...keywords(...capabilities.jobHoldUntil)),
    attribute("job-sheets-default", keyword(capabilities.jobSheets)),
    attribute("job-sheets-supported", keyword(capabilities.jobSheets)),
    ...mediaAttributes(),
    attribute(
      "multiple-document-handling-default",
      keyword(capabilities.multipleDocumentHandling[0]),
    ),
    attribute(
      "multiple-document-handling-supported",
      ...keywords(...capabilities.multipleDocumentHandling),
    ),
    attribute("number-up-default", integer(capabilities.numberUp)),
    attribute("number-up-supported", integer(capabilities.numberUp)),
    attribute("orientation-requested-default", enumeration(orientation)),
    attribute("orientation-requested-supported", enumeration(orientation)),
    attribute("output-bin-default", keyword(outputBin)),
    attribute("output-bin-supported", keyword(outputBin)),
    attribute("page-ranges-supported", { kind: "boolean", value: false }),
    attribute("print-color-mode-default", keyword(capabilities.printColorModes[0])),
    attribute("print-color-mode-supported", ...keywords(...capabilities.printColorModes)),
    attribute("print-content-optimize-default", keyword(capabilities.printContentOptimize)),
    attribute("print-content-optimize-supported", keyword(capabilities.printContentOptimize)),
    attribute("print-quality-default", enumeration(printQuality)),
    attribute("print-quality-supported", enumeration(printQuality)),
    attribute("print-rendering-intent-default", keyword(capabilities.printRenderingIntent)),
    attribute("print-rendering-intent-supported", keyword(capabilities.printRenderingIntent)),
    attribute("printer-resolution-default", dotsPerInch(resolutionDpi)),
    attribute("printer-resolution-supported", dotsPerInch(resolutionDpi)),
    attribute("sides-default", keyword(capabilities.sides[0])),
    attribute("sides-supported", ...keywords(...capabilities.sides)),
  ];
}

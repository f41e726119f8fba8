import { attribute, dotsPerInch, keyword, keywords } from "../../ipp/build.ts";
import type { IppAttribute } from "../../ipp/message.ts";
import { capabilities } from "../ticket/capabilities.ts";

/** Kinds of page that are counted right: PWG 5102.4 §4.3.2. */
export const rasterTypes = ["black_1", "sgray_8", "srgb_8", "srgb_16"] as const;

/**
 * What AirPrint clients read the rest from: pages in grey and sRGB at 300 and 600 dots an inch, turned
 * for two-sided printing by the client, copies made by the printer, any tray, plain paper.
 */
export const urfKeywords = [
  "V1.4",
  "W8",
  "SRGB24",
  "RS300-600",
  "DM1",
  "CP255",
  "IS1",
  "MT1",
  "PQ3-4-5",
] as const;

/** What a client must know to make rasters: PWG 5100.14 §5.2 and, for image/urf, `urf-supported`. */
export function rasterAttributes(formats: readonly string[]): IppAttribute[] {
  const resolutions = capabilities.resolutionsDpi.map((dpi) => dotsPerInch(dpi));
  const pwg = [
    attribute("pwg-raster-document-resolution-supported", ...resolutions),
    attribute("pwg-raster-document-sheet-back", keyword("normal")),
    attribute("pwg-raster-document-type-supported", ...keywords(...rasterTypes)),
  ];
  return [
    ...(formats.includes("image/pwg-raster") ? pwg : []),
    ...(formats.includes("image/urf")
      ? [attribute("urf-supported", ...keywords(...urfKeywords))]
      : []),
  ];
}

import { impressionsOf, sheetsOf } from "../pricing/impressions.ts";
import { priceOf } from "../pricing/price.ts";
import { withSettings } from "../pricing/with-settings.ts";
import type { DeviceView } from "../protocol/kiosk.ts";
import type { ColourMode } from "../protocol/particulars.ts";
import type { PrintSettings, Settable } from "../protocol/print-settings.ts";
import type { ReadyDocument } from "./session-view.ts";

/** More than anybody wants at a copier, and what fits on the screen. */
export const mostCopies = 999;

/**
 * The document as it will be printed with these settings at this device, with its price there. It is
 * reckoned as the bridge does it for the reservation, whose word counts.
 */
export function asSet(
  document: ReadyDocument,
  settings: PrintSettings | undefined,
  device: DeviceView | undefined,
): ReadyDocument {
  const { counted } = document;
  const { ofOneCopy, copies, sides, colourMode } = counted;
  const wished = device?.greyOnly ? { ...settings, colourMode: "grey" as const } : settings;
  const rule = device?.prices;
  if (ofOneCopy === undefined || rule === undefined) return document;
  const { impressions, inColour } = ofOneCopy;
  const runs: [number, ColourMode][] = [
    [inColour, "colour"],
    [impressions - inColour, "grey"],
  ];
  const pageRuns = runs.filter(([count]) => count > 0);
  const particulars = withSettings({ pageRuns, copies, sides, colourMode }, wished);
  return {
    ...document,
    counted: {
      ...withSettings(counted, wished),
      impressions: impressionsOf(particulars),
      sheets: sheetsOf(particulars),
      price: priceOf({ particulars, rule }),
    },
  };
}

/** What of the document a person can choose at this device: only where there is something to choose. */
export function settableHere(
  { counted }: ReadyDocument,
  device: DeviceView | undefined,
): ReadonlySet<Settable> {
  const { settable = [], ofOneCopy } = counted;
  const here = device?.settable ?? [];
  if (ofOneCopy === undefined || device?.prices === undefined) return new Set();
  return new Set(
    settable.filter((what) => {
      if (!here.includes(what)) return false;
      if (what === "sides") return ofOneCopy.impressions > 1;
      return what === "copies" || ofOneCopy.inColour > 0;
    }),
  );
}
